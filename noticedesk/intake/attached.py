"""The files enclosed in a mail, by digest: a reference picture is evidence too."""

from collections.abc import Mapping

from noticedesk.intake.parts import parsed, split


def pictures(raw: bytes) -> Mapping[str, bytes]:
    """The pictures enclosed in a mail, by their sha256; none where the bytes are no mail that can be taken apart."""
    try:
        parts = split(parsed(raw))
    except RecursionError:
        return {}
    return {
        part.attachment.sha256: part.payload for part in parts.listed if part.attachment.media_type.startswith("image/")
    }
