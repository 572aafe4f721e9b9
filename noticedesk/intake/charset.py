"""Bytes of unknown encoding to clean text: what spans point into must be storable and print the same everywhere."""

import codecs
import re

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes([*range(9), *range(14, 32)])
_SAMPLE = 20_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, declared: str = "") -> str:
    """The text of the bytes: by byte order mark, UTF-8, the declared charset, else the likeliest one; never fails."""
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return clean(raw.decode(codec, errors="replace"))
    for codec in ("utf-8", declared):
        text = _exactly(raw, codec)
        if text is not None:
            return clean(text)
    return clean(raw.decode(_likeliest(raw), errors="replace"))


def clean(text: str) -> str:
    """Text with one kind of line end, and U+FFFD for what cannot be stored (NUL, controls, lone surrogates)."""
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


def looks_binary(raw: bytes) -> bool:
    """Whether the bytes are no text in any encoding in use: many control bytes, and no byte order mark."""
    head = raw[:4096]
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 20 > len(head)


def _exactly(raw: bytes, codec: str) -> str | None:
    """The text if every byte is legal in the codec; an unknown or non-text codec gives None."""
    if not codec:
        return None
    try:
        info = codecs.lookup(codec)
        return raw.decode(codec) if getattr(info, "_is_text_encoding", True) else None
    except (LookupError, ValueError):
        return None


def _wide(raw: bytes) -> str:
    """The name of a two-byte encoding without a mark, told by where the zero bytes stand; else the empty string."""
    half = max(len(raw) // 2, 1)
    if raw[1::2].count(0) * 10 > half * 9:
        return "utf-16-le"
    return "utf-16-be" if raw[0::2].count(0) * 10 > half * 9 else ""


def _likeliest(raw: bytes) -> str:
    wide = _wide(raw[:4096]) if len(raw) > 1 else ""
    if wide:
        return wide
    if _nearly_utf8(raw):
        return "utf-8"
    # Imported late: most documents are UTF-8 and never need a guess.
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _nearly_utf8(raw: bytes) -> bool:
    """Whether the text is UTF-8 with a few broken bytes, as mail gateways leave it."""
    sample = raw[:_SAMPLE]
    broken = sample.decode("utf-8", errors="replace").count("\ufffd")
    wide = sum(byte > 0xC1 for byte in sample)
    return broken * 10 < wide
