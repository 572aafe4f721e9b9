"""What a reader may ask for while it reads: the rules of reading, the names of our servers, and the other readers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from noticedesk.intake.rules import Rules
from noticedesk.model.document import Document

LARGEST = 50 * 2**20
"""The largest delivery that is parsed unless said otherwise, in bytes; a larger one goes to a person as it is."""

MAX_DEPTH = 6
"""How deep documents may be enclosed in one another; mail clients do not go beyond three."""

Documents = tuple[Document, ...]


class Unreadable(Exception):
    """Raised by a reader that won a document and then found that it cannot read it; the reason is for a person."""


class NotMine(Exception):
    """Raised by a reader that finds, on looking closer, that the format is not its own: the next one reads."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the document being read; `read_with` holds the auction of all readers."""

    rules: Rules
    read_with: Callable[[bytes, str, "Context"], Documents]
    servers: tuple[str, ...] = ()
    largest: int = LARGEST
    depth: int = field(default=0)

    def read(self, raw: bytes, name: str) -> Documents:
        """The documents in bytes found inside another document; raises Unreadable when enclosed too deep.

        Nothing inside came through our servers, whatever its headers say.
        """
        if self.depth >= MAX_DEPTH:
            raise Unreadable(f"{name or 'a part'} lies more than {MAX_DEPTH} documents deep and was not opened")
        return self.read_with(raw, name, replace(self, servers=(), depth=self.depth + 1))


class Reader(Protocol):
    """A file of this folder that reads one format."""

    NAME: str

    def score(self, raw: bytes, name: str) -> float:
        """How sure the reader is that the format is its own, 0 to 1."""

    def read(self, raw: bytes, name: str, context: Context) -> Documents:
        """The documents in the bytes; raises Unreadable with the reason, or NotMine."""
