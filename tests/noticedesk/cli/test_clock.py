import json

from click.testing import CliRunner, Result

from noticedesk.cli.clock import command

_RECEIVED = "counter_notice_received=2026-11-20T16:00-05:00"


def _clock(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_one_line_of_json_says_what_is_due_when() -> None:
    done = _clock("us_dmca_512c", _RECEIVED, "--json")
    said = json.loads(done.stdout)
    due = {clock["id"]: clock["due"] for clock in said["clocks"]}
    assert done.exit_code == 0 and said["schema"] == "clock/1"
    assert due["putback_not_before"].startswith("2026-12-07") and due["putback_not_after"].startswith("2026-12-11")


def test_people_see_a_table_and_the_safe_window() -> None:
    done = _clock("us_dmca_512c", _RECEIVED, "--now", "2026-11-21T00:00Z")
    assert "putback_not_after" in done.stdout
    assert "2026-12-07 to 2026-12-10" in done.stdout


def test_the_moment_and_the_zone_can_be_given() -> None:
    done = _clock("us_dmca_512c", _RECEIVED, "--now", "2027-01-01T00:00Z", "--tz", "Asia/Tokyo", "--json")
    said = json.loads(done.stdout)
    assert said["timezone"] == "Asia/Tokyo"
    assert {clock["status"] for clock in said["clocks"]} == {"missed", "satisfied"}


def test_wrong_usage_exits_with_two_and_says_what_to_write() -> None:
    for arguments, says in [
        (("us_dmca_512cc", _RECEIVED), "did you mean us_dmca_512c"),
        (("us_dmca_512c", "counter_notice_recieved=2026-11-20"), "did you mean counter_notice_received"),
        (("us_dmca_512c", "counter_notice_received"), "EVENT=INSTANT"),
        (("us_dmca_512c", _RECEIVED, _RECEIVED), "given twice"),
        (("us_dmca_512c", _RECEIVED, "--calendar", "US-NYC"), "did you mean US-NY"),
        (("us_dmca_512c", _RECEIVED, "--tz", "America/NewYork"), "did you mean America/New_York"),
        (("us_dmca_512c", _RECEIVED, "--now", "2026-11-21"), "bare date"),
        (("us_dmca_512c", "notice_received=1998-10-27"), "had no version in force on 1998-10-27"),
    ]:
        done = _clock(*arguments)
        assert done.exit_code == 2 and says in " ".join(done.stderr.split()), done.stderr


def test_the_version_of_the_law_is_that_of_the_first_event() -> None:
    for received, due in (
        ("2026-02-19T10:00+05:30", "2026-02-20T22:00"),
        ("2026-02-20T10:00+05:30", "2026-02-20T13:00"),
    ):
        said = json.loads(_clock("in_it_rules", f"order_received={received}", "--json").stdout)
        assert said["clocks"][0]["due"].startswith(due)


def test_events_that_start_nothing_say_so() -> None:
    done = _clock("us_dmca_512c", "lawsuit_announced=2026-11-20")
    assert done.exit_code == 0 and "start no clock" in done.stdout
