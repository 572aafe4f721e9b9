"""Reports of mail servers: for machines, for people, about what is lost, late or there; and what they return."""

from email.message import EmailMessage

import pytest

from noticedesk import intake
from noticedesk.model.document import Delivery, Document

OURS = "<0123456789abcdef0123456789abcdef@shop.example>"


def read(raw: bytes) -> Document:
    (document,) = intake.read(raw, "report.eml")
    return document


def report(*groups: str, returned: str = f"Message-ID: {OURS}\nSubject: Your notice\n\n", kind: str = "") -> bytes:
    """A multipart/report as mail servers write it."""
    recipients = "\n\n".join(("Reporting-MTA: dns; mx.lind.example", *groups))
    return f"""Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.lind.example>
To: copyright+0123456789abcdef0123456789abcdef@shop.example
Subject: Undelivered mail
Message-ID: <r1@mx.lind.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind or "delivery-status"}; boundary=B

--B
Content-Type: text/plain

Your message about infringing copies could not be delivered.

--B
Content-Type: message/{kind or "delivery-status"}

{recipients}

--B
Content-Type: text/rfc822-headers

{returned}
--B--
""".encode()


FAILED = (
    "Final-Recipient: rfc822; maria@lind.example\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 no such user"
)
LATE = "Final-Recipient: rfc822; maria@lind.example\nAction: delayed\nStatus: 4.4.1 (no answer)"
THERE = "Final-Recipient: rfc822; maria@lind.example\nAction: delivered\nStatus: 2.1.5"


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ((FAILED,), Delivery(action="failed", status="5.1.1", diagnostic="550 no such user")),
        ((LATE,), Delivery(action="delayed", status="4.4.1")),
        ((THERE,), Delivery(action="delivered", status="2.1.5")),
        ((THERE, FAILED), Delivery(action="failed", status="5.1.1", diagnostic="550 no such user")),
        (("Action: FAILED\nStatus: none",), Delivery(action="failed")),
    ],
    ids=["lost", "late", "there", "of several the worst", "without a code"],
)
def test_the_part_for_machines_says_what_became_of_it(groups: tuple[str, ...], told: Delivery) -> None:
    document = read(report(*groups))
    assert document.delivery == told
    assert document.envelope.bounce
    assert document.original and document.original.message_id == OURS


def test_the_address_that_a_report_was_sent_to_is_kept_with_its_token() -> None:
    assert "copyright+0123456789abcdef0123456789abcdef@shop.example" in read(report(FAILED)).envelope.to


@pytest.mark.parametrize(
    ("words", "action", "status"),
    [
        (
            "Hi. This is the qmail-send program.\n<maria@lind.example>:\nSorry, no mailbox here. (#5.1.1)",
            "failed",
            "5.1.1",
        ),
        ("Remote host said: 550 5.7.1 blocked", "failed", "5.7.1"),
        ("Delivery has been delayed. 451 4.7.1 try later. You do not need to resend your message.", "delayed", "4.7.1"),
        ("Delivery to the following recipient failed permanently.", "failed", ""),
        ("delivery was delayed and then failed: 550 mailbox full", "failed", "550"),
    ],
)
def test_a_report_written_for_people_is_read_by_its_codes_and_words(words: str, action: str, status: str) -> None:
    head = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.lind.example\nTo: a@shop.example\nSubject: failure notice"
    raw = f"{head}\n\n{words}\n"
    found = read(raw.encode()).delivery
    assert found and (found.action, found.status) == (action, status)


def test_a_report_with_the_failed_recipient_in_its_head_is_one_whoever_signs_it() -> None:
    raw = b"From: r@mx.example\nTo: a@shop.example\nSubject: x\nX-Failed-Recipients: m@lind.example\n\nIt failed.\n"
    assert read(raw).envelope.bounce


def test_a_person_called_postmaster_may_complain() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "postmaster@lind.example", "a@shop.example", "Copyright notice"
    mail.set_content("You show my photograph.")
    assert not read(mail.as_bytes()).envelope.bounce


def test_that_a_letter_was_opened_is_no_bounce() -> None:
    document = read(report("Disposition: manual-action/MDN-sent-manually; displayed", kind="disposition-notification"))
    assert (document.envelope.opened, document.envelope.bounce, document.delivery) == (True, False, None)


def test_a_hostile_report_is_read_without_end_or_error() -> None:
    raw = report("Action: " + "failed " * 5000 + "\nStatus: " + "5." * 5000, "\x00\xff", returned="Message-ID: <\n\n")
    assert read(raw).delivery is not None
