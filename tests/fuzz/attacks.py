"""Hostile deliveries that are known by name: each makes its bytes, a file name, and what a person is told."""

import base64
import io
import zipfile
from collections.abc import Callable

from tests.noticedesk.intake.containers import properties, signed, winmail
from tests.noticedesk.intake.workbooks import packed, texts, workbook

Attack = Callable[[], tuple[bytes, str, str]]

_HEAD = b"From: a@b.example\nMessage-ID: <1@b.example>\nSubject: Notice\n"
_LINE = 1_000_000


def _nested_parts() -> tuple[bytes, str, str]:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(5000)
    )
    return _HEAD + opened + b"Content-Type: text/plain\n\nDear agent\n", "a.eml", ""


def _nested_messages() -> tuple[bytes, str, str]:
    return _HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + b"Dear agent\n", "a.eml", ""


def _many_parts() -> tuple[bytes, str, str]:
    part = b"--b\nContent-Type: text/plain; name=a.txt\n\nDear agent\n"
    return _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 50_000, "a.eml", "only the first 500"


def _many_headers() -> tuple[bytes, str, str]:
    return _HEAD + b"".join(b"X-%d: y\n" % number for number in range(100_000)) + b"\nDear agent", "a.eml", ""


def _long_header() -> tuple[bytes, str, str]:
    return _HEAD.replace(b"Notice", b"=?utf-8?q?" + b"=41" * 400_000 + b"?=") + b"\nDear agent", "a.eml", ""


def _comments() -> tuple[bytes, str, str]:
    return _HEAD.replace(b"a@b", b"(" * 100_000 + b"a@b") + b"\nDear agent", "a.eml", ""


def _addresses() -> tuple[bytes, str, str]:
    return b"To: " + b"<a@b.example>, " * 80_000 + b"\n" + _HEAD + b"\nDear agent", "a.eml", ""


def _injected() -> tuple[bytes, str, str]:
    subject = b"=?utf-8?q?x=0D=0ABcc:_all=40b.example=0D=0A=0D=0Abody?="
    return _HEAD.replace(b"Notice", subject) + b"\nDear agent", "a.eml", ""


def _long_line() -> tuple[bytes, str, str]:
    return b"a" * _LINE, "a.txt", ""


def _long_line_of(piece: bytes) -> Attack:
    return lambda: (piece * (_LINE // len(piece)), "a.txt", "")


def _wrong_encoding() -> tuple[bytes, str, str]:
    return _HEAD + b"Content-Type: text/plain; charset=utf-16\n\n" + b"\xff\xd8\xed\xa0\x80\x00" * 2000, "a.eml", ""


def _bomb(name: str, inside: str) -> Attack:
    def make() -> tuple[bytes, str, str]:
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(inside, "w") as file,
        ):
            for _ in range(260):
                file.write(b"<a>" + b" " * 2**20)
        return buffer.getvalue(), name, "larger than"

    return make


def _entities() -> tuple[bytes, str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><worksheet>&l11;</worksheet>'
    return packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}), "a.xlsx", "declares entities"


def _entities_in_acns() -> tuple[bytes, str, str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    case = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><Infringement xmlns="http://www.acns.net/ACNS">'
    )
    return (case + "<Case><ID>&l11;</ID></Case></Infringement>").encode(), "a.xml", ""


def _wide_sheet() -> tuple[bytes, str, str]:
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return workbook({"A": texts(1, "Infringing URL") + cell}), "a.xlsx", "spans"


def _objects() -> tuple[bytes, str, str]:
    body = b"".join(b"%d 0 obj\n<<>>\nendobj\n" % number for number in range(1, 1_000_000))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size 1000000 >>\nstartxref\n9\n%%EOF", "a.pdf", ""


def _pages_in_a_ring() -> tuple[bytes, str, str]:
    body = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>\nendobj\n"
    )
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n9\n%%EOF", "a.pdf", "PDF"


def _deep_json() -> tuple[bytes, str, str]:
    return b'{"schema": "noticedesk/complaint/1", "works": ' + b"[" * 400_000, "a.json", ""


def _deep_page() -> tuple[bytes, str, str]:
    return b"<html><body>" + b"<div>" * 100_000 + b"Dear agent", "a.html", ""


def _wide_page() -> tuple[bytes, str, str]:
    return b"<html><body>" + b"<blockquote type=cite><p>x" * 30_000, "a.html", ""


def _braces() -> tuple[bytes, str, str]:
    return b"{\\rtf1 " + b"{" * 500_000 + b"Dear agent", "a.rtf", ""


def _links_in_rich_text() -> tuple[bytes, str, str]:
    return b"{\\rtf1 Dear agent " + b'{\\field{\\*\\fldinst{HYPERLINK "' * 15_000, "a.rtf", ""


def _cms_in_cms() -> tuple[bytes, str, str]:
    content = b"Content-Type: text/plain\n\nDear agent\n"
    for _ in range(12):
        content = b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(
            signed(content)
        )
    return _HEAD + content, "a.eml", ""


def _packed_in_packed() -> tuple[bytes, str, str]:
    raw = b"Dear agent"
    for _ in range(50):
        raw = winmail("", {"winmail.dat": raw})
    return raw, "winmail.dat", "documents deep"


def _endless_properties() -> tuple[bytes, str, str]:
    return properties(0xFFFFFFFF, 3, b"\0\0\0\0"), "winmail.dat", "more values than it has bytes"


def _endless_values() -> tuple[bytes, str, str]:
    return properties(1, 0x1003, b"\xff\xff\xff\xff"), "winmail.dat", "more values than it has bytes"


def _commas() -> tuple[bytes, str, str]:
    return b"Infringing URL" + b"," * _LINE + b"\nhttps://m.example/1\n", "a.csv", ""


def _rows() -> tuple[bytes, str, str]:
    return b"Infringing URL,Item ID\n" + b"https://m.example/1,1\n" * 60_000, "a.csv", ""


ATTACKS: dict[str, Attack] = {
    "parts nested 5,000 deep": _nested_parts,
    "messages nested 3,000 deep": _nested_messages,
    "50,000 parts": _many_parts,
    "100,000 headers": _many_headers,
    "a header of a megabyte": _long_header,
    "comments nested 100,000 deep": _comments,
    "80,000 addresses": _addresses,
    "a header inside a header": _injected,
    "a line of a megabyte": _long_line,
    "a line of dashes": _long_line_of(b"-"),
    "a line of quoting marks": _long_line_of(b">"),
    "a line of blanks and colons": _long_line_of(b" a: "),
    "lines of names": _long_line_of(b"a: b\n"),
    "lines of half a signature": _long_line_of(b"-----BEGIN PGP SIGNATURE-----\n"),
    "lines of replies": _long_line_of(b"On Monday Ann wrote:\n> a\n"),
    "tags": _long_line_of(b"<Infringement xmlns='x'>"),
    "an encoding that is not the one named": _wrong_encoding,
    "a bomb in a spreadsheet": _bomb("a.xlsx", "xl/workbook.xml"),
    "a bomb in a letter": _bomb("a.docx", "word/document.xml"),
    "a billion laughs in a spreadsheet": _entities,
    "a billion laughs in a record": _entities_in_acns,
    "a sheet with one cell at its far end": _wide_sheet,
    "a PDF with a million objects": _objects,
    "a PDF whose pages are their own parents": _pages_in_a_ring,
    "JSON nested 400,000 deep": _deep_json,
    "a page nested 100,000 deep": _deep_page,
    "a page of quotations": _wide_page,
    "half a million braces": _braces,
    "half a link 15,000 times": _links_in_rich_text,
    "signatures around signatures": _cms_in_cms,
    "packed messages in packed messages": _packed_in_packed,
    "four thousand million properties": _endless_properties,
    "four thousand million values": _endless_values,
    "a heading of a million columns": _commas,
    "60,000 rows": _rows,
}
