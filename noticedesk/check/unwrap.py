"""URLs made whole again: broken or disarmed schemes mended, tracking and safety wrappers taken off."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from noticedesk.check.hosts import ours
from noticedesk.check.wording import Urls, Wrapper

_SCHEME = re.compile(r"(h\*\*ps?|hxxps?|h?t{1,3}ps?|htp|ftp)(?:\[:\]|:)?(?:\[?/{1,3}\]?)", re.IGNORECASE)
_MOST_WRAPS = 3
_PROOFPOINT = re.compile(r"-([0-9A-F]{2})")


def mended(url: str, rules: Urls) -> str:
    """The URL with a whole scheme (if it had any) and with real dots; path and query stay as they are."""
    if "[://]" in url[:12]:
        url = url.replace("[://]", "://", 1)
    found = _SCHEME.match(url)
    scheme, rest = "", url
    if found:
        word = found[1].lower()
        secure = "s" in word
        scheme = "ftp://" if word == "ftp" else "https://" if secure else "http://"
        rest = url[found.end() :]
    host, slash, path = rest.partition("/")
    for written, meant in rules.defanged.items():
        host = host.replace(written, meant)
    return scheme + host + slash + path


def unwrapped(url: str, rules: Urls) -> str:
    """The URL that a link-protection or tracking service wraps, through several layers; else the URL itself."""
    for _ in range(_MOST_WRAPS):
        head = url[:120].lower()
        may_be = (wrapper for wrapper in rules.wrappers if wrapper.host.split(".", 1)[-1] in head)
        inner = next((found for wrapper in may_be if (found := _inside(url, wrapper))), "")
        if not inner:
            return url
        url = inner
    return url


def _inside(url: str, wrapper: Wrapper) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not ours(parts.hostname or "", (wrapper.host,)) or not parts.path.startswith(wrapper.path):
        return ""
    inner = _taken(url, parts.query, wrapper)
    return inner if re.match(r"(?:https?|ftp)://[^/\s]", inner) else ""


def _taken(url: str, query: str, wrapper: Wrapper) -> str:
    if wrapper.between is not None:
        before, after = wrapper.between
        inner = url.partition(before)[2].partition(after)[0]
        return re.sub(r"^(https?:)/{1,2}(?=[^/])", r"\1//", inner)
    if wrapper.query:
        return query
    value = parse_qs(query).get(wrapper.parameter, [""])[0]
    if wrapper.coding == "proofpoint":
        value = unquote(_PROOFPOINT.sub(r"%\1", value).replace("_", "/"))
    return value
