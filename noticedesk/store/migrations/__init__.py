"""The history of the tables, in steps that alembic takes."""
