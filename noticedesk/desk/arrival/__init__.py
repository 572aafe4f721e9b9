"""Arrival: what a message is to the desk: a claim opened or joined, a thread, a supplement, one of a campaign."""
