import json
from pathlib import Path

import pytest

from noticedesk import cli, settings, store
from noticedesk.model.person import Role
from noticedesk.report.bundle import verify
from noticedesk.store import people, records
from tests.noticedesk.store.factory import DESK, NOON, claim, person


def test_a_person_with_a_token_writes_a_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    db = store.open(settings.from_environment().database_url)
    store.migrate(db)
    of, ann = claim(), person(roles=(Role.LEGAL,))
    with db.write() as tx:
        records.add(tx, [of, ann])
        token = people.issue_token(tx, ann.id, DESK, now=NOON)
    db.close()
    monkeypatch.setenv("NOTICEDESK_TOKEN", token)
    with pytest.raises(SystemExit, match="0"):
        cli.main(["audit", "bundle", of.id, str(tmp_path / "out.zip"), "--json"])
    row = json.loads(capsys.readouterr().out)
    assert (row["schema"], row["path"], row["left_out"]) == ("bundle/1", str(tmp_path / "out.zip"), 0)
    assert verify.problems(tmp_path / "out.zip") == []
