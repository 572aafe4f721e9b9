"""One good sample of every format, from which fuzzing departs."""

import io
import re
from pathlib import Path

from pypdf import PdfWriter

from tests.noticedesk.intake.compound import message
from tests.noticedesk.intake.containers import compressed, signed, winmail
from tests.noticedesk.intake.test_pdf import written as pdf
from tests.noticedesk.intake.test_rtf import LETTER as RICH
from tests.noticedesk.intake.test_word import paragraph
from tests.noticedesk.intake.test_word import written as word
from tests.noticedesk.intake.workbooks import ods, ods_row, texts, workbook

_PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
_TABLE = b"Work title,Infringing URL,Item ID\nSunset,https://m.example/1,0012\n"
_INNER = b"Content-Type: text/plain\r\n\r\nDear agent, my picture is used.\r\n"


def documented() -> dict[str, bytes]:
    """The samples of docs/formats.md by file name."""
    found = re.findall(r"^```\w+ reads=\w+ name=(\S+)(?: lacks=\w+)?\n(.*?)^```$", _PAGE, re.DOTALL | re.MULTILINE)
    return {name: sample.encode() for name, sample in found}


def packed() -> dict[str, bytes]:
    """Samples of the formats that are no text, by file name."""
    return {
        "sheet.xlsx": workbook({"A": texts(1, "Infringing URL", "Item ID") + texts(2, "https://m.example/1", "0012")}),
        "sheet.ods": ods(ods_row("Infringing URL", "Item ID") + ods_row("https://m.example/1", "0012")),
        "letter.docx": word(paragraph("Dear agent, https://m.example/1")),
        "letter.pdf": pdf("Dear agent, https://m.example/1", link="https://m.example/2"),
        "empty.pdf": _empty(),
        "notice.msg": message("Dear agent", sender="ann@example.org", files={"list.csv": _TABLE}),
        "rich.msg": message("", rich=compressed(RICH)),
        "winmail.dat": winmail("Dear agent", {"list.csv": _TABLE}, compressed(RICH)),
        "smime.p7m": signed(_INNER),
        "letter.rtf": RICH,
        "mixed.eml": _MIXED,
        "report.eml": _REPORT,
    }


def samples() -> dict[str, bytes]:
    """All samples by file name."""
    return documented() | packed()


def _empty() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


_MIXED = b"""From: Ann <ann@example.org>
To: agent@m.example
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b0"

--b0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Dear agent, my picture is used =E4t https://m.example/1
--b1
Content-Type: text/html; charset=utf-8

<p>Dear agent, <a href="https://m.example/1">my picture</a></p>
--b1--
--b0
Content-Type: message/rfc822

From: Bob <bob@example.org>
Subject: Fwd: notice

> quoted words
--b0
Content-Type: text/csv; name*=utf-8''l%C3%AFst.csv
Content-Transfer-Encoding: base64

SW5mcmluZ2luZyBVUkwKaHR0cHM6Ly9tLmV4YW1wbGUvMQo=
--b0--
"""

_REPORT = b"""Return-Path: <>
From: MAILER-DAEMON@m.example
Subject: Undelivered
Message-ID: <2@m.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

550 5.1.1 no such user
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; m.example

Final-Recipient: rfc822; x@m.example
Action: failed
Status: 5.1.1
--r
Content-Type: text/rfc822-headers

Message-ID: <3@m.example>
--r--
"""
