"""Lookup: one answer from an address or a file, and errors that name URL, file and row."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from noticedesk import settings
from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.desk.act import lookup
from noticedesk.desk.act.lookup import Account, LookupFailed
from noticedesk.desk.desk import Desk
from noticedesk.desk.policy import Platform

HEADER = "item,account,name,contact,country,language,created_at\n"
ROW = "a1,acct-1,Pat,Pat@seller.example,US,en,2026-01-02T03:04:05Z\n"
PAT = Account(
    account="acct-1",
    name="Pat",
    contact="Pat@seller.example",
    country="US",
    language="en",
    created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
)


def of_file(desk: Desk, tmp_path: Path, text: str | bytes) -> Desk:
    raw = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "accounts.csv").write_bytes(raw)
    return replace(desk, settings=replace(desk.settings, config=tmp_path), platform=Platform(lookup_csv="accounts.csv"))


@contextmanager
def of_address(desk: Desk, status: int, body: object) -> Iterator[Desk]:
    def answer(_: Request) -> Reply:
        return Reply(status, json.dumps(body).encode(), "application/json")

    with Origin(answer) as origin:
        yield replace(desk, platform=Platform(lookup=f"{origin.url}/lookup?item={{item}}"))


def test_file_and_address_give_the_same_account(desk: Desk, tmp_path: Path) -> None:
    told = dict(zip(HEADER.strip().split(","), ROW.strip().split(","), strict=True))
    with of_address(desk, 200, told) as asking:
        assert lookup.account(asking, "a1") == PAT
    assert lookup.account(of_file(desk, tmp_path, HEADER + ROW), "a1") == PAT


def test_an_unknown_item_has_no_account_and_neither_has_a_desk_without_lookup(desk: Desk, tmp_path: Path) -> None:
    assert lookup.account(desk, "a1") is None
    assert lookup.account(of_file(desk, tmp_path, HEADER + ROW), "zz") is None
    with of_address(desk, 404, {}) as asking:
        assert lookup.account(asking, "zz") is None


def test_without_a_contact_the_holder_is_reached_through_the_platform(desk: Desk, tmp_path: Path) -> None:
    found = lookup.account(of_file(desk, tmp_path, HEADER + "a1,acct-1,,,,,\n"), "a1")
    assert found == Account(account="acct-1", notify_through_platform=True)
    with of_address(desk, 200, {"account": "acct-1"}) as asking:
        assert lookup.account(asking, "a1") == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("item,account\n", "line 1: missing name, contact, country, language, created_at"),
        (HEADER.replace("\n", ",colour\n"), "line 1: unknown colour"),
        (HEADER + ",acct-1,,,,,\n", "line 2: no item"),
        (HEADER + ROW + "a1,acct-2,,,,,\n", "line 3: item a1 stands in line 2 too"),
        (HEADER + "a1,,,,,,\n", "line 2: not a account.row: /account"),
        (HEADER + "a1,acct-1,,no address,,,\n", "/contact: 'no address'"),
        (HEADER + "a1,acct-1,,,usa,,\n", "/country: 'usa'"),
        (HEADER + "a1,acct-1,,,,,last year\n", "/created_at"),
        (HEADER + "a1,acct-1,,,,,2026-13-45T00:00:00Z\n", "a1: "),
        (HEADER + "a1,acct-1\n", "line 2: not 7 columns"),
        (HEADER + "a1,acct-1,,,,,,more\n", "line 2: not 7 columns"),
        (HEADER.encode() + b"a1,acct-1,\xff,,,,\n", "is not UTF-8"),
        (HEADER + '"a1,acct-1', "cannot be read as CSV"),
        ("", "line 1: missing item"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_file_and_row(
    desk: Desk, tmp_path: Path, text: str | bytes, told: str
) -> None:
    with pytest.raises(LookupFailed) as error:
        lookup.account(of_file(desk, tmp_path, text), "a1")
    assert "accounts.csv" in str(error.value)
    assert told in str(error.value)


def test_a_bad_row_stops_only_who_asks_for_its_item(desk: Desk, tmp_path: Path) -> None:
    asking = of_file(desk, tmp_path, HEADER + "b2,,,,,,\n" + ROW)
    assert lookup.account(asking, "a1") == PAT
    with pytest.raises(LookupFailed, match="line 2"):
        lookup.account(asking, "b2")


def test_a_file_that_changed_is_read_again_and_a_missing_one_is_told(desk: Desk, tmp_path: Path) -> None:
    asking = of_file(desk, tmp_path, HEADER)
    assert lookup.account(asking, "a1") is None
    of_file(desk, tmp_path, HEADER + ROW)
    assert lookup.account(asking, "a1") == PAT
    os.remove(tmp_path / "accounts.csv")
    with pytest.raises(LookupFailed, match=r"accounts\.csv cannot be read: No such file"):
        lookup.account(asking, "a1")


@pytest.mark.parametrize("body", [[], {"name": "Pat"}, {"account": ""}, {"account": "a", "created_at": "soon"}])
def test_an_answer_that_is_no_account_is_told_with_its_url(desk: Desk, body: object) -> None:
    with of_address(desk, 200, body) as asking, pytest.raises(LookupFailed, match=r"lookup\?item=a1 answered 200, not"):
        lookup.account(asking, "a1")


def test_two_ways_to_look_up_are_refused() -> None:
    with pytest.raises(settings.SettingError, match="exclude each other"):
        settings.conform({"lookup": "https://p.example/{item}", "lookup_csv": "a.csv"}, Platform, "platform.yaml")


def test_contacts_are_those_behind_the_listings_in_lower_case(desk: Desk, tmp_path: Path) -> None:
    asking = of_file(desk, tmp_path, HEADER + ROW + "b2,acct-2,,,,,\n")
    urls = ("https://shop.example/item/a1", "https://shop.example/item/b2", "https://else.example/item/a1")
    assert lookup.contacts(asking, urls) == {"pat@seller.example"}
