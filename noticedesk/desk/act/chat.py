"""The one door of chats: a short text to a service that apprise knows by its URL."""

import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import apprise

Row = TypeVar("Row")
Act = Callable[[Row], None]
"""What is done with one row; raises when it was not."""

TIMEOUT = "cto=5&rto=10"
"""Seconds that a service may take to connect and to answer, as apprise reads them in a URL."""


class NotSaid(Exception):
    """The service did not take the message; the host is named, the rest of its URL may be a secret."""


class _Heard(logging.Handler):
    """Keeps what apprise logs about a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the message."""
        self.said.append(record.getMessage())


def say(url: str, title: str, text: str) -> None:
    """Says it; raises NotSaid for a URL that apprise does not know, and where the service did not take it."""
    service = apprise.Apprise(asset=apprise.AppriseAsset(storage_mode=apprise.PersistentStoreMode.MEMORY))
    if not service.add(url + ("&" if "?" in url else "?") + TIMEOUT):
        raise NotSaid(f"no service is known by a URL that begins with {urlsplit(url).scheme}://")
    heard = _Heard()
    logger = logging.getLogger("apprise")
    logger.addHandler(heard)
    try:
        taken = service.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT)
    finally:
        logger.removeHandler(heard)
    if not taken:
        raise NotSaid(f"{urlsplit(url).scheme}://{urlsplit(url).hostname}: {_reason(heard.said, url)}")


def _reason(said: list[str], url: str) -> str:
    """The first words of apprise about it, without the URL's secrets."""
    words = " ".join(said[0].split())[:200] if said else "it did not take the message"
    for secret in (urlsplit(url).password, urlsplit(url).path.strip("/")):
        words = words.replace(secret, "...") if secret else words
    return words
