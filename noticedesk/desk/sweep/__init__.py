"""Sweep: new listings that look like what was decided before are put before a person; nothing is ever done to them."""
