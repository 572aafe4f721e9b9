"""A player: a desk with its people and its platform, on which the steps of histories happen."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from noticedesk import gather
from noticedesk.desk import answer, dispatch, ingest
from noticedesk.desk.act import lookup
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.chase import steps as chase
from noticedesk.desk.deadlines.breach import is_theirs
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import post
from noticedesk.desk.stages import checking, gathering, stage
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.decision import Decision
from noticedesk.model.evidence import Outcome
from noticedesk.model.notice import Notice
from noticedesk.model.person import Person
from noticedesk.store import moves, records
from tests.noticedesk.desk.factory import Time, person
from tests.noticedesk.desk.history import STAFF
from tests.noticedesk.desk.lives import mail, people, rules
from tests.noticedesk.desk.lives.history import History, Step
from tests.noticedesk.desk.lives.platform import Asked, Platform
from tests.noticedesk.desk.lives.reading import Mailbox

ROUND = timedelta(hours=6)
"""How often the desk does what is due."""

DAILY = "conduct"
"""The step of a chase that no clock hangs on: it runs once a day here."""


@dataclass
class Played:
    """What came of the histories: acts done and refused, and what was broken, each with its history.

    `back` are the histories that came to a put-back after a counter-notice, by place.
    """

    done: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    back: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Player:
    """A desk, its people, its platform and the histories that are played on it."""

    desk: Desk
    time: Time
    histories: dict[int, History]
    box: Mailbox
    played: Played
    staff: dict[str, Person] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    busy: bool = True
    failing: bool = False

    def __post_init__(self) -> None:
        self.platform = Platform(self.histories, self._decided)
        self.staff = {name: person(self.desk, *roles, name=name.title()) for name, roles in STAFF.items()}

    def _decided(self, decision: str) -> Decision:
        with self.desk.db.read() as look:
            return records.get(look, Decision, decision)

    def asked(self, order: Asked) -> None:
        """Judges an order as the platform is asked for it, and counts the put-backs by place."""
        history = self.histories[int(order.order["listing"]["item"][1:])]
        broken = rules.broken_by(self.desk, history, self.platform, order)
        self.played.broken += [f"{said}\n  {history}" for said in broken]
        if self._decided(order.order["id"]).reason is Reason.COUNTER_NOTICE_LAPSE:
            self.played.back[history.place.id].add(history.number)

    def step(self, number: int, place: int) -> None:
        """One step of a history happens now."""
        history, self.busy = self.histories[number], True
        step = history.steps[place]
        if step.what in mail.SENT:
            self._mail(history, step)
        elif step.what in people.CHANGES:
            people.changed(self.desk, history, step)
        elif step.what in people.ACTS:
            self._act(history, step)
        else:
            self._old_news(history, step)

    def _mail(self, history: History, step: Step) -> None:
        claims = self._claims(history)
        message = mail.message(history, step, self.time.now, claims[0] if claims else "")
        history.messages.append(message.envelope.message_id)
        if step.what == "counter-notice":
            history.answered.append(self.time.now)
        self.box.post(history.place.id, message)
        self.fresh.add(history.number)
        self.played.done[step.what] += 1

    def _claims(self, history: History) -> list[str]:
        """The claims that the messages of a history opened."""
        unknown = [name for name in history.messages if name not in self.opened]
        if unknown:
            with self.desk.db.read() as look:
                found = records.find(look, Notice, message_id=unknown)
            self.opened |= {one.message_id: one.claim for one in found if one.claim}
        return list(dict.fromkeys(self.opened[name] for name in history.messages if name in self.opened))

    def _act(self, history: History, step: Step) -> None:
        act, items = people.ACTS[step.what], {history.place.item(item) for item in history.items(step.about)}
        claims = self._claims(history)
        with self.desk.db.read() as look:
            mine = [one for claim in claims for one in records.find(look, Allegation, claim=claim)]
        for one in mine:
            if one.url in items:
                self._try(history, step, lambda one=one: act.do(self.desk, self.staff[act.who], one))

    def _old_news(self, history: History, step: Step) -> None:
        """The platform says something of an order that it was asked long ago."""
        mine = [one for one in self.platform.asked if one.order["listing"]["item"] in history.items()]
        if mine:
            about: dict[str, object] = {"idempotency_key": mine[0].key}
            failed = step.what == "failure after all"
            if not failed:
                self.platform.carry_out(mine[0])
            type_ = "action.failed" if failed else "action.confirmed"
            self._try(history, step, lambda: people.says(self.desk, type_, about | ({"why": "no"} if failed else {})))

    def _try(self, history: History, step: Step, do: Callable[[], object]) -> None:
        try:
            do()
        except Exception as error:
            if not people.refused(error):
                raise
            self.played.done[f"{step.what}: refused"] += 1
            history.told.append(f"{self.time.now:%m-%d %H:%M} {step.what} refused: {error}")
            return
        self.played.done[step.what] += 1
        history.told.append(f"{self.time.now:%m-%d %H:%M} {step.what}")

    def read(self) -> None:
        """What came in is taken in, checked and linked, and its receipts leave."""
        desk = self.desk
        for source in desk.sources:
            if self.box.waiting.get(source.id):
                self._well(ingest.ingest(desk, source))
        if self.fresh:
            self._well(stage.run(desk, checking.STAGE), answer.answer(desk), stage.run(desk, checking.STAGE))
            self._look_at_listings()
            self._well(post.send_due(desk))
            self.busy = True

    def round(self) -> None:
        """The platform says what it has still to say, and the desk does what is due; where nothing happened, rarely."""
        desk, now, later = self.desk, self.time.now, self.platform.later
        said = [one for one in later if one[0] <= now]
        if not (said or self.busy) and now.hour % 12 >= ROUND.seconds // 3600:
            return
        self.platform.later, self.busy = [one for one in later if one[0] > now], False
        for _, type_, about in said:
            people.says(desk, type_, about)
        for step in chase.STEPS:
            if step != DAILY or now.hour < ROUND.seconds // 3600:
                self._well(chase.run(desk, step))
        self.busy = self.dispatch()

    def dispatch(self) -> bool:
        """Orders and letters that are due leave; whether there were any."""
        done = dispatch.dispatch(self.desk)
        self._well(done)
        self.failing = bool(done.errors)
        return bool(done.taken)

    def missed(self) -> list[str]:
        """The times of the desk that were missed; the silence of the other side is theirs."""
        with self.desk.db.read() as look:
            found = records.find(look, Clock, state=ClockState.MISSED)
        return [f"{one.rule} {one.due}: {one.ended_at}" for one in found if not is_theirs(self.desk, one)]

    def _look_at_listings(self) -> None:
        """What gathering and comparing come to: the listing is there, its seller is known, a person may decide."""
        desk = self.desk
        claims = [one for number in sorted(self.fresh) for one in self._claims(self.histories[number])]
        self.fresh.clear()
        with desk.db.write() as tx:
            for claim in claims:
                if records.get(tx, Claim, claim).state is not ClaimState.ACCEPTED:
                    continue
                reported = records.find(tx, Allegation, claim=claim, state=AllegationState.REPORTED)
                for site in gathering.load(desk, tx, [one.id for one in reported]):
                    page = gather.Gathered(outcome=Outcome.FETCHED, title="Sunset")
                    known = lookup.account(desk, site.listing.item)
                    gathering.save(desk, tx, site, gathering.Haul(page, (), (), known))
                    seen = records.get(tx, Allegation, site.allegation.id)
                    for state in (AllegationState.COMPARED, AllegationState.IN_REVIEW):
                        seen = moves.move(tx, seen, state, PROCESS)

    def _well(self, *tallies: Tally) -> None:
        for tally in tallies:
            for error in tally.errors:
                if not error.startswith("NotConfirmed"):
                    self.played.broken.append(f"the desk failed: {error}")
