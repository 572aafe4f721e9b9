"""The forms of a regime file: law as dated data, every value with its reference and how sure we are of it."""

from dataclasses import field
from datetime import date
from typing import Literal

from noticedesk.model.action import Action, Reason
from noticedesk.model.clock import ClockKind
from noticedesk.model.notice import NoticeKind
from noticedesk.model.right import RightKind
from noticedesk.settings import shape

Tag = Literal["verified", "secondary", "general", "doubtful", "policy"]
"""How sure we are: [V], [V2], [GK], [GK?] and [POLICY] of the notes that the files were made from."""

SURE: frozenset[Tag] = frozenset({"verified", "policy"})
"""The tags sure enough to stand in a letter or to enable an effect; any other warns and goes to legal."""

AbsenceEffect = Literal["ineffective", "cure_duty", "weakens_knowledge", "no_duty", "policy_reject"]
Unit = Literal["business_day", "working_day", "calendar_day", "hour", "month", "year"]


@shape
class Spoken:
    """What an element asks, and the sentence that cures, in another language."""

    asks: str
    cure: str


@shape
class ElementRule:
    """One element that a notice or counter-notice must have: what the law asks, and the sentence that cures.

    `spoken` says the same in other languages, by their codes; a letter in one without it has the English words.
    """

    id: str
    reference: str
    tag: Tag
    asks: str
    cure: str
    absence_effect: AbsenceEffect
    core: bool = False
    required: bool = True
    given_by: tuple[str, ...] = ()
    spoken: dict[str, Spoken] = field(default_factory=dict)

    def words(self, language: str) -> Spoken:
        """What is asked, and the sentence that cures, in a language."""
        return self.spoken.get(language) or Spoken(asks=self.asks, cure=self.cure)


@shape
class ForbiddenRule:
    """Something whose presence spoils a notice."""

    id: str
    reference: str
    tag: Tag
    effect: str


Withheld = Literal["contact", "other_listings"]
"""What of a notice a seller may not see: how anybody can be reached, and what it reports of other accounts."""


@shape
class NoticeCopy:
    """That a letter to the seller carries the words of the notice, by which rule, and what of them is withheld."""

    reference: str
    tag: Tag
    withholds: tuple[Withheld, ...] = ()


@shape
class Announces:
    """That a letter announces a measure a time before it: the timer that runs, and the reasons that excuse from it."""

    measure: Action
    timer: str
    unless: tuple[Reason, ...] = ()


@shape
class Duty:
    """What the platform owes after an event, to whom, by which letter; `done` are the events that sending it is.

    `copy` says that the letter carries the notice, `announces` that it goes out a time before a measure.

    What is owed to a side and has no letter of its own is fulfilled `by` the letters of other duties, or by those that
    are no duty's: the `inquiry` of the regime, a `question` of a person, what is told about `accounts` or `notifiers`.
    """

    id: str
    do: str
    to: str
    standard: str
    reference: str
    tag: Tag
    after: str | None = None
    letter: str | None = None
    by: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    copy: NoticeCopy | None = None
    announces: Announces | None = None


@shape
class Timer:
    """A time that the law (or, as policy, the platform) sets, from a named event.

    `value` counts `unit`s (a window has `until_value` for its end); an open standard and an SLA have `sla`, an ISO 8601
    duration that may also count business days (P1BD). A minimum is over when its last day ends, or opens with it
    (`last_day`). Timers of one `window` form a safe window. `confirmed_by` names
    the event without which the clock is provisional; `applies_if` says in words what else must be so; `last_day_off`
    overrides how the regime counts. A timer that `requires` a further event runs only with it, and one that `replaces`
    another only if that event came within the other's time.
    """

    id: str
    kind: ClockKind
    start: str
    reference: str
    tag: Tag
    unit: Unit | None = None
    value: int | None = None
    until_value: int | None = None
    count_start_day: bool = False
    last_day: Literal["waits", "opens"] = "waits"
    last_day_off: Literal["stands", "extends"] | None = None
    sla: str | None = None
    window: str | None = None
    confirmed_by: str | None = None
    requires: str | None = None
    replaces: str | None = None
    cancelled_by: tuple[str, ...] = ()
    satisfied_by: tuple[str, ...] = ()
    applies_if: str = ""
    effect: str = ""
    note: str = ""

    @property
    def events(self) -> tuple[str, ...]:
        """Every event that the timer names."""
        further = tuple(event for event in (self.confirmed_by, self.requires) if event is not None)
        return (self.start, *further, *self.cancelled_by, *self.satisfied_by)


@shape
class Unnamed:
    """Whether a notice stands although it names nobody, by which rule.

    Where it stands, and surely, a letter says that who sent the notice gave no name; elsewhere it is held.
    """

    stands: bool
    reference: str
    tag: Tag


@shape
class Beside:
    """What this regime owes also where a claim is under another, to whoever is restricted in its countries."""

    duties: tuple[str, ...]
    timers: tuple[str, ...]
    reference: str
    tag: Tag


@shape
class Counting:
    """How a regime counts: whether a last day off extends a period, and whether hours count whole.

    Days begin after the day of the event. A period of months ends on the day of the same number, or on the last day of
    a shorter month.
    """

    last_day_off: Literal["stands", "extends"] = "stands"
    hours: Literal["from_the_moment", "from_the_next_hour"] = "from_the_moment"
    reference: str = "policy"
    tag: Tag = "policy"


@shape
class Sentence:
    """A sentence of law that letters may quote when its certainty allows."""

    id: str
    language: str = "en"
    text: str
    reference: str
    tag: Tag


@shape
class Papers:
    """Papers of a court or board that keep material down: the event that they are, and what they must show.

    The first element tells these papers from others; without it they are not meant.
    """

    event: str
    elements: tuple[ElementRule, ...]


@shape
class CounterNotice:
    """Whether and how the affected user may answer under this regime, and what stops the put-back."""

    enabled: bool
    elements: tuple[ElementRule, ...] = ()
    blockers: tuple[str, ...] = ()
    papers: tuple[Papers, ...] = ()


@shape
class Appeal:
    """How a decision is contested under this regime: the events of it, and the timers that say how long it is open."""

    received: str
    decided: str
    by: tuple[Literal["user", "notifier"], ...] = ("user",)
    user_window: str | None = None
    notifier_window: str | None = None
    outside_submitted: str | None = None
    outside_decided: str | None = None


@shape
class SellerInquiry:
    """Asking the seller before removal: the events of it, the timer that runs, the letter, and what silence means."""

    asked: str
    answered: str
    timer: str
    letter: str
    silence: str
    reference: str
    tag: Tag


@shape
class Version:
    """One dated version of a regime."""

    version: int
    since: date
    until: date | None = None
    elements: tuple[ElementRule, ...]
    forbidden: tuple[ForbiddenRule, ...] = ()
    duties: tuple[Duty, ...] = ()
    timers: tuple[Timer, ...] = ()
    counting: Counting = Counting()
    unnamed: Unnamed | None = None
    beside: Beside | None = None
    counter_notice: CounterNotice = CounterNotice(enabled=False)
    appeal: Appeal | None = None
    inquiry: SellerInquiry | None = None
    human_gates: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@shape
class Regime:
    """A body of rules: where it applies, to which rights and kinds of notice, and its dated versions.

    A measure under it rests on the law or, where it is a policy of the platform, on the terms (`basis`). `countries`
    are ISO 3166 codes; none means that it may apply wherever a service is.
    """

    id: str
    title: str
    place: str
    basis: Literal["law", "terms"] = "law"
    countries: tuple[str, ...] = ()
    rights: tuple[RightKind, ...]
    kinds: tuple[NoticeKind, ...]
    timezone: str
    calendars: tuple[str, ...] = ()
    who_may_complain: tuple[str, ...]
    events: dict[str, str]
    versions: tuple[Version, ...]
    reviewed_by_counsel: bool = False
    uncertain: tuple[str, ...] = ()

    def in_force(self, on: date) -> "Version | None":
        """The version in force on a date."""
        return next((v for v in self.versions if v.since <= on and (v.until is None or on <= v.until)), None)

    def judging(self, on: date) -> "Version":
        """The version by which something of a date is judged: that in force, else the last one before, else the first.

        What is older than the rules, or came between two of them, is a case all the same.
        """
        begun = [version for version in self.versions if version.since <= on]
        return self.in_force(on) or (begun[-1] if begun else self.versions[0])
