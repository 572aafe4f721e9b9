"""Pictures as the bytes of files, in the kinds and with the defects that arrive."""

import io
import struct
import zlib

from PIL import Image


def encoded(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A tiny PNG whose header promises side x side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


def animation(pictures: list[Image.Image]) -> bytes:
    """An animated GIF of the pictures."""
    first, *others = (picture.quantize(200, Image.Quantize.FASTOCTREE) for picture in pictures)
    return encoded(first, "GIF", save_all=True, append_images=others, duration=100)
