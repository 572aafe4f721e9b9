"""Draft: letters compiled from the facts of a case."""
