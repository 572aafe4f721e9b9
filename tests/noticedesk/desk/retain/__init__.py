"""Holds, erasure and retention."""
