"""The index of a filter that takes few values holds the other such filters, so that two together are told from it."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ORDER = ["lane_rank", "due_hour", "calm", "subject"]
FEW = ["right_kind", "language", "band", "state", "service", "assignee"]


def upgrade() -> None:
    for name in FEW:
        op.drop_index(f"ix_waits_{name}", "waits")
        op.create_index(f"ix_waits_{name}", "waits", ["desk", name, *ORDER, *(one for one in FEW if one != name)])
