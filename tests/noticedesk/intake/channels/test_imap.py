"""Mailboxes on a real server: fetched unseen, once, in order; signed in to only over a line that nobody reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from noticedesk.intake.channels import Delivery, Source, SourceError, Start, mailserver, opened
from noticedesk.settings import SettingError
from tests.noticedesk.intake.channels.dovecot import PASSWORD, Dovecot

DATE = '"02-Nov-2026 10:00:05 +0100"'
_FOLDERS = count(1)

Boxes = Callable[..., Source]


def letter(number: int, text: str = "Dear agent") -> bytes:
    return f"From: a@lind.example\r\nMessage-ID: <{number}@lind.example>\r\nSubject: n\r\n\r\n{text}\r\n".encode()


@pytest.fixture
def box(imap: Dovecot) -> Boxes:
    """Makes a mailbox of its own for a test, and the source that reads it."""

    def make(*messages: bytes, done: str = "") -> Source:
        folder = f"Box{next(_FOLDERS)}"
        with imap.session() as session:
            session.create(folder)
        imap.fill(messages, folder, DATE)
        return Source(id="box", kind="imap", path=imap.url(folder), service="market", done=done)

    return make


def fetch(source: Source, cursor: str = "", save: bool = False) -> list[Delivery]:
    with opened(source, Start(cursor, PASSWORD)) as inbox:
        found = []
        for delivery in inbox.deliveries():
            found.append(delivery)
            if save:
                inbox.acknowledge(delivery)
        return found


def folder(source: Source) -> str:
    return source.path.rpartition("/")[2]


def test_mail_is_fetched_byte_for_byte_and_arrived_when_the_server_had_it(box: Boxes) -> None:
    source = box(letter(1), letter(2, "x" * 100_000 + "\xe9"))
    one, two = fetch(source)
    assert (one.raw, two.raw) == (letter(1), letter(2, "x" * 100_000 + "\xe9"))
    assert one.arrived == datetime(2026, 11, 2, 9, 0, 5, tzinfo=UTC)
    assert one.key.startswith("<1@lind.example> ")
    assert one.cursor.partition(":")[2] == "1" and two.cursor.partition(":")[2] == "2"


def test_what_is_not_acknowledged_waits_unseen_and_unchanged(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1))
    assert fetch(source) == fetch(source) != []
    with imap.session() as session:
        session.select(folder(source))
        assert session.search(None, "UNSEEN")[1] == [b"1"]


def test_what_is_saved_stays_under_a_keyword_and_is_not_handed_over_again(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1), letter(2))
    assert len(fetch(source, save=True)) == 2
    assert fetch(source) == []
    imap.fill([letter(3)], folder(source))
    assert [delivery.raw for delivery in fetch(source)] == [letter(3)]
    assert imap.count(folder(source)) == 3


def test_what_is_saved_moves_where_the_source_says_so(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1), letter(2), done="Erledigt")
    before = imap.count("Erledigt")
    assert len(fetch(source, save=True)) == 2
    assert imap.count(folder(source)) == 0 and imap.count("Erledigt") == before + 2


def test_acknowledging_twice_does_nothing_and_leaves_what_others_marked_as_deleted(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1), letter(2), letter(3), done="Twice")
    with imap.session() as session:
        session.select(folder(source))
        session.store("3", "+FLAGS", r"(\Deleted)")
    with opened(source, Start(secret=PASSWORD)) as inbox:
        first, _ = inbox.deliveries()
        inbox.acknowledge(first)
        inbox.acknowledge(first)
    assert imap.count(folder(source)) == 2 and imap.count("Twice") == 1


def test_a_mailbox_made_anew_is_read_anew_under_the_same_keys(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1), letter(2))
    before = fetch(source, save=True)
    with imap.session() as session:
        session.delete(folder(source))
        session.create(folder(source))
    imap.fill([letter(2), letter(1)], folder(source))
    after = fetch(source, cursor=before[-1].cursor)
    assert {delivery.key for delivery in after} == {delivery.key for delivery in before}
    assert after[0].cursor.partition(":")[0] != before[0].cursor.partition(":")[0]


def test_where_nothing_can_be_marked_the_cursor_says_what_is_new(
    box: Boxes, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = box(letter(1), letter(2), letter(3))
    one, *_ = fetch(source)
    monkeypatch.setattr("noticedesk.intake.channels.imap._Mailbox._may_mark", lambda *_: False)
    assert [delivery.raw for delivery in fetch(source, cursor=one.cursor)] == [letter(2), letter(3)]
    assert fetch(source, cursor=one.cursor.replace(":1", ":3")) == []


def test_the_line_is_encrypted_and_the_certificate_checked(box: Boxes, imap: Dovecot) -> None:
    source = box(letter(1))
    path = source.path.replace("imap://", "imaps://").replace(f"127.0.0.1:{imap.plain}", f"localhost:{imap.secure}")
    known = replace(source, path=path, authorities=str(imap.authorities))
    assert len(fetch(known)) == 1
    upgraded = source.path.replace("imap://", "imap+starttls://").replace("127.0.0.1", "localhost")
    assert len(fetch(replace(known, path=upgraded))) == 1
    for wrong in (path, upgraded):
        with pytest.raises(SourceError, match=r"source box: .*certificate"):
            fetch(replace(source, path=wrong))


def test_a_wrong_password_is_told_and_not_repeated(box: Boxes) -> None:
    source = box()
    with (
        pytest.raises(SourceError, match=r"source box: .*AUTHENTICATIONFAILED") as told,
        opened(source, Start(secret="guess")),
    ):
        pass
    assert "guess" not in str(told.value)


def test_a_folder_that_is_missing_is_told(imap: Dovecot) -> None:
    source = Source(id="box", kind="imap", path=imap.url("Nowhere"), service="market")
    with pytest.raises(SourceError, match=r"source box: .*Nowhere"):
        fetch(source)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("imap://desk@mail.example/INBOX", "without encryption"),
        ("imaps://desk:secret@mail.example/INBOX", "holds a password"),
        ("imaps://mail.example/INBOX", "imaps://user@mail.example/INBOX"),
        ("pop3://desk@mail.example", "pop3 is no way to a mailbox"),
        ("imaps://desk@[mail/INBOX", "cannot be read"),
    ],
)
def test_a_path_that_cannot_be_meant_is_refused_with_its_source(path: str, said: str) -> None:
    with pytest.raises(SettingError, match=f"source box: .*{said}"):
        mailserver.mail_server(Source(id="box", kind="imap", path=path, service="market"))


def test_a_missing_secret_is_asked_for_by_its_name() -> None:
    source = Source(id="notices-box", kind="imap", path="imaps://desk@mail.example", service="market")
    with pytest.raises(SettingError, match="NOTICEDESK_SECRET_NOTICES_BOX"), opened(source, Start()):
        pass


def test_a_user_name_may_be_an_address_and_a_folder_may_lie_deep() -> None:
    source = Source(id="b", kind="imap", path="imaps://desk%40market.example@mail.example/A/B%20C", service="market")
    assert mailserver.mail_server(source) == mailserver.MailServer(
        "imaps", "mail.example", 993, "desk@market.example", "A/B C"
    )
