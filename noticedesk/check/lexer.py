"""URLs as people write them: wrapped at line ends, glued together, in brackets, with blanks, without a scheme."""

import re
from dataclasses import dataclass

from noticedesk.check.hosts import ours
from noticedesk.check.page import NOTHING
from noticedesk.check.wording import Urls

_DOT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))"
_START = re.compile(
    r"https?(?:\[:\]|:)/{1,3}(?=[^\s/])"
    r"|(?<![a-z0-9])(?:hxxps?|h\*\*ps?|ht+ps?|ttps?|htp|ftp)(?:\[:\]|:)?\[?/{2}\]?(?=[^\s/])"
    r"|(?<![a-z0-9])https?\[://\](?=\w)"
    rf"|(?<![\w.@/:=-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?{_DOT}){{1,5}}[a-z]{{2,12}}(?![\w@-])(?::\d{{2,5}}(?=/))?",
    re.IGNORECASE,
)
_BODY = re.compile(r"[^\s<>\"|\\^{}]{0,4000}")
_INNER = re.compile(r"(?:https?|hxxps?)(?:\[:\]|:)/{2}", re.IGNORECASE)
_CARRIES_ON = "/=?&%:_"
_TRAILING = ".,;:!?'*~" + NOTHING
_PAIRS = {")": "(", "]": "["}
_FILE_END = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
_SPACED_PATH = re.compile(r"/(?:blob|raw|tree|src|files?|download|releases|master|main)/", re.IGNORECASE)
_PROSE = re.compile(r"[,;:?!<>\"]|\. ")
_WORDS, _FILE_LETTERS, _INITIALS = 9, 5, 4
_WRAPPED = re.compile(r"[ >\t]{0,8}([^\s<>\"\[\](){}|]{2,200})[ \t]*(?=\n|$)")
_LINE_END = re.compile(r" {0,200}\n")
_LONG_LINE = 64
# how far a line is looked at beside a URL: without a bound, a line of nothing but URLs takes time by its square
_SPACED_LINE = 400
_WIDE = re.compile("[\uff08\uff09\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\u300c\u300d\u3010\u3011\u300a\u300b]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff]+")


@dataclass(frozen=True, slots=True)
class Lexed:
    """A URL as it stands in the text, with marks of markup and clipping taken off; `bare` where it has no scheme."""

    url: str
    start: int
    end: int
    bare: bool


def lex(text: str, plain: str, rules: Urls, hosts: tuple[str, ...]) -> tuple[Lexed, ...]:
    """The URLs of a text in order. `plain` is the text folded letter by letter; URLs are cut from the text itself."""
    found: list[Lexed] = []
    at = 0
    for start in _START.finditer(plain):
        if start.start() < at:
            continue
        bare = "/" not in start[0][:9] and "://" not in start[0]
        end, url = _cut(text, plain, start)
        if bare and not _is_site(start[0], url, rules, hosts):
            continue
        if url:
            found.append(Lexed(url, start.start(), end, bare))
        at = max(end, start.start() + 1)
    return tuple(found)


def _cut(text: str, plain: str, start: re.Match[str]) -> tuple[int, str]:
    """Where the URL ends, and the URL."""
    first = start.start()
    after = start.end()
    if "/" not in start[0] and plain[after : after + 1] not in ("/", "?", "#"):
        return after, text[first:after]
    body = _BODY.match(plain, after)
    end = body.end() if body else after
    inner = _INNER.search(plain, after, end)
    while inner and plain[inner.start() - 1] in _CARRIES_ON and inner.start() > after:
        inner = _INNER.search(plain, inner.end(), end)
    if inner:
        end = inner.start()
    stop = _trimmed(text, plain, first, end)
    if inner or stop < end:
        return stop, _clean(text[first:stop])
    for further in (_spaced(plain, first, stop), _wrapped(text, plain, first, stop)):
        if further is not None:
            return further[1], _clean(text[first:stop] + text[further[0] : further[1]])
    return stop, _clean(text[first:stop])


def _trimmed(text: str, plain: str, first: int, end: int) -> int:
    """The end without closing marks that belong to the sentence, and without words that are glued to the URL."""
    body = plain[first:end].lower()
    for cut in ("](", "**", "[invalid]", "[already"):
        place = body.find(cut)
        if place > 0:
            body = body[:place]
    if body.endswith("[private]"):
        body = body[: -len("[private]")]
    end = first + len(body)
    end = _before_glued_script(plain, first, _before_wide_mark(text, first, end))
    while end > first and _closes_nothing(plain, first, end):
        end -= 1
    return end


def _closes_nothing(plain: str, first: int, end: int) -> bool:
    """True if the last letter belongs to the sentence around a URL, or to the markup around it."""
    last = plain[end - 1]
    if last in _PAIRS:
        return plain.count(last, first, end) > plain.count(_PAIRS[last], first, end)
    if last in _TRAILING:
        return not plain.endswith("/*", first, end)
    return last in "([" or (last == "_" and plain[first - 1 : first] == "_")


def _before_wide_mark(text: str, first: int, end: int) -> int:
    """The end before a full-width mark of a sentence, unless it stands inside a path or a file name."""
    if text[first:end].isascii() or _FILE_END.search(text, first, end):
        return end
    found = _WIDE.search(text, max(first, text.rfind("/", first, end)), end)
    return found.start() if found else end


def _before_glued_script(plain: str, first: int, end: int) -> int:
    """The end before words of another script that follow without a blank, unless they are a part of the path."""
    if plain[first:end].isascii():
        return end
    run = _HAN.search(plain, first, end)
    if run is None:
        return end
    before = plain[max(first, run.start() - 3) : run.start()]
    inside = before[-1:] in "/-_.=%&?(" or before[:1] == "%" or _FILE_END.search(plain, run.end(), end)
    if inside:
        return end
    last = _HAN.search(plain, max(run.start(), plain.rfind("/", first, end)), end)
    return last.start() if last else end


def _spaced(plain: str, first: int, end: int) -> tuple[int, int] | None:
    """The rest of a file name with blanks in it: the line goes on after the URL and ends like a file."""
    stop = plain.find("\n", end, end + _SPACED_LINE)
    stop = min(len(plain), end + _SPACED_LINE) if stop < 0 else stop
    rest = plain[end:stop].rstrip(" *_")
    if not rest.startswith(" ") or rest.startswith("  ") or not 2 < len(rest) < 160 or _INNER.search(rest):
        return None
    ends = _FILE_END.search(rest)
    if ends is None or not _SPACED_PATH.search(plain, first, end) or _FILE_END.search(plain[first:end]):
        return None
    line = plain.rfind("\n", max(0, first - _SPACED_LINE), first) + 1
    alone = not plain[max(line, first - _SPACED_LINE, 0) : first].strip(" *-\t>0123456789.)")
    short = len(rest.split()) <= _WORDS and not _PROSE.search(rest)
    titled = alone and len(ends[0]) <= _FILE_LETTERS and rest.count(". ") <= _INITIALS
    return (end, end + len(rest)) if short or titled else None


def _wrapped(text: str, plain: str, first: int, end: int) -> tuple[int, int] | None:
    """The rest of a URL that a mail program broke at the end of a long line."""
    ends = _LINE_END.match(plain, end)
    if ends is None:
        return None
    stop = ends.end() - 1
    if stop < _LONG_LINE or plain.find("\n", stop - _LONG_LINE, first) >= 0:
        return None
    following = _WRAPPED.match(plain, stop + 1)
    if following is None or "://" in following[1][:10] or following[1].startswith("www."):
        return None
    rest = following[1]
    joins = plain[end - 1] in "/-_=%&?." or rest[0] in "/-_=%&?."
    pathlike = "/" in rest or "%" in rest or bool(_FILE_END.search(rest))
    if not (joins or pathlike) or (plain[end - 1] == "/" and not pathlike and not rest[0].islower()):
        return None
    return following.start(1), _trimmed(text, plain, following.start(1), following.end(1))


def _clean(url: str) -> str:
    return url.replace(NOTHING, "").translate({ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"})


def _is_site(name: str, url: str, rules: Urls, hosts: tuple[str, ...]) -> bool:
    """True if a name without a scheme is a site's: the platform's own, or one with an ending that sites have."""
    host = name.split(":")[0].lower()
    for dot in ("[.]", "(.)", "{.}", "[dot]", "(dot)"):
        host = host.replace(dot, ".")
    if ours(host, hosts):
        return True
    ending = host.rsplit(".", 1)[-1]
    if host.startswith("www.") and len(ending) > 1:
        return True
    return ending in rules.endings and (ending not in rules.file_endings or "/" in url)
