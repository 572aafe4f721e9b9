"""Reading received bytes where a hostile file can be stopped."""

from collections.abc import Mapping

from noticedesk import intake
from noticedesk.intake import attached
from noticedesk.model.document import Document
from noticedesk.sandbox import Ending, Sandbox


def documents(sandbox: Sandbox, raw: bytes, name: str, servers: tuple[str, ...] = ()) -> tuple[Document, ...]:
    """The documents in the bytes; reading that had to be stopped is a document that says so."""
    try:
        return sandbox.call(_read, raw, name, servers)
    except Ending as error:
        return (Document(reader="", text="", problem=f"reading it had to be stopped: {error}"),)


def pictures(sandbox: Sandbox, raw: bytes) -> Mapping[str, bytes]:
    """The pictures enclosed in a mail, by digest."""
    try:
        return sandbox.call(attached.pictures, raw)
    except Ending:
        # The document already says that the bytes could not be read; a reference is then a gap that a person sees.
        return {}


def _read(raw: bytes, name: str, servers: tuple[str, ...]) -> tuple[Document, ...]:
    return intake.read(raw, name, servers=servers)
