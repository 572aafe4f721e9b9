"""Misuse: repeat infringers and unfounded notices, counted, and the measures that are proposed and decided."""
