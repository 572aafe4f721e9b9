"""A malware scanner for tests: clamd's protocol on a socket, with one signature."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EICAR = b"".join((b"X5O!P%@AP[4\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
"""The file that every scanner is to find, and that does nothing; written in two, so that none finds this one."""


@contextmanager
def clamd(answer: bytes = b"", path: Path | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was sent; `answer` instead of the true one, for scanners that fail."""
    seen: list[bytes] = []
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as door:
        door.bind(str(path) if path else ("127.0.0.1", 0))
        door.listen()
        thread = threading.Thread(target=_serve, args=(door, answer, seen), daemon=True)
        thread.start()
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{door.getsockname()[1]}", seen
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(door: socket.socket, answer: bytes, seen: list[bytes]) -> None:
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as told:
            assert told.read(10) == b"zINSTREAM\0"
            raw = b""
            while length := struct.unpack("!I", told.read(4))[0]:
                raw += told.read(length)
            seen.append(raw)
            found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in raw else b"stream: OK\0"
            line.sendall(answer or found)
