"""What compares: arrays and strings in, findings out. No database, no network, nothing of claims."""
