"""Documents that prove something on file: kept as they came, of few kinds, never opened by us."""

from noticedesk.desk.desk import Desk

LARGEST = 10 * 2**20
"""Bytes of a document that is taken."""

KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
"""The kinds of documents that are taken, each with how its bytes begin, whatever its name says."""


class BadDocument(ValueError):
    """A document that is too large, empty, or of a kind that is not taken."""


def keep(desk: Desk, raw: bytes) -> str:
    """The digest under which the document is kept; raises BadDocument, malware.Malicious or malware.NotScanned."""
    if not 0 < len(raw) <= LARGEST:
        raise BadDocument(f"a document has 1 byte to {LARGEST // 2**20} MB; this one has {len(raw):,} bytes")
    if not kind(raw):
        known = ", ".join(dict.fromkeys(name for _, name in KINDS))
        raise BadDocument(f"this is no {known} by its contents; scan or print it as one of these")
    desk.scanner.check(raw)
    return desk.blobs.put(raw)


def kind(raw: bytes) -> str:
    """The ending that fits the contents; empty for what is not taken."""
    return next((name for begins, name in KINDS if raw.startswith(begins)), "")
