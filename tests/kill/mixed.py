"""Mail of every kind that a mailbox of complaints holds, each message different from all others."""

from collections.abc import Callable
from email.message import EmailMessage

from tests.noticedesk.desk.factory import COUNTER, HOST, LETTER, RETRACTION, picture


def messages(count: int) -> list[bytes]:
    """So many messages, kind by kind in turn, as a mail server keeps them; each opens exactly one notice."""
    return [
        MAKERS[number % len(MAKERS)](number).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for number in range(count)
    ]


def _mail(number: int, text: str, subject: str = "Copyright notice") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"maria@lind{number}.example", "copyright@shop.example"
    mail["Subject"], mail["Message-ID"] = subject, f"<{number}@lind{number}.example>"
    mail.set_content(text.format(urls=f"https://{HOST}/item/i{number}"))
    return mail


def _letter(number: int) -> bytes:
    return _mail(number, LETTER).as_bytes()


def _page(number: int) -> bytes:
    mail = _mail(number, LETTER)
    lines = mail.get_content().replace("\n\n", "</p><p>")
    mail.set_content(f"<html><body><p>{lines}</p></body></html>", subtype="html")
    return mail.as_bytes()


def _with_table(number: int) -> bytes:
    mail = _mail(number, LETTER)
    table = f"Work title,Infringing URL\nSunset,https://{HOST}/item/i{number}\n"
    mail.add_attachment(table, subtype="csv", filename="list.csv")
    return mail.as_bytes()


def _with_picture(number: int) -> bytes:
    mail = _mail(number, LETTER)
    mail.add_attachment(picture(number % 5), maintype="image", subtype="png", filename="original.png")
    return mail.as_bytes()


def _counter(number: int) -> bytes:
    return _mail(number, COUNTER, "Counter notification").as_bytes()


def _retraction(number: int) -> bytes:
    return _mail(number, RETRACTION, "Retraction").as_bytes()


def _absence(number: int) -> bytes:
    mail = _mail(number, f"I am out of the office until Monday ({number}).", "Automatic reply: Your notice")
    mail["Auto-Submitted"] = "auto-replied"
    return mail.as_bytes()


def _question(number: int) -> bytes:
    return _mail(
        number, f"Do you have a programme for partners? We ask for the {number}th time.", "Question"
    ).as_bytes()


def _without_id(number: int) -> bytes:
    mail = _mail(number, LETTER)
    del mail["Message-ID"]
    return mail.as_bytes()


def _same_id(number: int) -> bytes:
    """All of them bear one Message-ID: whoever reuses an id must not hide a notice."""
    mail = _mail(number, LETTER)
    mail.replace_header("Message-ID", "<always@lind.example>")
    return mail.as_bytes()


def _unreadable(number: int) -> bytes:
    head = f"From: x@y{number}.example\nSubject: ?\nContent-Type: multipart/mixed; boundary=never\n\n"
    return head.encode() + bytes([1, 255, 200, 30 + number % 90]) * 50 + str(number).encode()


def _hostile_header(number: int) -> bytes:
    return _letter(number).replace(b"Subject: Copyright", b"Subject: =?utf-8?q?x=0D=0ABcc:_a@b.example?= Copyright", 1)


MAKERS: list[Callable[[int], bytes]] = [
    _letter,
    _page,
    _with_table,
    _with_picture,
    _counter,
    _retraction,
    _absence,
    _question,
    _without_id,
    _same_id,
    _unreadable,
    _hostile_header,
]
