"""The history of the tables, in steps that alembic takes.

A change of a table is a new file in versions/ (the next number, `down_revision` the last) and its number in
schema.NEWEST. A step is never changed once it has been released. The tests compare what the steps make with the tables.
"""
