"""What alembic runs: the steps that are missing, in the transaction it is given, so that all or none take effect."""

from alembic import context

from noticedesk.store import tables  # noqa: F401 - fills the metadata
from noticedesk.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
