"""Whose a URL is, and whether it leads to one thing or to many."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from noticedesk.check.wording import Urls


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a URL by its form alone: `status` is ok, not_specific, not_ours or invalid, `why` says it.

    `key` is what two ways of writing one URL have in common.
    """

    status: str
    why: str
    key: str = ""
    own_page: bool = False
    account: bool = False
    bare_host: bool = False
    of_unknown: bool = False


def ours(host: str, hosts: Iterable[str]) -> bool:
    """True for one of the platform's hosts or a subdomain of one; a host given with a port asks for that port."""
    host = host.lower().rstrip(".")
    name = host.split(":")[0]
    return any(_is_at(host if ":" in own else name, own.lower()) for own in hosts)


def _is_at(host: str, own: str) -> bool:
    return host == own or host.endswith(f".{own}")


def split(url: str) -> SplitResult | None:
    """The parts of a URL, with or without a scheme; None where it is none."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def place_of(url: str, hosts: tuple[str, ...], rules: Urls) -> Place:
    """What the form of a URL says about it."""
    parts = split(url)
    key = _key(url, parts)
    host = parts.hostname or "" if parts else ""
    if parts is None or not _is_host(host):
        return Place("invalid", "this is not a URL that can be followed", key)
    if "[private]" in url.lower() or "[redacted]" in url.lower():
        return Place("invalid", "a part of this URL is redacted", key)
    if hosts and not ours(parts.netloc.rsplit("@", 1)[-1], hosts):
        return Place("not_ours", "its host is not one of this service", key)
    own_page = _own_page(host, parts, rules) if hosts else False
    segments = [segment for segment in parts.path.lower().split("/") if segment]
    of_people = host.removeprefix("www.") in rules.accounts
    account = of_people and len(segments) == 1
    why = "an account, not one thing in it" if account else _many(segments, parts.query, rules, code_host=of_people)
    bare_host = not segments and not parts.query and not parts.fragment and not _is_one(host, hosts)
    status = "not_specific" if why or bare_host else "ok"
    good = "leads to one place on this service" if hosts else "leads to one place; no host of the service is known"
    return Place(status, why or good, key, own_page, account, bare_host, of_unknown=not hosts)


def _key(url: str, parts: SplitResult | None) -> str:
    """No scheme, no www, host in lower case, no closing slash."""
    if parts is None:
        return url.strip().lower()
    path = parts.path.rstrip("/").removesuffix(".git")
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + path + query + (f"#{parts.fragment}" if parts.fragment else "")


def _is_host(host: str) -> bool:
    return ("." in host or host == "localhost" or ":" in host) and " " not in host and not host.endswith("..")


def _own_page(host: str, parts: SplitResult, rules: Urls) -> bool:
    path = parts.path.lower().rstrip("/") + "/"
    return any(
        (not page.host or host.startswith(page.host)) and path.startswith(page.path.rstrip("/") + "/")
        for page in rules.own_pages
    )


def _is_one(host: str, hosts: tuple[str, ...]) -> bool:
    """True for a subdomain of a host of the platform: a site of one user."""
    return host.removeprefix("www.") not in {own.split(":")[0].lower().removeprefix("www.") for own in hosts}


def _many(segments: list[str], query: str, rules: Urls, *, code_host: bool) -> str:
    """Why a page shows many things at once; empty if it does not look so."""
    keys = {key.lower() for key, _ in parse_qsl(query[:2_000])} if query else set()
    path = "/".join(segments)
    for rule in rules.unspecific:
        if any(path.endswith(ending) for ending in rule.endings):
            return rule.why
        if code_host and len(segments) > 1:
            continue
        if keys & set(rule.query) and len(segments) <= 2:
            return rule.why
        if len(segments) <= 2 and segments and segments[0] in rule.segments:
            return rule.why
    return ""
