"""Small writers of what messages are wrapped in: TNEF ([MS-OXTNEF]) and CMS (RFC 5652)."""

import struct
import zlib
from collections.abc import Mapping

from asn1crypto import cms as asn1

_BODY, _TITLE, _DATA, _RENDER, _CODEPAGE, _PROPERTIES = 0x800C, 0x8010, 0x800F, 0x9002, 0x9007, 0x9003
_RICH_TEXT, _BINARY = 0x1009, 0x0102


def winmail(body: str = "", files: Mapping[str, bytes] | None = None, rich: bytes = b"") -> bytes:
    """A winmail.dat with a plain body, files by name, and compressed rich text."""
    parts = [_attribute(1, _CODEPAGE, 6, struct.pack("<II", 1252, 0))]
    if body:
        parts.append(_attribute(1, _BODY, 2, body.encode("cp1252") + b"\0"))
    if rich:
        padded = rich + b"\0" * (-len(rich) % 4)
        value = struct.pack("<IHHII", 1, _BINARY, _RICH_TEXT, 1, len(rich)) + padded
        parts.append(_attribute(1, _PROPERTIES, 6, value))
    for name, content in (files or {}).items():
        parts.append(_attribute(2, _RENDER, 6, b"\0" * 14))
        parts.append(_attribute(2, _TITLE, 1, name.encode("cp1252") + b"\0"))
        parts.append(_attribute(2, _DATA, 6, content))
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(parts)


def properties(count: int, kind: int, value: bytes) -> bytes:
    """A winmail.dat whose property block states a count, and holds one value of a kind."""
    data = struct.pack("<IHH", count, kind, 0x0FF4) + value
    return struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, _PROPERTIES, 6, data)


def _attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def compressed(rich: bytes) -> bytes:
    """Rich text as Outlook stores it, every byte of it a literal ([MS-OXRTFCP])."""
    packed = b""
    for start in range(0, len(rich), 8):
        packed += b"\0" + rich[start : start + 8]
    # The end: a reference to where writing goes on.
    where = (207 + len(rich)) % 4096
    tail = struct.pack(">H", where << 4)
    count = len(rich) % 8
    if count:
        at = len(packed) - count - 1
        packed = packed[:at] + bytes([1 << count]) + packed[at + 1 :] + tail
    else:
        packed += b"\1" + tail
    crc = zlib.crc32(packed, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II", len(packed) + 12, len(rich)) + b"LZFu" + struct.pack("<I", crc) + packed


def signed(content: bytes) -> bytes:
    """Content inside a CMS structure of signed data (DER), without a signer: nobody judges the signature."""
    data = asn1.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data", "content": content},
            "signer_infos": [],
        }
    )
    return bytes(asn1.ContentInfo({"content_type": "signed_data", "content": data}).dump())
