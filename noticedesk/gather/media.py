"""Pictures of a listing or references of a work, fetched and judged by their first bytes; never decoded here."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import imagesize

from noticedesk.gather.capture import Capture, captured, failed
from noticedesk.gather.listing import Fetch
from noticedesk.gather.rules import GatherRules, MediaRule
from noticedesk.http import Refused, Unreachable
from noticedesk.model.evidence import EvidenceRole, Outcome

_JPEG_END = b"\xff\xd9"
_PNG_END = b"IEND"


def gather_media(
    urls: Iterable[str],
    rules: GatherRules,
    fetch: Fetch,
    now: datetime,
    role: EvidenceRole = EvidenceRole.MEDIA,
) -> tuple[Capture, ...]:
    """One capture for each different URL, in order: the picture, or why there is none. Never raises for a server."""
    different = tuple(dict.fromkeys(urls))
    taken = tuple(_gather_one(url, rules.media, fetch, now, role) for url in different[: rules.media.most])
    beyond = f"only the first {rules.media.most} pictures are taken"
    left = (failed(url, Refused(url, beyond), role, now) for url in different[rules.media.most :])
    return (*taken, *left)


def media_type_of(body: bytes) -> str:
    """The media type that the first bytes show, "" if it is none we know."""
    head = body[:512]
    for offset, signature, media_type in _SIGNATURES:
        if head[offset:].startswith(signature):
            return media_type
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(b"<svg") or (opening.startswith(b"<?xml") and b"<svg" in body[:4096].lower()):
        return "image/svg+xml"
    return "text/html" if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else ""


def problem_of(body: bytes, rule: MediaRule) -> str:
    """Why the bytes are not opened as a picture, "" if they may be."""
    if not body:
        return "the file is empty"
    found = media_type_of(body)
    if found not in rule.types:
        return f"the bytes are {found or 'of no known picture format'}, not one of {', '.join(rule.types)}"
    if _truncated(body, found):
        return f"the {found} is cut off: its end is missing"
    width, height = imagesize.get(BytesIO(body))
    if width <= 0 or height <= 0:
        return f"the header of the {found} states no size"
    if width * height > rule.pixels:
        return f"the picture is {width} x {height} pixels, more than {rule.pixels} in all"
    return ""


def _gather_one(url: str, rule: MediaRule, fetch: Fetch, now: datetime, role: EvidenceRole) -> Capture:
    try:
        page = fetch(url)
    except (Refused, Unreachable) as error:
        return failed(url, error, role, now)
    capture = captured(url, page, role, now)
    if page.status >= 400:
        return replace(capture, outcome=Outcome.GONE, problem=f"the server answered {page.status}")
    problem = problem_of(page.body, rule)
    if problem:
        return replace(capture, outcome=Outcome.REFUSED, problem=problem)
    return replace(capture, media_type=media_type_of(page.body))


def _truncated(body: bytes, media_type: str) -> bool:
    """Whether the file ends before its format says so; what follows the end (trailers of cameras) does not matter."""
    if media_type == "image/jpeg":
        # Inside a scan 0xFF is always escaped, so the end marker behind the last start of scan is the real one.
        return _JPEG_END not in body[body.rfind(b"\xff\xda") :]
    if media_type == "image/png":
        return _PNG_END not in body[-4096:]
    if media_type == "image/webp":
        return int.from_bytes(body[4:8], "little") + 8 > len(body)
    return False


_SIGNATURES: list[tuple[int, bytes, str]] = [
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypavis", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
]
