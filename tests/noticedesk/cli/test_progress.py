"""The bar is for people: a program that reads gets the items and nothing else."""

import pytest

from noticedesk.cli.progress import tracked


def test_where_nobody_watches_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(tracked([1, 2, 3], "Counting")) == [1, 2, 3]
    assert capsys.readouterr().err == ""


def test_a_person_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert list(tracked([1, 2, 3], "Counting", 3)) == [1, 2, 3]
    assert "Counting" in capsys.readouterr().err
