"""What is wrong with a regime file, beyond its form: the checks between its parts, each a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator

from noticedesk.model.clock import ClockKind
from noticedesk.model.duration import DurationError, duration
from noticedesk.regime.form import Appeal, Duty, ElementRule, Regime, Timer, Version
from noticedesk.settings import nearest

_BY_SLA = frozenset({ClockKind.OPEN_STANDARD, ClockKind.SLA})


def faults(regime: Regime) -> tuple[str, ...]:
    """Every fault of a regime, as a sentence that names the place; none if it can be used."""
    return (*_of_dates(regime), *(fault for version in regime.versions for fault in _of_version(regime, version)))


def _of_dates(regime: Regime) -> Iterator[str]:
    if not regime.versions:
        yield "a regime needs a version"
    yield from _twice("version", (str(version.version) for version in regime.versions))
    for earlier, later in zip(regime.versions, regime.versions[1:], strict=False):
        if earlier.until is None or earlier.until >= later.since:
            yield f"version {earlier.version} must end before version {later.version} begins on {later.since}"
    yield from (f"event {event} has no sentence" for event, says in regime.events.items() if not says.strip())


def _of_version(regime: Regime, version: Version) -> Iterator[str]:
    elements = (*version.elements, *version.counter_notice.elements)
    for noun, items in (
        ("element", elements),
        ("forbidden", version.forbidden),
        ("duty", version.duties),
        ("timer", version.timers),
    ):
        yield from _twice(noun, (item.id for item in items))
        yield from (f"{noun} {item.id} has no reference" for item in items if not item.reference.strip())
    yield from _twice("sentence", (f"{each.id} ({each.language})" for each in version.sentences))
    yield from (f"sentence {each.id} has no reference" for each in version.sentences if not each.reference.strip())
    yield from _without_words(elements)
    yield from _untold(version)
    yield from _miscopied(version)
    yield from _unnamed(regime, version)
    yield from _beside(version)
    yield from _announces(version)
    yield from _strange_events(regime, version)
    yield from _strange_timers(version)
    yield from (fault for timer in version.timers for fault in _of_timer(timer))
    yield from _unpaired(version.timers)
    yield from _irreplaceable(version.timers)


_NO_DUTYS = ("question", "accounts", "notifiers")
"""Letters that are no duty's."""


def _untold(version: Version) -> Iterator[str]:
    """What is owed to a side is told by a letter: of the duty itself, or of those that fulfil it."""
    known = {duty.id for duty in version.duties if duty.letter} | set(_NO_DUTYS)
    known |= {"inquiry"} if version.inquiry else set()
    for duty in version.duties:
        if duty.to in ("claimant", "seller", "both") and not duty.letter and not duty.by:
            yield f"duty {duty.id} is owed to {duty.to} and no letter tells it; name one, or say by which it is told"
        for name in duty.by:
            if name not in known:
                yield f"duty {duty.id} is told by {name}, which has no letter{nearest(name, known)}"


def _miscopied(version: Version) -> Iterator[str]:
    """A notice is copied to the seller alone, by a letter, and who it is of is shown only where the law surely asks."""
    for duty in version.duties:
        if duty.copy is None:
            continue
        if not duty.letter or duty.to != "seller":
            yield f"duty {duty.id} copies the notice, which only a letter to the seller does"
        if not duty.copy.reference.strip():
            yield f"duty {duty.id} copies the notice without a reference"
        if duty.copy.tag != "verified" and "contact" not in duty.copy.withholds:
            yield f"duty {duty.id} shows how to reach who sent the notice by a {duty.copy.tag} rule: withhold contact"


def _unnamed(regime: Regime, version: Version) -> Iterator[str]:
    """Rules that take notices say whether one stands that names nobody."""
    if version.unnamed is None and regime.kinds:
        yield "unnamed is missing: say whether a notice stands that names nobody, by which rule"
    if version.unnamed and not version.unnamed.reference.strip():
        yield "unnamed has no reference"


def _beside(version: Version) -> Iterator[str]:
    """What is owed beside the rules of another claim are duties and timers of the version itself."""
    if version.beside is None:
        return
    if not version.beside.reference.strip():
        yield "beside has no reference"
    for noun, named, items in (
        ("duty", version.beside.duties, version.duties),
        ("timer", version.beside.timers, version.timers),
    ):
        known = {item.id for item in items}
        yield from (f"beside names {noun} {name}{nearest(name, known)}" for name in named if name not in known)


def _announces(version: Version) -> Iterator[str]:
    """A measure is announced by a letter, whose leaving starts the timer that the measure waits for."""
    timers = {timer.id: timer for timer in version.timers}
    for duty in version.duties:
        if duty.announces is None:
            continue
        timer = timers.get(duty.announces.timer)
        if timer is None:
            yield f"duty {duty.id} announces by timer {duty.announces.timer}{nearest(duty.announces.timer, timers)}"
        elif not duty.letter or timer.start not in duty.done:
            yield f"duty {duty.id} announces by a letter that is not {timer.start}, from which {timer.id} runs"


def _twice(noun: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{noun} {name} stands twice" for name, count in Counter(ids).items() if count > 1)


def _without_words(elements: Iterable[ElementRule]) -> Iterator[str]:
    for element in elements:
        if not element.asks.strip() or not element.cure.strip():
            yield f"element {element.id} must say what it asks and what would cure it"


def _strange_events(regime: Regime, version: Version) -> Iterator[str]:
    named = [(f"timer {timer.id}", event) for timer in version.timers for event in timer.events]
    named += [(f"duty {duty.id}", event) for duty in version.duties for event in _after(duty)]
    named += [("counter_notice", event) for event in version.counter_notice.blockers]
    named += [("papers", papers.event) for papers in version.counter_notice.papers]
    named += [("appeal", event) for event in _of_appeal(version.appeal)]
    named += [("inquiry", event) for ask in (version.inquiry,) if ask for event in (ask.asked, ask.answered)]
    for place, event in named:
        if event not in regime.events:
            yield f"{place} names event {event or '(none)'}{nearest(event, regime.events)}"


def _of_appeal(appeal: Appeal | None) -> tuple[str, ...]:
    """The events that the rules of appeal name."""
    if appeal is None:
        return ()
    each = (appeal.received, appeal.decided, appeal.outside_submitted, appeal.outside_decided)
    return tuple(event for event in each if event is not None)


def _strange_timers(version: Version) -> Iterator[str]:
    """The rules of appeal and inquiry name timers that the version has."""
    known = {timer.id for timer in version.timers}
    windows = (version.appeal.user_window, version.appeal.notifier_window) if version.appeal else ()
    named = [("appeal", timer) for timer in windows if timer]
    named += [("inquiry", version.inquiry.timer)] if version.inquiry else []
    for place, timer in named:
        if timer not in known:
            yield f"{place} names timer {timer}{nearest(timer, known)}"


def _after(duty: Duty) -> tuple[str, ...]:
    """Every event that the duty names."""
    return (*((duty.after,) if duty.after is not None else ()), *duty.done)


def _of_timer(timer: Timer) -> Iterator[str]:
    if timer.kind in _BY_SLA:
        yield from _of_sla(timer)
    elif timer.value is None or timer.unit is None or timer.value < 1:
        yield f"timer {timer.id} is {timer.kind} and needs unit and value"
    elif timer.sla is not None:
        yield f"timer {timer.id} is {timer.kind}; an sla would mix law with policy"
    elif (timer.kind is ClockKind.STATUTORY_WINDOW) != (timer.until_value is not None):
        yield f"timer {timer.id}: until_value belongs to a statutory_window, and only to it"
    elif timer.until_value is not None and timer.until_value < timer.value:
        yield f"timer {timer.id} ends before it begins"


def _of_sla(timer: Timer) -> Iterator[str]:
    if timer.value is not None or timer.unit is not None:
        yield f"timer {timer.id} is {timer.kind}: the law gives no number, so write our own as sla"
    if timer.sla is None:
        yield f"timer {timer.id} is {timer.kind} and needs an sla"
        return
    try:
        duration(timer.sla)
    except DurationError as error:
        yield f"timer {timer.id}: sla {error}"


def _irreplaceable(timers: tuple[Timer, ...]) -> Iterator[str]:
    """A timer that replaces another needs an event for it, and the other must start with the same event."""
    starts = {timer.id: timer.start for timer in timers}
    for timer in timers:
        if timer.replaces is not None and timer.replaces not in starts:
            yield f"timer {timer.id} replaces {timer.replaces}{nearest(timer.replaces, starts)}"
        elif timer.replaces is not None and (timer.requires is None or starts[timer.replaces] != timer.start):
            yield f"timer {timer.id} replaces {timer.replaces}, so it requires an event and starts as that does"


def _unpaired(timers: Iterable[Timer]) -> Iterator[str]:
    """A window is one minimum and one maximum of the same unit from the same event."""
    windows: dict[str, list[Timer]] = {}
    for timer in timers:
        if timer.window is not None:
            windows.setdefault(timer.window, []).append(timer)
    if len(windows) > 1:
        yield f"a version has one safe window; these are {', '.join(windows)}"
    for name, pair in windows.items():
        kinds = sorted(timer.kind for timer in pair)
        alike = len({(timer.start, timer.unit) for timer in pair}) == 1
        if kinds != sorted((ClockKind.STATUTORY_MAX, ClockKind.STATUTORY_MIN)) or not alike or pair[0].unit == "hour":
            yield f"window {name} needs one statutory_min and one statutory_max from one event, both in the same days"
