"""A Prefect server of our own on loopback, for as long as `serve` runs."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from noticedesk.settings import SettingError

_STARTING_SECONDS = 180.0
_ENDING_SECONDS = 15.0


@contextmanager
def server(port: int) -> Iterator[None]:
    """Starts a server, on any free port if `port` is 0, and tells Prefect of it; ended when the block ends.

    It answers only who knows a word made up at each start, so that other users of the machine cannot run flows.
    """
    with _listening(port) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        word = os.environ.setdefault("PREFECT_SERVER_API_AUTH_STRING", f"serve:{secrets.token_urlsafe(24)}")
        os.environ |= {"PREFECT_API_URL": url, "PREFECT_API_AUTH_STRING": word}
        command = [sys.executable, "-P", "-m", "flows.server", str(listening.fileno())]
        # A session of its own: Ctrl-C in the terminal is for serve, which ends the runs before the server.
        process = subprocess.Popen(command, pass_fds=[listening.fileno()], start_new_session=True)
    try:
        _await(process, f"{url}/health")
        yield
    finally:
        _end(process)


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise SettingError(f"port {port} on loopback cannot be had ({error.strerror}); set another or 0") from None


def _await(process: "subprocess.Popen[bytes]", health: str) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SettingError(f"Prefect's server ended with exit code {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SettingError(f"Prefect's server did not answer within {_STARTING_SECONDS:g} seconds at {health}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
