"""What stands inside an S/MIME signature (CMS, RFC 5652, section 5); the signature itself is not judged."""

from contextlib import suppress

MAX_NESTED = 4
"""How often a message may be signed over and over; triple wrapping (RFC 2634) signs twice."""

_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"


def is_wrapped(media_type: str) -> bool:
    """Whether a part of that type may hold a message inside a signature."""
    return media_type in _TYPES


def looks_signed(raw: bytes) -> bool:
    """Whether bytes begin as signed data does."""
    return raw[:1] == b"\x30" and _SIGNED in raw[:32]


def inside(raw: bytes) -> bytes | None:
    """The MIME entity that was signed; None where there is none: encrypted, detached, or broken."""
    if not looks_signed(raw):
        return None
    # Imported late: few messages are signed so.
    from asn1crypto.cms import ContentInfo

    # Whatever the library raises for what is no CMS.
    with suppress(ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        info = ContentInfo.load(raw)
        if info["content_type"].native == "signed_data":
            content = info["content"]["encap_content_info"]["content"].native
            return content if isinstance(content, bytes) and content.strip() else None
    return None
