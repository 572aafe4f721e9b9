import json
from pathlib import Path

from click.testing import CliRunner, Result

from noticedesk.cli.rules import command


def _rules(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_the_regimes_in_force_are_listed_one_line_each() -> None:
    rows = [json.loads(line) for line in _rules("list", "--json").stdout.splitlines()]
    assert {"us_dmca_512c", "mp_trademark"} <= {row["id"] for row in rows}
    assert all(row["schema"] == "regime_in_force/1" and row["reviewed_by_counsel"] is False for row in rows)
    assert "us_dmca_512c" not in _rules("list", "--as-of", "1998-10-27").stdout


def test_people_see_a_table() -> None:
    assert "mp_counterfeit" in _rules("list").stdout
    assert "agent_designation_registered" in _rules("events", "us_dmca_512c").stdout


def test_one_regime_is_shown_with_what_it_asks_and_what_is_uncertain() -> None:
    shown = _rules("show", "us_dmca_512c").stdout
    assert "17 USC 512(g)(2)(C)" in shown and "Uncertain:" in shown
    assert json.loads(_rules("show", "us_dmca_512c", "--json").stdout)["schema"] == "regime/1"


def test_the_events_of_a_regime_are_a_closed_list_with_a_sentence_each() -> None:
    rows = [json.loads(line) for line in _rules("events", "us_dmca_512c", "--json").stdout.splitlines()]
    assert {"counter_notice_received", "court_action_notice_received"} <= {row["event"] for row in rows}
    assert all(row["means"].endswith(".") for row in rows)


def test_an_unknown_regime_or_date_is_wrong_usage() -> None:
    assert "did you mean us_dmca_512c" in _rules("show", "us_dmca_512cc").stderr
    assert _rules("events", "nowhere").exit_code == 2
    assert _rules("list", "--as-of", "tomorrow").exit_code == 2


def test_the_shipped_rules_and_letters_hold_together() -> None:
    done = _rules("check")
    assert done.exit_code == 0 and "hold together" in done.stdout


def test_the_page_of_regimes_names_every_one_and_says_that_it_is_no_advice() -> None:
    page = _rules("docs").stdout
    assert "not\nlegal advice" in page
    for row in _rules("list", "--json").stdout.splitlines():
        assert f"## {json.loads(row)['id']}" in page


def test_the_written_page_is_the_one_that_the_rules_give() -> None:
    written = Path(__file__).parents[3] / "docs" / "regimes.md"
    assert written.read_text(encoding="utf-8") == _rules("docs").stdout, "noticedesk rules docs > docs/regimes.md"


def test_two_dates_or_folders_are_compared_and_a_moved_part_is_no_change(tmp_path: Path) -> None:
    rows = [
        json.loads(line)
        for line in _rules("diff", "1998-10-27", "2026-11-22", "--no-cases", "--json").stdout.splitlines()
    ]
    assert {"regime": "us_dmca_512c", "what": "regime", "how": "added"}.items() <= next(
        row for row in rows if row["regime"] == "us_dmca_512c"
    ).items()
    assert "Nothing changed." in _rules("diff", "2026-11-21", "2026-11-22").stdout
    shipped = Path(__file__).parents[3] / "config" / "regimes" / "us_dmca_512c.yaml"
    for name, text in (
        ("old", shipped.read_text("utf-8")),
        ("new", shipped.read_text("utf-8").replace("value: 14", "value: 15")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / shipped.name).write_text(text, "utf-8")
    (change,) = [
        json.loads(line)
        for line in _rules(
            "diff", str(tmp_path / "old"), str(tmp_path / "new"), "--no-cases", "--json"
        ).stdout.splitlines()
    ]
    assert (change["what"], change["before"], change["after"]) == ("timers.putback_not_after.value", "14", "15")
    assert _rules("diff", "yesterday", "2026-11-22").exit_code == 2
