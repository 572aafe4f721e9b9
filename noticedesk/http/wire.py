"""One exchange on the wire: the address pinned and checked, time and sizes bounded, nothing kept afterwards."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from http.client import HTTPException, LineTooLong
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError
from urllib3.util.ssl_match_hostname import CertificateError

from noticedesk.http.address import admit, legible, public
from noticedesk.http.policy import USER_AGENT, Page, Policy, Refused, Unreachable, media_type

_CHUNK = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Bombs are unpacked in bounded steps by urllib3 for these; brotli and zstd are never asked for.
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


class Deadline:
    """Ends every connection of one exchange after `seconds`, whatever the other side drips."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds
        self._taps: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def passed(self) -> bool:
        """Whether the time is up. A connection that was cut reads like one that ended, so ask before believing it."""
        return time.monotonic() >= self._ends

    def watch(self, connected: socket.socket) -> None:
        """Watches a connected socket; a duplicate stays valid when TLS takes the original over."""
        self._taps.append(connected.dup())
        if self.passed():
            self._cut()

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for tap in self._taps:
            tap.close()

    def _cut(self) -> None:
        for tap in list(self._taps):
            # The other side, or the end of the exchange, may have been faster.
            with contextlib.suppress(OSError):
                tap.shutdown(socket.SHUT_RDWR)


class _Watched:
    """An adapter whose connections report to a deadline."""

    deadline: Deadline
    address = ""

    def get_connection_with_tls_context(self, *args: Any, **named: Any) -> Any:
        """The pool for a request, its connections watched."""
        pool = super().get_connection_with_tls_context(*args, **named)  # type: ignore[misc]
        pool.ConnectionCls = _watched(pool.ConnectionCls, self)
        return pool


class _OpenAdapter(_Watched, HTTPAdapter):
    """Connects to whatever the configuration names."""


class _GuardedAdapter(_Watched, IPFilterAdapter):  # type: ignore[misc]
    """Resolves once, connects to that address, and only if it is public."""

    def build_connection_pool_key_attributes(self, *args: Any, **named: Any) -> Any:
        """The parameters of the pool, their host replaced by its one resolved and admitted address."""
        host, pool = super().build_connection_pool_key_attributes(*args, **named)
        if not public(host["host"]):
            raise InvalidIPAddress(host["host"])
        return host, pool


class _Session(HTTPSession):  # type: ignore[misc]
    """A session that never follows, and so never reads the body of a redirect to its end as requests would."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nothing: redirects are judged one by one by who fetches."""
        return None


def exchange(
    method: str, url: str, policy: Policy, sent: bytes = b"", headers: Mapping[str, str] | None = None
) -> Page:
    """One request and its answer, redirects as they are; raises Refused or Unreachable."""
    url = legible(url)
    with Deadline(policy.total) as deadline, _session(policy) as session:
        try:
            request = session.prepare_request(requests.Request(method, url, {**_HEADERS, **(headers or {})}, data=sent))
        except (requests.RequestException, UnicodeError) as error:
            raise Refused(url, f"the address cannot be read ({error})") from None
        prepared = str(request.url)
        origin = admit(prepared, policy)
        adapter = _mount(session, origin[0], policy.private or origin in policy.exempt, deadline)
        limits = (policy.connect, policy.read)
        with _translated(prepared, deadline), session.send(request, stream=True, timeout=limits) as response:
            body = _body(response, policy, deadline, prepared)
            return Page(prepared, response.status_code, response.headers, body, address=adapter.address)


def _session(policy: Policy) -> _Session:
    limits = (policy.connect, policy.read)
    session = _Session(Config(ip_filter_enable=False, ip_filter_allow_loopback_ips=False, never_redirect=True,
                              default_timeout=limits))  # fmt: skip
    # No proxy, no .netrc, no certificates of the environment: a proxy would resolve names again, past the pin.
    session.trust_env = False
    session.verify = policy.authorities or True
    return session


def _mount(session: _Session, scheme: str, opened: bool, deadline: Deadline) -> _Watched:
    adapter = _OpenAdapter() if opened else _GuardedAdapter(is_https_proto=scheme == "https")
    adapter.deadline = deadline
    session.adapters.clear()
    session.mount(f"{scheme}://", cast(HTTPAdapter, adapter))
    return adapter


def _watched(kind: type[HTTPConnection], adapter: _Watched) -> type[HTTPConnection]:
    class Watched(kind):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            connected: socket.socket = super()._new_conn()
            adapter.address = str(connected.getpeername()[0])
            adapter.deadline.watch(connected)
            return connected

    return Watched


def _body(response: requests.Response, policy: Policy, deadline: Deadline, url: str) -> bytes:
    """The body without its content encoding; raises Refused for what the policy does not take."""
    if deadline.passed():
        raise _too_slow(url, deadline)
    _judge(response, policy, url)
    # A redirect is judged by its headers; its body may be endless and nobody needs it.
    if response.status_code in REDIRECTS:
        return b""
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > policy.body:
            raise Refused(url, f"the answer is larger than {policy.body} bytes")
        if deadline.passed():
            break
    if deadline.passed():
        raise _too_slow(url, deadline)
    return bytes(body)


def _judge(response: requests.Response, policy: Policy, url: str) -> None:
    size = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    if size > policy.headers:
        raise Refused(url, f"the headers are {size} bytes, more than {policy.headers}")
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise Refused(url, f"the content encoding {encoding[:40]} was not asked for and is not unpacked")
    stated = media_type(response.headers)
    if response.ok and response.status_code not in REDIRECTS and not _wanted(stated, policy.media_types):
        raise Refused(url, f"the media type {stated[:80] or '(none)'} is not one of {', '.join(policy.media_types)}")


def _wanted(stated: str, media_types: tuple[str, ...]) -> bool:
    return not media_types or any(fnmatchcase(stated, pattern) for pattern in media_types)


@contextlib.contextmanager
def _translated(url: str, deadline: Deadline) -> Iterator[None]:
    """Turns what requests, urllib3 and http.client raise into Refused and Unreachable."""
    try:
        yield
    except requests.RequestException as error:
        if deadline.passed():
            raise _too_slow(url, deadline) from None
        raise _meaning(url, error) from None
    except (UnicodeError, HTTPException) as error:
        raise Refused(url, f"the exchange is malformed ({type(error).__name__}: {error})") from None


def _meaning(url: str, error: requests.RequestException) -> Refused | Unreachable:
    causes = list(_causes(error))
    for kind, why in _NEVER:
        if any(isinstance(cause, kind) for cause in causes):
            return Refused(url, why)
    # http.client has no class of its own for more than 100 headers.
    if any(type(cause) is HTTPException for cause in causes):
        return Refused(url, f"the headers are malformed ({causes[-1]})")
    unresolved = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    if unresolved is not None:
        again = unresolved.errno == socket.EAI_AGAIN
        return Unreachable(url, f"the host name cannot be resolved ({unresolved.strerror})", again)
    return Unreachable(url, f"{type(error).__name__}: {str(causes[-1])[:300]}", True)


def _too_slow(url: str, deadline: Deadline) -> Unreachable:
    return Unreachable(url, f"no complete answer within {deadline.seconds:g} seconds", True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, and whatever lies under it, outermost first."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if one not in seen:
            seen.append(one)
            inner = [*one.args, one.__cause__, one.__context__, getattr(one, "reason", None)]
            waiting += [item for item in inner if isinstance(item, BaseException)]
    yield from seen


# What asking again would not change.
_NEVER: list[tuple[type[BaseException], str]] = [
    (InvalidIPAddress, "the host leads to an address that is not on the public Internet"),
    (ssl.SSLCertVerificationError, "the certificate of the host does not verify"),
    (CertificateError, "the certificate is another host's"),
    (LineTooLong, "a header line is too long"),
    (DecodeError, "the body cannot be unpacked"),
    (requests.exceptions.InvalidURL, "the address cannot be read"),
    (requests.exceptions.InvalidHeader, "a header is malformed"),
]
