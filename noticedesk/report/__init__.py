"""Report: what the desk asks of itself, as tables and in sentences, on screen and in files."""
