"""Chase: what is due is done, asked for, or told. `steps` runs all of it; the desk plans visits and waits here."""
