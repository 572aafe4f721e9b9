"""Reading received bytes where a hostile file can be stopped, by the rules of this desk's own configuration."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from noticedesk import intake
from noticedesk.intake import attached
from noticedesk.model.document import Document
from noticedesk.sandbox import Ending, Sandbox


@dataclass(frozen=True, slots=True)
class How:
    """How bytes are read: by the rules in a folder, up to a size in bytes, believing our own mail servers."""

    rules: Path
    largest: int
    servers: tuple[str, ...] = ()


def documents(sandbox: Sandbox, raw: bytes, name: str, how: How) -> tuple[Document, ...]:
    """The documents in the bytes; reading that had to be stopped is a document that says so."""
    if len(raw) > how.largest:
        # it is named and not parsed, so that it need not be carried into another process
        return _read(raw, name, how)
    try:
        return sandbox.call(_read, raw, name, how)
    except Ending as error:
        return (Document(reader="", text="", problem=f"reading it had to be stopped: {error}"),)


def pictures(sandbox: Sandbox, raw: bytes, how: How) -> Mapping[str, bytes]:
    """The pictures enclosed in a mail, by digest; none where it is too large to be parsed."""
    if len(raw) > how.largest:
        return {}
    try:
        return sandbox.call(attached.pictures, raw)
    except Ending:
        # The document already says that the bytes could not be read; a reference is then a gap that a person sees.
        return {}


def _read(raw: bytes, name: str, how: How) -> tuple[Document, ...]:
    return intake.read(raw, name, rules=_rules(how.rules), servers=how.servers, largest=how.largest)


@cache
def _rules(folder: Path) -> intake.Rules:
    return intake.load_rules(folder)
