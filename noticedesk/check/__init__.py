"""Check: kind, regimes, statements and URLs of a document, judged element by element."""
