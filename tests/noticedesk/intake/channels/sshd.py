"""A real SFTP server (OpenSSH) on loopback, as whoever runs the tests, that lets one key in."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from getpass import getuser
from pathlib import Path

import pytest

from tests import apt

PACKAGES = "openssh-server openssh-client"
INSTALL = apt.command(PACKAGES)
_PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"

_CONFIGURATION = """
Port {port}
ListenAddress 127.0.0.1
HostKey {home}/host
PidFile none
AuthorizedKeysFile {home}/user.pub
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
PermitRootLogin yes
Subsystem sftp internal-sftp
"""


@dataclass(frozen=True)
class Sshd:
    """A running server; `key` signs in, `host_key` is what the server shows."""

    home: Path
    port: int
    key: str
    host_key: str

    def url(self, folder: Path) -> str:
        return f"sftp://{getuser()}@127.0.0.1:{self.port}{folder}"


@cache
def found() -> str:
    """The path of the server; installed in CI where there is none; empty where none can be had."""
    return _found() or _installed()


def required() -> None:
    """Skips the test where there is no server; in CI that is an error."""
    if found():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"the tests of SFTP need OpenSSH: {INSTALL}")
    pytest.skip(f"no OpenSSH server; run: {INSTALL}")


def _found() -> str:
    server = shutil.which("sshd", path=_PLACES) if shutil.which("ssh-keygen") else None
    return server or ""


def _installed() -> str:
    apt.install(PACKAGES)
    return _found()


@contextmanager
def running(home: Path) -> Iterator[Sshd]:
    """A server that has started."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    (home / "sshd_config").write_text(_CONFIGURATION.format(home=home, port=port), encoding="utf-8")
    if os.geteuid() == 0:
        # As root it insists on an empty folder of its own.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    command = [found(), "-D", "-e", "-f", str(home / "sshd_config")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, stderr=log)
    try:
        _await(server, port, home / "log")
        user, host = (home / "user").read_text(encoding="utf-8"), (home / "host.pub").read_text(encoding="utf-8")
        yield Sshd(home, port, user, host)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if line.recv(4) == b"SSH-":
                    return
        except OSError:
            time.sleep(0.1)
        assert server.poll() is None, log.read_text(encoding="utf-8")
    raise AssertionError(f"the SFTP server does not answer: {log.read_text(encoding='utf-8')}")
