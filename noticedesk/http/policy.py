"""What may be asked of whom, and how an exchange ended: policies, pages, and the two ways to fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from noticedesk import __version__

Origin = tuple[str, str, int]
"""Scheme, host in lower case, port: `("http", "127.0.0.1", 8099)`."""

USER_AGENT = f"noticedesk/{__version__} (rights desk; evidence of reported listings)"

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The limits of one kind of request. Sizes in bytes, times in seconds.

    `private` admits private addresses and any port; `exempt` admits exactly those origins and nothing beside them.
    `media_types` are what a 2xx answer may be ("text/html", "image/*"), empty for any. `answers` are the statuses
    beside 2xx that fetch returns as a page, `told` those that post does. `interval` is the pause between two requests
    to one host; `own` are hosts (with their subdomains) that are not asked for robots.txt and have an `own_interval`
    instead. `patience` is the longest Retry-After that is waited for here; `authorities` a file of certificates to
    trust instead of the usual.
    """

    private: bool = False
    exempt: frozenset[Origin] = frozenset()
    redirects: int = 3
    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    body: int = 8 * _MEGABYTE
    headers: int = 64 * 1024
    media_types: tuple[str, ...] = ()
    answers: frozenset[int] = frozenset({404, 410})
    told: frozenset[int] = frozenset()
    attempts: int = 3
    patience: float = 15.0
    interval: float = 0.5
    robots: bool = True
    own: tuple[str, ...] = ()
    own_interval: float = 0.0
    authorities: str = ""


HOSTILE = Policy()
"""For anything that an outsider named."""

PAGES = replace(HOSTILE, media_types=("text/html", "application/xhtml+xml"), body=5 * _MEGABYTE)
"""HOSTILE, for listing pages."""

MEDIA = replace(
    HOSTILE, media_types=("image/*", "application/octet-stream", "binary/octet-stream"), body=25 * _MEGABYTE
)
"""HOSTILE, for pictures; the bytes of an octet-stream are judged by their signature afterwards."""

CONFIGURED = Policy(private=True, redirects=0, interval=0.0, robots=False)
"""For our own endpoints, named in the configuration."""


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect on the way: who sent on, and from which address it answered."""

    url: str
    status: int
    headers: Mapping[str, str]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the URL that gave it, after the hops. `headers` ignore case; `body` is without content encoding."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    hops: tuple[Hop, ...] = ()
    address: str = ""

    @property
    def asked(self) -> str:
        """The URL that was asked for first."""
        return self.hops[0].url if self.hops else self.url

    @property
    def media_type(self) -> str:
        """The media type as the server states it, in lower case and without parameters; "" if it states none."""
        return media_type(self.headers)


class Refused(Exception):
    """What must not be fetched, or not be kept: a person must look, and asking again changes nothing."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)
        self.url, self.why = url, why

    def __str__(self) -> str:
        return f"{self.url} was refused: {self.why}"


class Unreachable(Exception):
    """What gave no usable answer; `again` says whether a later attempt may, `after` how many seconds it asked for."""

    def __init__(
        self, url: str, why: str, again: bool, *, status: int | None = None, after: float | None = None
    ) -> None:
        super().__init__(url, why, again)
        self.url, self.why, self.again, self.status, self.after = url, why, again, status, after

    def __str__(self) -> str:
        return f"{self.url} could not be reached: {self.why}"


def media_type(headers: Mapping[str, str]) -> str:
    """The media type that headers state, in lower case and without parameters; "" if they state none."""
    stated = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return stated.partition(";")[0].strip().lower()
