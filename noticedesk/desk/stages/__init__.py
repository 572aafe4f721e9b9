"""Stages: from a received claim to a proposal before a person, a chunk at a time."""
