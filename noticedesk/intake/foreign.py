"""Recognises formats that are not opened, so that a person learns what arrived and what to ask the sender for."""

from noticedesk.intake.context import Context, Documents, Unreadable

NAME = "foreign"

# The first bytes, and what they mean in words. Readers of formats that are packed as ZIP score higher.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive; archives are not opened"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive; archives are not opened"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; archives are not opened"),
    (b"\x1f\x8b", "a gzip archive; archives are not opened"),
    (b"BZh", "a bzip2 archive; archives are not opened"),
    (b"\xfd7zXZ\x00", "an xz archive; archives are not opened"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture; words in pictures are not read"),
    (b"\xff\xd8\xff", "a JPEG picture; words in pictures are not read"),
    (b"GIF8", "a GIF picture; words in pictures are not read"),
    (b"II*\x00", "a TIFF picture; words in pictures are not read"),
    (b"MM\x00*", "a TIFF picture; words in pictures are not read"),
    (b"RIFF", "a picture, sound or film (RIFF); it is not read"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"-----BEGIN PGP MESSAGE", "encrypted with PGP; nothing of it can be read"),
)

# Object identifiers near the start of a CMS structure (RFC 5652), of which no part is opened.
CONTENTS: tuple[tuple[bytes, str], ...] = (
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "signed with S/MIME, and without its text or broken"),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", "encrypted with S/MIME; nothing of it can be read"),
)


def score(raw: bytes, name: str) -> float:
    """Half sure by the first bytes: any reader that opens such a container is surer."""
    return 0.5 if _meaning(raw) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """Never a document: raises Unreadable with what the bytes are."""
    raise Unreadable(f"this is {_meaning(raw)}; a person has to look at it, or the sender to write it as text or PDF")


def _meaning(raw: bytes) -> str:
    head = raw[:64].lstrip() if raw[:1].isspace() else raw[:64]
    if head[:1] == b"\x30":
        return next((words for identifier, words in CONTENTS if identifier in head), "")
    return next((words for signature, words in SIGNATURES if head.startswith(signature)), "")
