"""Registry: what is on file: mandates, registrations, proofs, permissions and trusted flaggers."""
