"""Staff: who works at the desk, what they may do, how they sign in, and how pictures are shown to them."""
