"""Enforcement: what decisions ask of the platform, what it says to that, and what lies on a listing."""
