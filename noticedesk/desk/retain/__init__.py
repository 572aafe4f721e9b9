"""Retain: legal holds, erasure on order or when a retention period is over, and what remains as proof of it."""
