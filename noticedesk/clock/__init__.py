"""Clock: a regime and events in, due instants and safe windows out."""
