"""Random histories of many claims on one desk in virtual time, and what must hold whatever happens."""
