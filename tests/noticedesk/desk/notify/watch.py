"""A desk that is watched: its channel of alarms, an effect that is dead, and the run that finds and tells."""

import shutil
from dataclasses import replace
from pathlib import Path

import yaml

from noticedesk.desk.desk import Desk
from noticedesk.desk.notify import run
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.store import records
from tests.noticedesk.desk.factory import CONFIG, NOW


def watched(desk: Desk, home: Path, **entry: object) -> Desk:
    """The desk with one channel of alarms."""
    folder = home / "config"
    shutil.copytree(CONFIG, folder, dirs_exist_ok=True)
    (folder / "alarms.yaml").write_text(yaml.safe_dump([{"id": "ops", "role": "admin", "least": "warning", **entry}]))
    return replace(desk, settings=replace(desk.settings, config=folder, smtp="smtp://mail.example"))


def dead(desk: Desk, kind: OutboxKind = OutboxKind.WEBHOOK) -> Outbox:
    """An effect that is tried no more."""
    row = Outbox(id=new_id("X"), kind=kind, key=new_id("D"), state=OutboxState.DEAD, send_after=NOW, created_at=NOW)
    with desk.db.write() as tx:
        records.add(tx, row)
    return row


def go(desk: Desk) -> dict[str, int]:
    return dict(run.run_all(desk).counts)
