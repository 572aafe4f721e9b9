"""What is chased, in virtual time."""
