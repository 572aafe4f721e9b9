"""What the bytes of a file say it is, and whether it is whole; nothing is decoded."""

import struct
from collections.abc import Callable


def media_type_of(body: bytes) -> str:
    """The media type that the first bytes show, "" if it is none we know."""
    for signature, media_type in _SIGNATURES:
        if body.startswith(signature):
            return media_type
    if body[4:8] == b"ftyp":
        return _of_brands(body[8 : min(64, int.from_bytes(body[:4], "big"))])
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return _of_markup(body)


def cut_off(body: bytes, media_type: str) -> bool:
    """Whether a JPEG, PNG or WebP ends before its format says so; what follows the end does not matter."""
    whole = _WHOLE.get(media_type)
    return whole is not None and not whole(body)


def _of_brands(brands: bytes) -> str:
    """The type of a file of the ISO base media format, by its brands (ISO 14496-12 section 4.3)."""
    names = {brands[start : start + 4] for start in range(0, len(brands), 4)}
    if names & {b"avif", b"avis"}:
        return "image/avif"
    return "image/heic" if names & {b"heic", b"heix", b"mif1", b"msf1"} else "video/mp4"


def _of_markup(body: bytes) -> str:
    opening = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(b"<svg") or (
        opening.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in body[:4096].lower()
    ):
        return "image/svg+xml"
    return "text/html" if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else ""


def _whole_jpeg(body: bytes) -> bool:
    """Whether the end marker stands behind the first scan. Inside a scan 0xFF is escaped, so it is found truly there.

    Segments before the scan are stepped over: a thumbnail among them has an end marker of its own.
    """
    place = 2
    while place + 4 <= len(body) and body[place] == 0xFF:
        marker, length = body[place + 1], int.from_bytes(body[place + 2 : place + 4], "big")
        if marker == 0xDA:
            return body.find(b"\xff\xd9", place) >= 0
        # Markers may be preceded by any number of fill bytes.
        place += 1 if marker == 0xFF else 2 + length
    return False


def _whole_png(body: bytes) -> bool:
    """Whether the chunks lead to the end chunk."""
    place = 8
    while place + 12 <= len(body):
        length, kind = struct.unpack_from(">I4s", body, place)
        if kind == b"IEND":
            return True
        place += 12 + length
    return False


def _whole_webp(body: bytes) -> bool:
    """Whether the file is as long as its header says."""
    return int.from_bytes(body[4:8], "little") + 8 <= len(body)


_WHOLE: dict[str, Callable[[bytes], bool]] = {
    "image/jpeg": _whole_jpeg,
    "image/png": _whole_png,
    "image/webp": _whole_webp,
}

_SIGNATURES: list[tuple[bytes, str]] = [
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
]
