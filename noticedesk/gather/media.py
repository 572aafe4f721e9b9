"""Pictures of a listing or references of a work, fetched and judged by their first bytes; never decoded here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from urllib.parse import urlsplit

import imagesize

from noticedesk.gather.capture import Capture, captured, failed
from noticedesk.gather.listing import Fetch
from noticedesk.gather.rules import GatherRules, MediaRule
from noticedesk.gather.signature import cut_off, media_type_of
from noticedesk.http import Refused, Unreachable
from noticedesk.model.evidence import EvidenceRole, Outcome

# After that often a host would only hold up everything behind it.
_SILENT_TIMES = 3


def gather_media(
    urls: Iterable[str],
    rules: GatherRules,
    fetch: Fetch,
    now: datetime,
    role: EvidenceRole = EvidenceRole.MEDIA,
) -> tuple[Capture, ...]:
    """One capture for each different URL, in order: the picture, or why there is none. Never raises for a server."""
    different = tuple(dict.fromkeys(urls))
    captures: list[Capture] = []
    silent: Counter[str] = Counter()
    for url in different[: rules.media.most]:
        host = _host(url)
        if silent[host] >= _SILENT_TIMES:
            tired = Unreachable(url, f"{host} did not answer {_SILENT_TIMES} times; not asked again for now", True)
            captures.append(failed(url, tired, role, now))
            continue
        captures.append(_gather_one(url, rules.media, fetch, now, role))
        silent[host] += captures[-1].outcome is Outcome.UNREACHABLE
    beyond = f"only the first {rules.media.most} pictures are taken"
    return (*captures, *(failed(url, Refused(url, beyond), role, now) for url in different[rules.media.most :]))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url


def problem_of(body: bytes, rule: MediaRule) -> str:
    """Why the bytes are not opened as a picture, "" if they may be."""
    if not body:
        return "the file is empty"
    found = media_type_of(body)
    if found not in rule.types:
        return f"the bytes are {found or 'of no known picture format'}, not one of {', '.join(rule.types)}"
    if cut_off(body, found):
        return f"the {found} is cut off: its end is missing"
    width, height = imagesize.get(BytesIO(body))
    if width <= 0 or height <= 0:
        return f"the header of the {found} states no size"
    if width * height > rule.pixels:
        return f"the picture is {width} x {height} pixels, more than {rule.pixels} in all"
    return ""


def _gather_one(url: str, rule: MediaRule, fetch: Fetch, now: datetime, role: EvidenceRole) -> Capture:
    try:
        page = fetch(url)
    except (Refused, Unreachable) as error:
        return failed(url, error, role, now)
    capture = captured(url, page, role, now)
    if page.status >= 400:
        return replace(capture, outcome=Outcome.GONE, problem=f"the server answered {page.status}")
    problem = problem_of(page.body, rule)
    if problem:
        return replace(capture, outcome=Outcome.REFUSED, problem=problem)
    return replace(capture, media_type=media_type_of(page.body))
