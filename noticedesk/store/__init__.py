"""Store: tables, queue, chain, outbox, blobs, people."""
