"""The public side: complaints by API and by form, pre-flight checks, status pages; on a port of its own."""
