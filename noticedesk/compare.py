"""Compare: a work against a listing as captured, by every matcher that applies, into findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matchers import image, text
from matchers.finding import Finding
from noticedesk.model.right import AssetKind, Work

Described = image.Picture | image.Unreadable
"""A picture as the image matcher sees it, or why it cannot."""

MATCHERS_OF: dict[AssetKind, tuple[str, ...]] = {
    AssetKind.PHOTO: ("image", "passage"),
    AssetKind.LOGO: ("image", "mark", "seller"),
    AssetKind.TEXT: ("passage",),
    AssetKind.CODE: ("passage",),
    AssetKind.MARK: ("mark", "seller", "image"),
    AssetKind.OTHER: ("image", "mark", "seller", "passage"),
}
"""Which matchers can say something about which kind of work."""


USE = "use: "
"""How the step begins that says what a mention of a mark does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a listing shows, as captured: its words, who sells, and its pictures by digest."""

    name: str
    title: str = ""
    description: str = ""
    seller: str = ""
    pictures: Mapping[str, Described]


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The reference pictures of a work by digest, and why others that were named are not among them."""

    pictures: Mapping[str, Described]
    problems: tuple[str, ...] = ()


def compare(work: Work, references: References, shown: Shown) -> tuple[Finding, ...]:
    """The findings on one work against one listing.

    Every matcher of the kind of work says something: what it compared, or that it could not and why.
    """
    found: list[Finding] = []
    for matcher in MATCHERS_OF[work.kind]:
        found += _BY_NAME[matcher](work, references, shown)
    return tuple(found)


def _images(work: Work, references: References, shown: Shown) -> Sequence[Finding]:
    if not references.pictures:
        # A mark without a logo is a matter of words; a picture that was not sent is a gap that a person must see.
        return () if work.kind is AssetKind.MARK else (_no_reference(work, references, shown),)
    if not shown.pictures:
        return (_unmatchable("image", work, shown, "the listing as captured shows no picture"),)
    logo = work.kind in (AssetKind.LOGO, AssetKind.MARK)
    return [finding for name, ours in references.pictures.items() for finding in _pairings(name, ours, shown, logo)]


def _pairings(name: str, ours: Described, shown: Shown, logo: bool) -> list[Finding]:
    """The best pairing of one reference, and every picture that could not be compared: it may be the copy."""
    findings = [
        image.compare(ours, theirs, logo=logo, names=(name, digest)) for digest, theirs in shown.pictures.items()
    ]
    compared = [finding for finding in findings if finding.score is not None]
    best = sorted(compared, key=lambda finding: finding.score or 0.0)[-1:]
    return best + [finding for finding in findings if finding.score is None]


def _marks(work: Work, references: References, shown: Shown) -> Sequence[Finding]:
    if not work.mark:
        return ()
    places = [part for part in (shown.title, shown.description) if part]
    if not places:
        return (_unmatchable("mark", work, shown, "the listing as captured has no title and no description"),)
    return [_with_use(*_mention(work, part)) for part in places]


def _mention(work: Work, part: str) -> tuple[Finding, text.Use]:
    """The surest mention of the mark or of any of its other names, and what it does there."""
    found = [text.mark_in(name, part) for name in (work.mark, *work.aliases)]
    # the first of equals: an alias counts only where it says more than the mark itself
    best = max(found, key=lambda one: -1.0 if one.score is None else one.score)
    named = best if best.ours == work.mark else replace(best, reason=f"{best.reason}, another name of {work.mark}")
    return named, text.use(best.ours, part, work.classes)


def _with_use(finding: Finding, mention: text.Use) -> Finding:
    """The finding with what the mention does as its last step: it may move a band and never removes a hit."""
    if not finding.where:
        return finding
    return replace(finding, reason=f"{finding.reason}; {mention.why}", steps=(*finding.steps, USE + mention.use))


def _sellers(work: Work, references: References, shown: Shown) -> Sequence[Finding]:
    """The mark in the seller's own name; most listings name none, and a name without letters says nothing."""
    if not (work.mark and shown.seller):
        return ()
    found = [text.domains(name, shown.seller) for name in (work.mark, *work.aliases)]
    return (
        [max(known, key=lambda one: one.score or 0.0)] if (known := [f for f in found if f.score is not None]) else ()
    )


def _passages(work: Work, references: References, shown: Shown) -> Sequence[Finding]:
    if work.kind not in (AssetKind.TEXT, AssetKind.CODE) or not work.description:
        return ()
    if not shown.description:
        return (_unmatchable("passage", work, shown, "the listing as captured has no description"),)
    return (text.passage(work.description, shown.description),)


_BY_NAME = {"image": _images, "mark": _marks, "seller": _sellers, "passage": _passages}


def _no_reference(work: Work, references: References, shown: Shown) -> Finding:
    named = "; ".join(references.problems)
    why = f"no reference picture can be had ({named})" if named else "no reference picture came with the claim"
    return Finding(matcher="image", ours=work.id, theirs=shown.name, outcome="no_reference", reason=why)


def _unmatchable(matcher: str, work: Work, shown: Shown, why: str) -> Finding:
    return Finding(matcher=matcher, ours=work.id, theirs=shown.name, outcome="unmatchable", reason=why)
