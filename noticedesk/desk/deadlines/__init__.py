"""Deadlines: the clocks of a case, by the law and by hand, and the times that were missed."""
