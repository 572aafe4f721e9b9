"""Escalation: questions to other teams and of partners, which team is asked, and how soon."""
