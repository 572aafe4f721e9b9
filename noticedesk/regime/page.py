"""A regime as a page of Markdown for people: what it asks, what it owes, its clocks, and what is uncertain."""

from collections.abc import Iterable, Iterator

from noticedesk.regime.form import SURE, ElementRule, Regime, Timer, Version

_TAGS = (
    ("verified", "checked against the law's text, or a copy of it"),
    ("secondary", "checked only against what others write about it"),
    ("general", "believed right and not checked"),
    ("doubtful", "to be checked before anybody relies on it"),
    ("policy", "no law: our own practice, which you may change"),
)


def page(regime: Regime) -> str:
    """The section of one regime, headed by its id."""
    return "\n".join(_section(regime)) + "\n"


def pages(regimes: Iterable[Regime]) -> str:
    """docs/regimes.md: how to read it, an index, and a section for each regime."""
    listed = tuple(regimes)
    head = [
        "# Regimes",
        "",
        "The bodies of rules that noticedesk knows, made by `noticedesk rules docs` from config/regimes. This is not",
        "legal advice. Until a lawyer signs it, a regime says `reviewed_by_counsel: false`, and the console shows it.",
        "",
        "Every value bears a tag. One that is tagged less than `verified` or `policy` warns and goes to legal; it",
        "never enables an effect and never stands in a letter.",
        "",
        *_rows(("tag", "means"), _TAGS),
        "",
        *_rows(("regime", "title", "place"), ((f"[{r.id}](#{r.id})", r.title, r.place) for r in listed)),
        "",
    ]
    return "\n".join(head) + "\n" + "\n".join(page(regime) for regime in listed)


def _section(regime: Regime) -> Iterator[str]:
    yield from (f"## {regime.id}", "", f"{regime.title}. Place: {regime.place}.", "")
    yield f"* Rights: {', '.join(regime.rights)}. Who may complain: {', '.join(regime.who_may_complain)}."
    yield f"* Dates are dates in {regime.timezone} unless the agent's zone is another."
    yield f"* Calendars: {', '.join(regime.calendars) or 'none'}."
    yield f"* Reviewed by counsel: {'yes' if regime.reviewed_by_counsel else 'no'}."
    yield ""
    yield from ("Uncertain:", "", *(f"* {sentence}" for sentence in regime.uncertain), "")
    for version in regime.versions:
        yield from _version(version)
    yield from ("### Events", "", *_rows(("event", "means"), regime.events.items()), "")


def _version(version: Version) -> Iterator[str]:
    until = f" until {version.until}" if version.until else ""
    yield from (f"### Version {version.version}, from {version.since}{until}", "")
    yield from _elements("What a notice must have:", version.elements)
    yield from _elements("What a counter-notice must have:", version.counter_notice.elements)
    if version.unnamed:
        rule = version.unnamed
        held = "does not stand" if not rule.stands else "stands" if rule.tag in SURE else "may stand, which is not sure"
        yield from (f"A notice that names nobody {held} ({rule.reference}; {rule.tag}).", "")
    if version.forbidden:
        spoils = ((f"`{rule.id}`", rule.effect, rule.reference, rule.tag) for rule in version.forbidden)
        yield from ("What spoils a notice:", "", *_rows(("id", "effect", "reference", "tag"), spoils), "")
    if version.duties:
        owed = ((duty.do, duty.to, duty.standard, duty.reference, duty.tag) for duty in version.duties)
        yield from ("What is owed:", "", *_rows(("do", "to", "standard", "reference", "tag"), owed), "")
    yield from _copies(version)
    if version.beside:
        named = ", ".join(f"`{name}`" for name in version.beside.duties)
        by = f"{version.beside.reference}; {version.beside.tag}"
        yield from (f"Owed also where a claim is under other rules, to who is restricted here: {named} ({by}).", "")
    if version.timers:
        timers = ((f"`{t.id}`", t.kind, _length(t), f"`{t.start}`", t.reference, t.tag) for t in version.timers)
        yield from ("Clocks:", "", *_rows(("id", "kind", "length", "from", "reference", "tag"), timers), "")


def _copies(version: Version) -> Iterator[str]:
    copied = tuple(
        (
            f"`{duty.id}`",
            " and ".join(duty.copy.withholds).replace("_", " ") or "nothing",
            duty.copy.reference,
            duty.copy.tag,
        )
        for duty in version.duties
        if duty.copy
    )
    if copied:
        columns = ("with", "without", "reference", "tag")
        yield from ("When the seller gets a copy of the notice:", "", *_rows(columns, copied), "")


def _elements(heading: str, elements: tuple[ElementRule, ...]) -> Iterator[str]:
    if elements:
        asked = (
            (f"`{e.id}`", e.asks, e.absence_effect if e.required else "optional", e.reference, e.tag) for e in elements
        )
        yield from (heading, "", *_rows(("id", "asks", "if absent", "reference", "tag"), asked), "")


def _length(timer: Timer) -> str:
    if timer.sla is not None:
        return f"{timer.sla} (ours)"
    until = f" to {timer.until_value}" if timer.until_value is not None else ""
    return f"{timer.value}{until} {str(timer.unit).replace('_', ' ')}s"


def _rows(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    yield from (f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows)
