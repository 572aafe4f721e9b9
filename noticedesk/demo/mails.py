"""Complaints as mail: the bytes as our own mail server hands them over, with the headers that it adds."""

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from noticedesk.demo import attacks, machines
from noticedesk.demo.wording import Case, letter, subject

SERVER = "mx.marketplace.example"
"""Our own mail server, as it names itself in headers."""

DESK = "copyright@marketplace.example"
"""The address of the designated agent."""


def message_id(complaint: str, domain: str) -> str:
    """The Message-ID of a complaint; the sender's own system gives it."""
    return f"<{complaint}@{domain}>"


def mail(case: Case, received: datetime, path: int = 0, answers: str = "") -> bytes:
    """The mail as delivered; another `path` is the same message by another of the sender's servers, a little later."""
    writer = case.writer
    message = EmailMessage(policy=SMTP)
    at = received + timedelta(seconds=40 * path)
    relay = f"out{path + 1}.{writer.domain}"
    message["Received"] = (
        f"from {relay} ({relay} [192.0.2.{14 + path}]) by {SERVER} (Postfix) with ESMTPS id 4Q{path}X7"
        f" for <{DESK}>; {format_datetime(at)}"
    )
    message["Authentication-Results"] = (
        f"{SERVER}; dkim=pass header.d={writer.domain} header.s=mail; spf=pass smtp.mailfrom={writer.domain};"
        f" dmarc=pass header.from={writer.domain}"
    )
    message["From"] = Address(writer.person, addr_spec=writer.email)
    message["To"] = DESK
    message["Subject"] = subject(case)
    message["Date"] = format_datetime(received - timedelta(seconds=20))
    message["Message-ID"] = message_id(case.telling.id, writer.domain)
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    _fill(message, case, received)
    return message.as_bytes()


def _fill(message: EmailMessage, case: Case, received: datetime) -> None:
    text = letter(case)
    message.set_content(text)
    if case.telling.html:
        message.add_alternative(_html(text), subtype="html")
    if case.picture:
        message.add_attachment(case.picture, "image", "jpeg", filename="original.jpg")
    if case.telling.attach:
        subtype, name, content = _enclosed(case, received)
        message.add_attachment(content, "application", subtype, filename=name)
    # The library draws boundaries by lot; the demo's bytes are the same every time.
    for place, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{case.telling.id}_{place}")


def _enclosed(case: Case, received: datetime) -> tuple[str, str, bytes]:
    """What goes with the letter: media subtype, file name and bytes."""
    if case.telling.attach == "acns":
        return "xml", "notice.xml", machines.acns(case, received)
    if case.telling.attach == "table":
        return "octet-stream", "listings.csv", machines.table(case)
    return "zip", "evidence.zip", attacks.zip_bomb()


def _html(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    return f"<html><body>{paragraphs}</body></html>\n"
