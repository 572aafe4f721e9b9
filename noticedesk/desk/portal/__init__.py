"""Portal: what stands behind the API and the forms: submissions, senders, proven addresses, and where each stands."""
