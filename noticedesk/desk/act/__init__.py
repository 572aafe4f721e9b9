"""Act: how an outbox row takes effect."""
