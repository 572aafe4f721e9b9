"""A check as one JSON line for programs."""

from typing import TypedDict

from noticedesk.model.verdict import Check, ClaimedWork, Element, RegimeVerdict, UrlRole, Verdict

SCHEMA = "check/1"


class Line(TypedDict):
    """The keys of a line, in their order."""

    schema: str
    path: str
    part: int
    kind: str
    regime: str
    regime_version: int
    language: str
    verdict: str
    elements: dict[str, object]
    duties: list[str]
    also: list[object]
    works: list[object]
    reported_urls: list[str]
    original_urls: list[str]
    excluded_urls: list[str]
    urls: dict[str, object]
    reported_items: list[object]
    claims_fork_network: bool | str
    parties: list[object]
    flags: list[object]
    text_sha256: str


def line(check: Check, path: str, part: int) -> dict[str, object]:
    """The JSON line of a check, schema check/1; spans are half-open code points of the extracted text."""
    made = Line(
        schema=SCHEMA,
        path=path,
        part=part,
        kind=check.kind.value,
        regime=check.primary.regime,
        regime_version=check.primary.version,
        language=check.language,
        verdict=check.primary.verdict.value,
        elements=_all_read(check),
        duties=list(check.primary.duties),
        also=[_also(verdict) for verdict in check.also],
        works=[_work(work) for work in check.works],
        reported_urls=list(check.urls_of(UrlRole.REPORTED)),
        original_urls=list(check.urls_of(UrlRole.ORIGINAL)),
        excluded_urls=list(check.urls_of(UrlRole.EXCLUDED)),
        urls={one.url: {"role": one.role.value, "status": one.status, "why": one.why} for one in check.urls},
        reported_items=[{"type": item.type, "value": item.value} for item in check.reported_items],
        claims_fork_network="unclear" if check.claims_fork_network is None else check.claims_fork_network,
        parties=[
            {"role": p.role, "name": p.name, "email": p.email, "address": p.address, "phone": p.phone, "span": p.span}
            for p in check.parties
        ],
        flags=[{"id": flag.id, "quote": flag.quote} for flag in check.flags],
        text_sha256=check.text_sha256,
    )
    return dict(made)


def _all_read(check: Check) -> dict[str, object]:
    """The elements of the primary regime, then what was read by a law that the notice invokes in vain.

    The latter say so by the key `regime`: they decide nothing about the verdict beside them.
    """
    own = _elements(check.primary.elements)
    for verdict in check.also:
        if verdict.verdict is Verdict.WRONG_REGIME:
            for name, element in _elements(verdict.elements).items():
                own.setdefault(name, element | {"regime": verdict.regime})
    return dict(own)


def _elements(elements: tuple[Element, ...]) -> dict[str, dict[str, object]]:
    return {
        element.id: {
            "status": element.status.value,
            "quotes": list(element.quotes),
            "spans": [list(span) for span in element.spans],
            "reference": element.reference,
            "cure": element.cure,
        }
        for element in elements
    }


def _also(verdict: RegimeVerdict) -> dict[str, object]:
    return {
        "regime": verdict.regime,
        "regime_version": verdict.version,
        "verdict": verdict.verdict.value,
        "elements": _elements(verdict.elements),
        "duties": list(verdict.duties),
    }


def _work(work: ClaimedWork) -> dict[str, object]:
    return {
        "id": work.id,
        "title": work.title,
        "description": work.description,
        "kind": work.kind.value,
        "mark": work.mark,
        "aliases": list(work.aliases),
        "classes": list(work.classes),
        "registration": work.registration,
        "office": work.office,
        "original_urls": list(work.original_urls),
        "reported_urls": list(work.reported_urls),
        "media": list(work.media),
    }
