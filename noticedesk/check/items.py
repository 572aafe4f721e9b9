"""Material located without a URL, and what a notice says of the copies of a repository."""

import re
from bisect import bisect_right

from noticedesk.check.page import Page, Zone
from noticedesk.check.reading import Reading
from noticedesk.check.roles import Links
from noticedesk.model.document import Field
from noticedesk.model.verdict import ReportedItem, UrlRole

_ASIN = re.compile(r"\b(?:B0[0-9A-Z]{8})\b")
_ITEM = re.compile(
    r"\b(?P<type>asin|item|listing|offer|product|article|auction|ad|sku)s?[ \t]{0,2}(?:id|number|no|nr|#)?s?"
    r"[.:#]{0,2}[ \t]{0,3}"
    r"(?P<value>#?[A-Z0-9-]{0,6}\d[A-Z0-9-]{3,20})\b",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    r"\b(?:repo|repos|repository|repositories|fork|forks|project)\b[^\n]{0,40}?(?<![\w/.@:-])"
    r"(?P<value>[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{2,100})(?![\w/-])",
    re.IGNORECASE,
)
_MOST = 500


def items_of(page: Page, reading: Reading, links: Links) -> tuple[ReportedItem, ...]:
    """The items that the sender names by number or shorthand, each once."""
    found: dict[tuple[str, str], None] = {}
    for answer in page.document.answers_to(Field.ITEM_ID):
        found[("item", answer.value.strip())] = None
    taken = [(one.lexed.start, one.lexed.end) for one in links.occurrences]
    has_urls = any(one.role is UrlRole.REPORTED for one in links.readings)
    for piece in page.pieces:
        if piece.zone is not Zone.OWN:
            continue
        body = page.plain[piece.start : piece.end]
        for match in _ASIN.finditer(body):
            if not _inside(piece.start + match.start(), taken):
                found[("asin", match[0])] = None
        for match in _ITEM.finditer(body):
            if not _inside(piece.start + match.start("value"), taken):
                found.setdefault((match["type"].lower(), match["value"].lstrip("#")), None)
        for match in () if has_urls else _REPOSITORY.finditer(body):
            found[("repository", match["value"].rstrip("."))] = None
    asins = {value for kind, value in found if kind == "asin"}
    kept = [(kind, value) for kind, value in found if value and (kind == "asin" or value not in asins)]
    return tuple(ReportedItem(type=kind, value=value) for kind, value in kept[:_MOST])


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (place, len(spans) and spans[-1][1])) - 1
    return at >= 0 and spans[at][0] <= place < spans[at][1]


def forks_claimed(page: Page, reading: Reading) -> bool | None:
    """True for a claim about every fork, None where the words leave it open, False where forks are only listed."""
    claimed = conditional = False
    for sentence in page.own():
        if reading.words["all_forks"].search(sentence.flat):
            open_ended = reading.words["forks_open"].search(sentence.flat)
            claimed, conditional = claimed or not open_ended, conditional or bool(open_ended)
        elif reading.words["corresponding_forks"].search(sentence.flat):
            conditional = True
    return True if claimed else None if conditional else False
