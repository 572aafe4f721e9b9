"""Mail: letters from the facts of a case to the outbox and out, and what becomes of them."""
