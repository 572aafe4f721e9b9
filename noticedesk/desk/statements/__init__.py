"""Statements of reasons for the transparency database: built from the decision, held against its rules, and sent."""
