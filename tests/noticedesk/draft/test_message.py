"""The bytes of a letter: fixed, addressed to one mailbox, and marked where no person wrote them."""

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from noticedesk.draft import Head, Unsendable, draft, message, reworded, words_in
from tests.noticedesk.draft.factory import LETTERS, facts

_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _bytes(name: str = "any/receipt", changes: dict[str, Any] | None = None, **head: Any) -> bytes:
    made = draft(LETTERS, name, "en", facts(name, **(changes or {})))
    given = {
        "sender": "Harbour Market <agent@harbour.example>",
        "to": "mara@holm.example",
        "message_id": "<L-1@harbour.example>",
        "date": _AT,
    }
    return message(made, Head(**{**given, **head}))


def _mail(raw: bytes) -> EmailMessage:
    mail = email.message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_the_same_letter_is_always_the_same_bytes() -> None:
    assert _bytes() == _bytes()
    assert b"\r\n" in _bytes() and b"\n" not in _bytes().replace(b"\r\n", b"")


def test_the_head_says_from_whom_to_whom_when_and_in_answer_to_what() -> None:
    mail = _mail(_bytes(in_reply_to="<n-1@holm.example>"))
    assert mail["From"].addresses[0].addr_spec == "agent@harbour.example"
    assert [address.addr_spec for address in mail["To"].addresses] == ["mara@holm.example"]
    assert mail["Message-ID"] == "<L-1@harbour.example>"
    assert mail["In-Reply-To"] == mail["References"] == "<n-1@holm.example>"
    assert mail["Date"].datetime == _AT


def test_only_routine_letters_are_marked_as_written_by_a_machine() -> None:
    assert _mail(_bytes("any/receipt"))["Auto-Submitted"] == "auto-generated"
    assert _mail(_bytes("any/refusal"))["Auto-Submitted"] is None


def test_the_text_arrives_as_it_was_drafted() -> None:
    made = draft(LETTERS, "any/receipt", "en", facts(addressee="Zoë Ångström"))
    mail = _mail(_bytes(changes={"addressee": "Zoë Ångström"}))
    plain = mail.get_body(("plain",))
    assert plain is not None and plain.get_content().replace("\r\n", "\n") == made.text


@pytest.mark.parametrize(
    "to",
    [
        "",
        "mara",
        "mara@holm.example, eve@evil.example",
        "mara@holm.example\r\nBcc: eve@evil.example",
        "mara@holm.example\nSubject: x",
        "Mara <mara@holm.example> <eve@evil.example>",
        "@holm.example",
    ],
)
def test_what_is_not_exactly_one_address_is_not_written_to(to: str) -> None:
    with pytest.raises(Unsendable, match="recipient"):
        _bytes(to=to)


@pytest.mark.parametrize("identifier", ["", "L-1", "<a@b>\r\nBcc: x@y", "<a@b@c>", "a b@c", "é@b"])
def test_an_identifier_that_could_break_the_head_is_refused(identifier: str) -> None:
    with pytest.raises(Unsendable, match="no Message-ID"):
        _bytes(message_id=identifier)


def test_a_blocked_letter_has_no_bytes() -> None:
    with pytest.raises(Unsendable, match=r"any/receipt: \[\[received\]\]"):
        _bytes(changes={"received": None})


def test_a_date_without_an_offset_is_refused() -> None:
    with pytest.raises(Unsendable, match="no offset"):
        _bytes(date=datetime(2026, 11, 22))


def test_an_answer_by_a_machine_says_so_and_asks_for_no_absence_note() -> None:
    mail = _mail(_bytes(in_reply_to="<n-1@holm.example>"))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert _mail(_bytes("any/refusal", in_reply_to="<n-1@holm.example>"))["X-Auto-Response-Suppress"] is None


def test_answers_come_back_to_the_address_that_names_the_letter() -> None:
    assert _mail(_bytes(reply_to="agent+0f@harbour.example"))["Reply-To"] == "agent+0f@harbour.example"
    assert _mail(_bytes())["Reply-To"] is None


@pytest.mark.parametrize("answered", ["<n-1>", "<a@b>\r\nBcc: eve@evil.example", "<é@b>", "no id at all"])
def test_a_message_id_that_cannot_be_repeated_is_not_answered_by_name(answered: str) -> None:
    raw = _bytes(in_reply_to=answered)
    assert b"In-Reply-To" not in raw
    assert b"Bcc" not in raw


@pytest.mark.parametrize("to", ["zoë@holm.example", "mara@hölm.example"])
def test_an_address_beyond_ascii_is_not_written_to(to: str) -> None:
    with pytest.raises(Unsendable, match="recipient"):
        _bytes(to=to)


def test_the_words_stand_in_the_mail_as_text_and_as_html_with_a_boundary_that_no_word_can_be() -> None:
    words = "--=_" + "0" * 32 + "\nContent-Type: text/html\n\n<script>alert(1)</script>\n"
    raw = reworded(_bytes(), words)
    mail = _mail(raw)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_content_type() == "multipart/alternative" and mail["Content-Language"] == "en"
    assert words_in(raw) == words
    page = mail.get_body(("html",))
    assert page is not None and "<script>" not in page.get_content()
    assert raw.count(b"\r\n--" + str(mail.get_boundary()).encode()) == 3


def test_other_words_stand_under_the_same_head() -> None:
    before = _bytes(in_reply_to="<n-1@holm.example>")
    after = reworded(before, "Other words, Zoë.\n")
    assert words_in(after) == "Other words, Zoë.\n"
    assert reworded(before, words_in(before)) == before
    assert [_mail(after)[name] for name in ("Message-ID", "To", "Date", "Auto-Submitted")] == [
        _mail(before)[name] for name in ("Message-ID", "To", "Date", "Auto-Submitted")
    ]
    assert words_in(b"A letter with a [[blank]]\n") == "A letter with a [[blank]]\n"
