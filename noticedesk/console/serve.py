"""The console on a port, until it is stopped."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from urllib.parse import urlsplit

import uvicorn

from noticedesk import settings
from noticedesk.console.app import application
from noticedesk.console.rules import Rules, checked
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import open_desk
from noticedesk.sandbox import Sandbox


class PortTaken(ValueError):
    """The address to listen at is not free."""


def serve(host: str, port: int, url: str, say: Callable[[str], None]) -> None:
    """Serves the desk of the environment, and says where to open it; raises PortTaken or SettingError."""
    chosen = settings.from_environment()
    rules = settings.read(chosen.config / "console.yaml", Rules)
    with closing(_listening(host, port)) as door, open_desk(chosen) as desk, Sandbox() as sandbox:
        taken = door.getsockname()[1]
        reached = checked(replace(rules, url=url or _with_port(rules.url, taken)))
        app = application(desk, Easel(sandbox), reached)
        say(f"The console is open at {reached.url} (Ctrl+C ends it). Nobody can sign in yet? noticedesk users link")
        # the address of a set-up link is a secret, so requests are not logged
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[door])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise PortTaken(f"{host} port {port}: {error.strerror}; choose another with --port") from None
    return door


def _with_port(url: str, port: int) -> str:
    """The address of a console on this machine with the port that was taken; one behind TLS as it stands."""
    parts = urlsplit(url)
    return url if parts.scheme == "https" else f"{parts.scheme}://{parts.hostname}:{port}"
