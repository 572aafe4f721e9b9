"""Notify: what is the matter is found, told once a day to whom it concerns, and ended when it is over."""
