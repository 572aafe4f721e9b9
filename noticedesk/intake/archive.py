"""A ZIP container looked at before a library opens it: what it really holds, and how big it gets."""

import io
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from noticedesk.intake.context import Unreadable

MAX_INFLATED = 256 * 2**20
"""How many bytes a container may hold when unpacked; a spreadsheet of 100,000 rows holds about 60 MB."""

_MOST_ENTRIES = 5000
_CHUNK = 2**16
_ENDLESS_TAG = re.compile(rb"<[^<>]{50000}")
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1


def entries(raw: bytes) -> dict[str, bytes]:
    """The unpacked XML files of a container; raises Unreadable for a bomb, an encrypted or a broken one.

    Sizes are counted while unpacking, since the ones that a container declares need not be true.
    """
    try:
        listed = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise Unreadable(f"its container is broken: {error}") from None
    if len(listed) > _MOST_ENTRIES:
        raise Unreadable(f"its container holds {len(listed):,} files; a spreadsheet holds a few dozen")
    left, found = MAX_INFLATED, {}
    for info in listed:
        content = _inflated(raw, info, left)
        left -= len(content)
        if info.filename.endswith((".xml", ".rels")):
            _check(content)
            found[info.filename] = content
    return found


def _check(content: bytes) -> None:
    """Raises Unreadable for XML that is broken, declares entities, or has a tag on which libraries spend minutes."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable(f"the XML in its container is broken: {error}") from None
    if _ENDLESS_TAG.search(content):
        raise Unreadable("the XML in its container has a tag longer than any program writes")


def _refuse(*declaration: object) -> None:
    raise Unreadable("the XML in its container declares entities")


def _inflated(raw: bytes, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable("it is encrypted; the sender has to send it without a password")
    packed = _packed(raw, info)
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("its container is packed in an unusual way")
    return _unpacked(packed, limit)


def _packed(raw: bytes, info: zipfile.ZipInfo) -> bytes:
    """The packed bytes of an entry, whose local header has lengths of its own."""
    lengths = raw[info.header_offset + 26 : info.header_offset + _LOCAL_HEADER]
    if len(lengths) < 4:
        raise Unreadable("its container is cut off")
    name, extra = struct.unpack("<HH", lengths)
    start = info.header_offset + _LOCAL_HEADER + name + extra
    return raw[start : start + info.compress_size]


def _unpacked(packed: bytes, limit: int) -> bytes:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces, size, rest = [], 0, packed
    try:
        while rest and not engine.eof:
            piece = engine.decompress(rest, _CHUNK)
            size += len(piece)
            if size > limit:
                raise Unreadable(f"unpacked it is larger than {MAX_INFLATED // 2**20} MB and was not opened")
            pieces.append(piece)
            rest = engine.unconsumed_tail
    except zlib.error as error:
        raise Unreadable(f"its container is broken: {error}") from None
    return b"".join(pieces)
