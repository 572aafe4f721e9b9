"""Which URLs and which network addresses an outsider may send us to."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from noticedesk.http.policy import Origin, Policy, Refused

_LONGEST = 4096
_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Blocks that carry another address or reach beyond the public Internet, and that `is_global` lets through in some
# Python versions: IPv4-compatible, NAT64 (RFC 6052, RFC 8215), 6to4, Teredo, ORCHIDv2, documentation, segment routing,
# site-local.
_BLOCKED = [
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("2001::/32"),
    ipaddress.ip_network("2001:20::/28"),
    ipaddress.ip_network("2001:db8::/32"),
    ipaddress.ip_network("3fff::/20"),
    ipaddress.ip_network("5f00::/16"),
    ipaddress.ip_network("fec0::/10"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("100.64.0.0/10"),
]


def legible(url: str) -> str:
    """The URL without its fragment, if it can be parsed; raises Refused for what parsers disagree about."""
    url = url.strip(" ").partition("#")[0]
    if len(url) > _LONGEST:
        raise Refused(url[:200], f"the address is longer than {_LONGEST} characters")
    if _UNFIT.search(url):
        raise Refused(url, "the address holds a control character or a backslash")
    scheme = url.partition(":")[0].lower()
    if scheme not in _PORTS:
        raise Refused(url, f"{scheme[:40] or 'nothing'} is not http or https")
    return url


def admit(url: str, policy: Policy) -> Origin:
    """The origin of a prepared URL, if the policy allows it; raises Refused for credentials, hosts and ports."""
    parts, port = _split(url)
    if parts.username is not None or parts.password is not None:
        raise Refused(url, "the address holds credentials")
    if not parts.hostname:
        raise Refused(url, "the address names no host")
    origin = (parts.scheme, parts.hostname, _PORTS[parts.scheme] if port is None else port)
    if policy.private or origin in policy.exempt:
        return origin
    if origin[2] not in _PORTS.values():
        raise Refused(url, f"port {origin[2]} is not open to addresses from outside")
    # Names, and addresses in other notations, are judged when they are resolved.
    if not _public_or_name(parts.hostname):
        raise Refused(url, f"{parts.hostname} is not on the public Internet")
    return origin


def public(address: str) -> bool:
    """Whether a network address (with or without brackets and zone) belongs to the public Internet."""
    ip: Address = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    return not any(ip in block for block in _BLOCKED)


def under(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether the host is one of the hosts or a subdomain of one."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _public_or_name(host: str) -> bool:
    try:
        return public(host)
    except ValueError:
        return True


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError as error:
        raise Refused(url, f"the address cannot be read ({error})") from None
