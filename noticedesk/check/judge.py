"""One document checked whole: laid out, read, and judged under every regime that takes it."""

import hashlib

from noticedesk.check.elements import Elements
from noticedesk.check.flags import flags_of, safety_flags
from noticedesk.check.items import forks_claimed, items_of
from noticedesk.check.kinds import kind_of, regimes_for
from noticedesk.check.language import covered, language_of
from noticedesk.check.layout import laid_out
from noticedesk.check.names import Names
from noticedesk.check.parties import parties_of
from noticedesk.check.people import People
from noticedesk.check.reading import Reading
from noticedesk.check.roles import links_of
from noticedesk.check.verdicts import verdict_of
from noticedesk.check.works import works_of
from noticedesk.model.document import Document
from noticedesk.model.notice import OPENING, NoticeKind
from noticedesk.model.verdict import Check, RegimeVerdict, Verdict
from noticedesk.regime import InForce


def check(
    document: Document,
    law: tuple[InForce, ...],
    reading: Reading,
    hosts: tuple[str, ...],
    *,
    primary: str | None = None,
    kind: NoticeKind | None = None,
) -> Check:
    """Everything that checking one document says.

    `law` are the regimes in force for the service, `hosts` its hosts (subdomains included, a port allowed); `primary`
    is the id of the regime to judge by first, else the one that fits the right; `kind` is what the document is known to
    be, else it is judged by what it says. Spans are half-open code points of
    the document's text. Takes time linear in the length of the text.
    """
    page = laid_out(document, reading.marks, reading.slots.fields)
    own = page.own()
    language = language_of(own, reading.languages)
    kind = kind or kind_of(page, reading)
    links = links_of(page, reading, hosts, answering=kind not in OPENING)
    items = items_of(page, reading, links)
    people = People(page, reading, hosts)
    elements = Elements(page, reading, people, links, items, covered=covered(own, language, reading.languages))
    flags = flags_of(page, reading)
    safety = any(flag.id in safety_flags(reading) for flag in flags)
    first, others = regimes_for(kind, law, page, reading, primary)

    def judged(force: InForce) -> RegimeVerdict:
        return verdict_of(force, kind, elements, reading, flags, safety=safety)

    fallback = Verdict.SAFETY if safety else Verdict.NOT_A_CLAIM
    claims = kind in OPENING or kind is NoticeKind.COUNTER_NOTICE
    return Check(
        kind=kind,
        language=language,
        primary=judged(first) if first else RegimeVerdict(regime="", version=0, verdict=fallback),
        also=tuple(judged(force) for force in others),
        works=works_of(page, reading, links) if claims else (),
        urls=links.readings,
        reported_items=items,
        claims_fork_network=forks_claimed(page, reading) if kind in OPENING else False,
        parties=parties_of(page, reading, people, Names(reading, hosts)),
        flags=flags,
        text_sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
