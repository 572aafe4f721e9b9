"""The desk: what is done with all that, and saved."""
