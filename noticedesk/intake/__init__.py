"""Intake: one reader a format, one fetcher a channel; bytes in, documents out."""
