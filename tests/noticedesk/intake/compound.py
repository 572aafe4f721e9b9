"""A small writer of OLE compound files ([MS-CFB]), enough for a message as Outlook saves it ([MS-OXMSG])."""

import itertools
import struct
from collections.abc import Mapping

_SECTOR, _SMALL = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF

Tree = Mapping[str, "bytes | Tree"]


def message(
    body: str, *, headers: str = "", sender: str = "", files: Mapping[str, bytes] | None = None, rich: bytes = b""
) -> bytes:
    """A .msg file with a text, transport headers or a sender's address, and attachments by name."""
    strings = {0x001A: "IPM.Note", 0x0037: "Notice", 0x1000: body, 0x007D: headers, 0x5D01: sender}
    tree: dict[str, bytes | Tree] = dict(
        _properties({pid: text for pid, text in strings.items() if text}, {0x1009: rich} if rich else {}, 32)
    )
    for number, (name, content) in enumerate((files or {}).items()):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties({0x3707: name}, {0x3701: content}, 8)
    count = struct.pack("<4I", 0, 0, 0, len(files or {}))
    tree["__properties_version1.0"] = b"\0" * 8 + count + b"\0" * 8 + bytes(tree["__properties_version1.0"])[32:]  # type: ignore[arg-type]
    return compound(tree)


def _properties(strings: Mapping[int, str], binaries: Mapping[int, bytes], head: int) -> dict[str, bytes]:
    """The streams of one object: its list of properties, and one stream for each value."""
    streams: dict[str, bytes] = {}
    entries = b""
    for kind, values in (
        (0x001F, {pid: text.encode("utf-16-le") for pid, text in strings.items()}),
        (0x0102, binaries),
    ):
        for pid, value in values.items():
            streams[f"__substg1.0_{pid:04X}{kind:04X}"] = value
            entries += struct.pack("<HHIII", kind, pid, 6, len(value), 0)
    return {"__properties_version1.0": b"\0" * head + entries, **streams}


def compound(tree: Tree) -> bytes:
    """A compound file of storages (mappings) and streams (bytes)."""
    small, big, entries = bytearray(), bytearray(), list[list[object]]()
    small_table: list[int] = []
    chains: list[int] = []

    def chain(table: list[int], size: int, unit: int) -> int:
        start, count = len(table), -(-size // unit)
        table.extend(range(start + 1, start + count))
        table.append(_END)
        return start

    def add(name: str, node: "bytes | Tree") -> int:
        place = len(entries)
        if isinstance(node, bytes):
            if len(node) < 4096:
                start = chain(small_table, len(node), _SMALL) if node else _END
                small.extend(node + b"\0" * (-len(node) % _SMALL))
            else:
                start = chain(chains, len(node), _SECTOR)
                big.extend(node + b"\0" * (-len(node) % _SECTOR))
            entries.append([name, 2, _NONE, _NONE, start, len(node)])
            return place
        entries.append([name, 1, _NONE, _NONE, 0, 0])
        below = [add(child, inner) for child, inner in node.items()]
        for left, right in itertools.pairwise(below):
            entries[left][2] = right
        entries[place][3] = below[0] if below else _NONE
        return place

    add("Root Entry", tree)
    entries[0][1], entries[0][5] = 5, len(small)
    entries[0][4] = chain(chains, len(small), _SECTOR) if small else _END
    big.extend(bytes(small) + b"\0" * (-len(small) % _SECTOR))
    table_bytes = b"".join(struct.pack("<I", number) for number in small_table)
    table_start = chain(chains, len(table_bytes), _SECTOR) if table_bytes else _END
    big.extend(table_bytes + b"\xff" * (-len(table_bytes) % _SECTOR))
    directory = b"".join(_entry(*entry) for entry in entries)  # type: ignore[arg-type]
    directory += b"\0" * (-len(directory) % _SECTOR)
    directory_start = chain(chains, len(directory), _SECTOR)
    big.extend(directory)
    fat_count = -(-(len(chains) + 1) // 127)
    fat_places = list(range(len(chains), len(chains) + fat_count))
    chains.extend([_FAT] * fat_count)
    fat = b"".join(struct.pack("<I", number) for number in chains)
    big.extend(fat + b"\xff" * (-len(fat) % _SECTOR))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory_start, 0, 4096, table_start, bool(table_bytes), _END, 0)
    return head + struct.pack("<109I", *fat_places, *([_FREE] * (109 - fat_count))) + bytes(big)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _NONE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
