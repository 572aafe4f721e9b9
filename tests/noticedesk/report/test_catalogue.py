from datetime import date
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.report import advice
from noticedesk.report.catalogue import REPORTS, Period, report
from noticedesk.settings import SettingError
from noticedesk.store import chain, records
from noticedesk.store.tables import Noun
from tests.noticedesk.desk.factory import empty_database
from tests.noticedesk.store.factory import DESK, claim, notice
from tests.noticedesk.store.test_figures import busy

PAGE = (Path(__file__).parents[3] / "docs" / "analysts.md").read_text(encoding="utf-8")


@pytest.fixture
def db(tmp_path: Path) -> store.Database:
    (tmp_path / "claims.db").write_bytes(empty_database().read_bytes())
    return store.open(f"sqlite:///{tmp_path / 'claims.db'}")


@pytest.mark.parametrize("name", [one.name for one in REPORTS])
def test_every_report_has_rows_of_a_busy_week_and_a_line_on_the_page(db: store.Database, name: str) -> None:
    assert f"`{name}`" in PAGE.split("## Reports")[1]
    with db.write() as tx:
        busy(tx)
        table = report(name).rows(tx, Period())
    db.close()
    assert table.rows and all(len(row) == len(table.columns) for row in table.rows)


def test_a_report_that_there_is_not_is_told_the_nearest() -> None:
    with pytest.raises(SettingError, match="no report clock; did you mean clocks"):
        report("clock")


def test_a_report_keeps_to_its_period(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        assert report("claims").rows(tx, Period(until=date(2026, 3, 2))).rows == []
        assert len(report("claims").rows(tx, Period(since=date(2026, 3, 2), until=date(2026, 3, 3))).rows) == 1
    db.close()


def test_advice_names_the_element_that_a_channel_lacks_and_the_figures(db: store.Database) -> None:
    made = [claim(regime="us") for _ in range(12)]
    mails: list[Noun] = [notice(claim=item.id, channel="form") for item in made]
    with db.write() as tx:
        records.add(tx, [*made, *mails])
        for item in made[:6]:
            chain.append(tx, DESK, "claim.needs_cure", item.id, item.id, {"missing": "signature"})
        rows = advice.table(tx).rows
    db.close()
    assert rows == [("Claims through form often lack signature (us): ask for it there (6 of 12, 50%)", "form", 6, 12)]


def test_of_few_cases_nothing_is_advised(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        ((words, *rest),) = advice.table(tx).rows
    db.close()
    assert str(words).startswith("Nothing stands out") and rest == [None, None, None]
