"""Plays the history of a case on a whole desk, in virtual time: what happens when, and how the case must stand.

Histories stand in tests/cases/histories_*.yaml, for lawyers to read:

    - name: a sentence that says what is shown
      given:
        countries: [US]            where the service is; the agent's time zone is `timezone` (America/New_York)
        regime: us_dmca_512c       what the first notice must come under
        notice: copyright notice   a message of history_letters.yaml (none: the history starts empty)
        listings: [a1, a2]         what it reports; each is the seller Pat's, unless `sellers: {a2: kim}` says so
        country: DE                where the sellers are, as the platform tells; nobody knows unless given
        without: [signature]       parts of the message that are left out; `saying`, `adding` as below
        at: 2026-11-20 10:00       when it arrives, in the agent's zone
        trusted: {senders: [maria@lind.example], areas: [copyright]}    a trusted flagger of these addresses and areas
        transparency: {puid: x-}   how transparency.yaml differs; `says: {reason: words}` how reasons.yaml does
        strikes: {warn_account: 2} the steps of conduct.yaml: from how many strikes on which measure is proposed
        removed: 2026-11-20 12:00  if given: Ann, a specialist, has all of it removed then, and the platform confirms
      then:
        - {at: +3 days 10:00, event: the seller sends a counter-notice, about: [a1]}
        - {at: 2026-12-08 09:00, expect: {states: {a1: countered}}}
      expect:
        states: {a1: restored}     by listing; of two claims on one: {a1: [restored, actioned]}
        claims: [accepted]         the states of all claims in the order of their making
        clocks: {putback_not_before: 2026-12-07}   legal date on which a clock ends; or how it stands (running, ...)
        no clocks: [cn_forward]
        letters: [any/receipt]     written to anybody (and not cancelled); `sent`: those that left
        no letters: [...]
        says: {any/receipt: [words]}   words of the latest letter of that name; `says not`: words that it must not have
        blocked: []                letters that show a blank or contradiction
        asked: {legal: words}      a team that is asked, and words of the question; `not asked`: [teams]
        alarms: [putback_approval] kinds of alarms that were raised
        queue: [a1]                listings that wait for a person
        aside: 1                   messages set aside for a person
        down: [a1]                 listings on which a measure lies
        platform: [disable]        what the platform was asked for
        inquiries: 1               messages that are no claim and wait for a person
        proposed: [null]           the action proposed for each listing in review; null where a person is asked
        lanes: [normal]            the lanes of all claims in the order of their making
        statements: [{source_type: SOURCE_ARTICLE_16}]    fields of the statements of reasons that are due, oldest first
        statement problems: [/puid]     what keeps them from being sent, by field
        happened: [restore.decided]     acts of the audit log that must be there
        regimes: [mp_trademark]    the rules that the claims are under

`at` is a date and time in the agent's zone, or `+N days HH:MM` after the step before (also `+N minutes`, `+N hours`).
Every event of history_events.EVENTS may take: `message` (another one of history_letters.yaml), `about` (listings;
default those of the notice), `from` (another address), `unsigned: true` (our server does not vouch for it), `threaded:
false` (it answers no letter of ours), `to claim: 2` (which claim is answered; default the latest), `without`, `saying:
{part: words}`, `adding: words` ({claim} stands for our reference), `refused: words` (the act must be refused with these
words), `by` (who acts: ann, bo, cy, di), `reason` and `action` of a decision. Between two steps the desk runs as its
schedule has it: process, answers, dispatch with a platform that confirms, post, chase.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from noticedesk import http
from noticedesk.desk import answer, dispatch, ingest, process
from noticedesk.desk.answer import inquiry
from noticedesk.desk.chase import steps as chase
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.factory import HOST, Mail, Time, Web, deliver, person

CASES = Path(__file__).parents[2] / "cases"
STEP = timedelta(hours=48)
"""How often the desk runs while a counter-notice is open."""

MOMENT = timedelta(seconds=1)
"""How soon after the end of a time the desk runs."""

STAFF = {
    "ann": (Role.SPECIALIST, Role.LEGAL),
    "bo": (Role.SPECIALIST,),
    "cy": (Role.LEGAL,),
    "di": (Role.LEGAL,),
}


@dataclass
class World:
    """A desk, its people and its platform, at a moment of a history."""

    desk: Desk
    home: Path
    web: Web
    time: Time
    zone: ZoneInfo
    sellers: dict[str, str] = field(default_factory=dict)
    listings: tuple[str, ...] = ()
    mails: int = 0
    platform_answers: bool = True
    hidden: dict[str, http.Page] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    country: str = ""
    on_order: Callable[[dict[str, Any]], None] = lambda order: None

    def staff(self, name: str) -> Person:
        """Somebody of the desk, by first name."""
        if name not in self.people:
            self.people[name] = person(self.desk, *STAFF[name], name=name.title())
        return self.people[name]

    def urls(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The addresses of listings, which are put up where they are not there yet."""
        for name in names:
            url = f"https://{HOST}/item/{name}"
            if url not in self.web.pages and url not in self.hidden and url not in self.web.asked:
                self.web.listing(name, seed=0)
        return tuple(f"https://{HOST}/item/{name}" for name in names)

    def claims(self) -> list[Claim]:
        """The claims in the order of their making."""
        with self.desk.db.read() as look:
            return records.find(look, Claim)

    def allegations(self, names: tuple[str, ...], claim: str | None = None) -> list[Allegation]:
        """The allegations about listings, of all claims or of one."""
        with self.desk.db.read() as look:
            found = records.find(look, Allegation, **({"claim": claim} if claim else {}))
            items = {one.id: records.get(look, Listing, one.listing).item for one in found}
        mine = [one for one in found if claim in (None, one.claim)]
        return [one for name in names for one in mine if items[one.id] == name]

    def receive(self, mail: Mail) -> None:
        """A mail arrives now, and is taken in."""
        self.mails += 1
        deliver(self.home, {f"{self.mails:04}.eml": mail.raw(self.time.now)})
        tally = ingest.ingest(self.desk, self.desk.sources[0])
        assert not tally.errors, tally.errors

    def run(self) -> None:
        """The desk works off what is due: what came in, then what follows from it."""
        taken = 1
        while taken:
            first, second = process.run_all(self.desk), answer.answer(self.desk)
            taken = second.taken
            self._well(first, second)
        self.tick()

    def tick(self) -> None:
        """The desk does what time asks for."""
        self._well(inquiry.fallen_silent(self.desk), dispatch.dispatch(self.desk), chase.run_all(self.desk))
        self._well(dispatch.dispatch(self.desk))

    def _well(self, *tallies: Tally) -> None:
        errors = [error for tally in tallies for error in tally.errors]
        assert not (errors and self.platform_answers), errors

    def pass_until(self, then: datetime) -> None:
        """Time passes, from one instant at which something is due to the next."""
        assert then >= self.time.now, f"{then} lies before {self.time.now}"
        while (soon := self._soonest()) < then:
            self.time.now = soon
            self.tick()
        self.time.now = then
        self.run()

    def _soonest(self) -> datetime:
        """When something is due next; at the latest after a step while a counter-notice is open."""
        with self.desk.db.read() as look:
            running = records.find(look, Clock, state=ClockState.RUNNING)
            waiting = records.find(look, Outbox, state={OutboxState.QUEUED, OutboxState.FAILED})
            countered = records.find(look, Allegation, state=AllegationState.COUNTERED)
        ends = [end for clock in running for end in (clock.earliest, clock.due, clock.latest) if end]
        ends += [row.next_attempt_at or row.send_after for row in waiting]
        ends += [self.time.now + STEP] if countered else []
        later = [end + MOMENT for end in ends if end + MOMENT > self.time.now]
        return min(later, default=datetime.max.replace(tzinfo=UTC))

    def carry_out(self, row: Any) -> None:
        """The platform does what an order says: the listing is there, or it is not."""
        order = json.loads(row.body)["data"]
        self.on_order(order)
        url = order["listing"]["url"]
        if order["action"] == "restore":
            self.web.pages[url] = self.hidden.pop(url, None) or self.web.pages[url]
        elif order["action"] in ("disable", "remove") and url in self.web.pages:
            self.hidden[url] = self.web.pages.pop(url)

    def when(self, at: str) -> datetime:
        """An instant of the history: in the agent's zone, or after the step before."""
        at = str(at)
        after = re.fullmatch(r"\+(\d+) (minute|hour|day)s?(?: (\d\d:\d\d))?", at)
        now = self.time.now.astimezone(self.zone)
        if after is None:
            return datetime.fromisoformat(at).replace(tzinfo=self.zone).astimezone(self.time.now.tzinfo)
        # days are days of the calendar in the zone, whatever the clocks do in between
        unit = after[2] + "s"
        then = (
            now + timedelta(days=int(after[1]))
            if unit == "days"
            else self.time.now + timedelta(**{unit: int(after[1])})
        )
        if after[3]:
            hour, minute = map(int, after[3].split(":"))
            then = then.replace(hour=hour, minute=minute)
        return then.astimezone(self.time.now.tzinfo)
