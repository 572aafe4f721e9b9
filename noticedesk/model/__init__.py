"""The nouns of the desk, their states, and which transitions are legal. Standard library only."""
