"""The Prefect flows: thin, each calls one desk function a task."""
