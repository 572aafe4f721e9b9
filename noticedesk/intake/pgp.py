"""Reads text clear-signed with PGP (RFC 9580, section 7): the signed words without armour and dash escapes."""

import re

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents

NAME = "pgp"

_BEGIN = b"-----BEGIN PGP SIGNED MESSAGE-----"
_HEAD = 200_000
# A message that was signed twice, or forwarded inside another signed one, has its inner armour dash-escaped.
_ARMOUR = re.compile(
    r"""
    ^(?:-[ ])*-----BEGIN[ ]PGP[ ]SIGNED[ ]MESSAGE-----[ \t]*\n
    (?:(?:Hash|Charset|NotDashEscaped):[^\n]*\n)*[ \t]*\n
    |
    ^(?:-[ ])*-----BEGIN[ ]PGP[ ]SIGNATURE-----[ \t]*\n
    (?:[^\n-][^\n]*\n|[ \t]*\n)*
    (?:(?:-[ ])*-----END[ ]PGP[ ]SIGNATURE-----[ \t]*\n?)?
    """,
    re.MULTILINE | re.VERBOSE,
)
_ESCAPED = re.compile(r"^(?:- )+(?=-|From )", re.MULTILINE)


def score(raw: bytes, name: str) -> float:
    """Surer than any reader of what is signed, and less sure than those of messages that hold signed text."""
    return 0.8 if _BEGIN in raw[:_HEAD] else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """What is signed and what stands around it, read as if it had not been; the signature itself is not judged."""
    return context.read(unwrapped(decode(raw)).encode(), name)


def unwrapped(text: str) -> str:
    """A text without armour, signature blocks and dash escapes; the words outside the armour stay."""
    bare = _ESCAPED.sub("", _ARMOUR.sub("", text))
    return bare.replace(_BEGIN.decode(), "")
