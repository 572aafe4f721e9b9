"""Where a URL points on our services: the service, the item, and the one canonical URL of that item."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

from noticedesk.gather.rules import GatherRules, ItemRule
from noticedesk.model.service import Service

_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
# A scheme, and not a host with a port.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_LONGEST = 4096
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """An item of a service. `listed` is False where no pattern knew the URL and its path stands for the item."""

    service: str
    item: str
    canonical: str
    listed: bool = True


def identify(url: str, services: Iterable[Service], rules: GatherRules) -> Place | None:
    """The place that a URL names, None if it is not ours (or not a URL of the web)."""
    parts = _parts(url)
    if parts is None:
        return None
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    service = _service(host, port, services)
    if service is None:
        return None
    target = _target(parts, rules.tracking)
    for rule in rules.items:
        if rule.service == service.id and (not rule.hosts or _closest(host, port, rule.hosts)):
            item = item_of(target, rule)
            if item:
                canonical = rule.canonical.replace("{item}", quote(item, safe="-._~"))
                return Place(service.id, item, canonical or _canonical(parts, target))
    return Place(service.id, target, _canonical(parts, target), listed=False)


def item_of(target: str, rule: ItemRule) -> str:
    """The item that `/path?query` names by a rule, "" if it names none."""
    found = (pattern.search(target) for pattern in rule.patterns)
    return next((unquote(match["item"]) for match in found if match and match["item"]), "")


def same_item(asked: str, answered: str, rules: GatherRules) -> bool:
    """Whether two URLs name one item, as far as a rule knows the first; True where none does."""
    first, second = _parts(asked), _parts(answered)
    if first is None or second is None:
        return first is second
    target, other = _target(first, rules.tracking), _target(second, rules.tracking)
    hosts = (first.hostname or "", first.port or _PORTS[first.scheme])
    for rule in rules.items:
        if rule.hosts and not _closest(*hosts, rule.hosts):
            continue
        item = item_of(target, rule)
        if item:
            return any(item == item_of(other, one) for one in rules.items if one.service == rule.service)
    return True


def _parts(url: str) -> SplitResult | None:
    """The URL in its parts, host in ASCII; None for what browsers and parsers would read differently."""
    url = url.strip()
    if "://" not in url and not _SCHEME.match(url):
        url = f"https://{url.removeprefix('//')}"
    if len(url) > _LONGEST or _UNFIT.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = _ascii((parts.hostname or "").rstrip("."))
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    return parts._replace(netloc=(f"[{host}]" if ":" in host else host) + port)


def _service(host: str, port: int, services: Iterable[Service]) -> Service | None:
    """The service whose host fits closest."""
    fits = [(_closest(host, port, service.hosts), service) for service in services]
    return max(fits, key=lambda fit: fit[0], default=(0, None))[1] if any(length for length, _ in fits) else None


def _closest(host: str, port: int, hosts: Iterable[str]) -> int:
    """The length of the longest of the hosts that is this host or a parent domain of it; 0 for none."""
    return max((len(one) for one in hosts if _fits(host, port, one.lower())), default=0)


def _fits(host: str, port: int, one: str) -> bool:
    name, _, wanted = one.partition(":")
    name = _ascii(name)
    if wanted and wanted != str(port):
        return False
    return host == name or host.endswith(f".{name}")


@lru_cache(maxsize=1024)
def _ascii(host: str) -> str:
    """The host as it is asked for: letters beyond ASCII in punycode; raises UnicodeError if it can be no host."""
    return host if ":" in host else host.encode("idna").decode("ascii")


def _target(parts: SplitResult, tracking: tuple[str, ...]) -> str:
    """Path and query, without tracking parameters, empty ends and escapes that escape nothing."""
    kept = [pair for pair in parts.query.split("&") if pair and not _tracks(pair.partition("=")[0], tracking)]
    path = _unescaped(parts.path).rstrip("/") or "/"
    return path + (f"?{_unescaped('&'.join(kept))}" if kept else "")


def _tracks(name: str, tracking: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in tracking)


def _unescaped(text: str) -> str:
    """The text with percent escapes of letters, digits and -._~ resolved (RFC 3986 section 6.2.2.2)."""
    return re.sub(r"%(2[DdEe]|3\d|[46][1-9A-Fa-f]|[57][\dAa]|5[Ff]|7[Ee])", lambda found: unquote(found[0]), text)


def _canonical(parts: SplitResult, target: str) -> str:
    default = f":{_PORTS[parts.scheme]}"
    return f"{parts.scheme}://{parts.netloc.removesuffix(default)}{target}"
