"""A small marketplace with known truth, and complaints about it."""
