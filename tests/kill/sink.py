"""A mail server that keeps what it accepts, by Message-ID."""

import asyncio
import random
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What a mail server accepted; it takes up to `nap` seconds before it keeps a letter, and before it says so."""

    accepted: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    nap: float = 0.0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
        (line,) = [line for line in head.splitlines() if line.lower().startswith("message-id:")]
        await asyncio.sleep(random.uniform(0, self.nap))
        self.accepted[line.partition(":")[2].strip()].append(content)
        await asyncio.sleep(random.uniform(0, self.nap))
        return "250 OK"


@contextmanager
def mail_server(nap: float = 0.0) -> Iterator[tuple[Sink, str]]:
    """A mail server on loopback and its URL."""
    sink = Sink(nap=nap)
    # The controller connects to the very port that it is told, so it cannot be left to choose one.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
