"""Makes facts safe to stand in a letter: no fact can start a line, a header or a section of its own."""

import re
import unicodedata

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_SPACES = re.compile(r"\s+")


class Quoted(str):
    """Text of several lines in which every line is marked as quoted."""

    __slots__ = ()


def one_line(text: str) -> str:
    """The text on one line, without control, bidirectional and zero-width characters."""
    return _SPACES.sub(" ", _visible(_SPACES.sub(" ", text))).strip()


def quoted(text: str) -> Quoted:
    """The text with every line marked by "> ", invisible characters left out."""
    lines = (_visible(line).rstrip() for line in text.splitlines())
    return Quoted("\n".join(f"> {line}".rstrip() for line in lines))


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    # Tabs are controls too; inside a line they stand for a space.
    return "".join(c for c in text.replace("\t", " ") if unicodedata.category(c) not in _INVISIBLE)
