"""A mail server on loopback that takes every letter and delivers none: what the desk would have sent, to look at."""

from dataclasses import dataclass
from email import message_from_bytes
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter as it came over the line: envelope sender, recipients, and its bytes."""

    sender: str
    to: tuple[str, ...]
    raw: bytes

    @property
    def message_id(self) -> str:
        """The name that the letter bears."""
        return str(message_from_bytes(self.raw)["Message-ID"])


class Sink:
    """Takes letters between `with` and its end, at a port of 127.0.0.1 that the system chooses; `taken` in their order.

    A subclass may answer otherwise: `answer` says what the server says once it has the letter. `options` are those of
    aiosmtpd's SMTP, as for TLS.
    """

    def __init__(self, **options: Any) -> None:
        self.taken: list[Taken] = []
        self._controller = _Controller(self, hostname="127.0.0.1", port=0, **options)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """The sink as NOTICEDESK_SMTP names a server."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    def answer(self, server: Any, letter: Taken) -> str:
        """What the server says to a letter; by default it takes it."""
        self.taken.append(letter)
        return "250 taken"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """The hook that aiosmtpd calls with a letter."""
        letter = Taken(str(envelope.mail_from), tuple(envelope.rcpt_tos), bytes(envelope.content))
        return self.answer(server, letter)


class _Controller(Controller):
    """A controller that learns its port from the system before it looks whether it is reached."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = int(server.sockets[0].getsockname()[1])
        super()._trigger_server()  # type: ignore[no-untyped-call]
