"""Plays many histories on one desk in one virtual time: all others at their instants, the desk in rounds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from sqlalchemy import event

from noticedesk import check, draft, gather, intake, settings
from noticedesk.desk.act import dsa, lookup, smtp, webhook
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements import rules as statements
from noticedesk.model import ids
from noticedesk.model.evidence import Outcome
from noticedesk.model.letter import Outbox
from tests.noticedesk.desk.factory import Time, opened
from tests.noticedesk.desk.lives import rules
from tests.noticedesk.desk.lives.history import History, agenda, draw
from tests.noticedesk.desk.lives.places import PLACES
from tests.noticedesk.desk.lives.player import ROUND, Played, Player
from tests.noticedesk.desk.lives.reading import Linter, Mailbox, Shelf, documents

FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC)
"""Between these a batch of histories begins, so that every holiday and change of the clocks is met."""

ONE_DESK = 500
"""How many histories share a desk."""

NEVER = datetime.max.replace(tzinfo=UTC)

AGAIN = timedelta(minutes=59)
"""How soon an order that the platform could not take is tried again."""

READ = timedelta(minutes=55)
"""How soon mail is taken in, read and linked, and its receipt sent."""

TOGETHER = 3
"""How many ids are made in one millisecond."""

LINTER = Linter()


def play(
    home: Path,
    histories: Sequence[History],
    begins: datetime,
    lasts: timedelta | None = None,
    then: Callable[[Player], None] | None = None,
) -> Played:
    """Plays the histories on one desk; `then` sees the end, three days after the last step or when `lasts` is over."""
    played, by_number = Played(), {history.number: history for history in histories}
    plan = sorted(one for history in histories for one in agenda(history, begins))
    end = begins + lasts if lasts else plan[-1][0] + timedelta(days=3)
    with _player(home, begins, by_number, played) as player:
        _run(player, [one for one in plan if one[0] < end], end)
        played.broken += rules.untold(player.desk, by_number, 2 * ROUND)
        if then:
            then(player)
    return played


def played(home: Path, seed: int, numbers: Sequence[int], days: int = 16) -> Played:
    """Plays the random histories of those numbers; each desk of them begins on a day of its own."""
    begins = FIRST + timedelta(days=Random(f"{seed}/{min(numbers) // ONE_DESK}").randrange((LAST - FIRST).days))
    return play(home, [draw(seed, number, days) for number in numbers], begins)


def _run(player: Player, plan: list[tuple[datetime, int, int]], end: datetime) -> None:
    """Lets everything happen at its instant; what arrives is read soon, and the rest is done in rounds."""
    soon, reads = player.time.now + ROUND, NEVER
    for at, number, place in [*plan, (end, -1, 0)]:
        while min(soon, reads) <= at:
            player.time.now = min(soon, reads)
            player.read()
            reads = NEVER
            if player.time.now == soon:
                player.round()
                soon += ROUND
            elif player.failing:
                player.dispatch()
            reads = player.time.now + AGAIN if player.failing else NEVER
        player.time.now = at
        if number >= 0:
            player.step(number, place)
            reads = min(reads, at + READ) if player.fresh else reads


@contextmanager
def _player(home: Path, begins: datetime, histories: dict[int, History], played: Played) -> Iterator[Player]:
    time, box = Time(), Mailbox()
    time.now = begins
    with ExitStack() as stack:
        desk = stack.enter_context(opened(home, None, time))
        event.listen(desk.db.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        places = replace(
            desk.places,
            items=settings.conform(
                [{"service": place.id, "patterns": [r"/item/(?P<item>[a-z0-9-]+)"]} for place in PLACES],
                tuple[gather.rules.ItemRule, ...],
                "the histories",
            ),
        )
        desk = replace(
            desk,
            services=tuple(place.service() for place in PLACES),
            sources=tuple(intake.Source(id=place.id, kind="folder", path="", service=place.id) for place in PLACES),
            places=places,
            settings=replace(desk.settings, transparency_token="of the histories"),
            blobs=Shelf(),
            open_bytes=documents,
            policy=replace(desk.policy, chunk=5000, replies_per_sender=10_000),
        )
        player = Player(desk, time, histories, box, played)
        _outside(stack, player)
        yield player


def _submit(base: str, token: str, given: Sequence[dsa.Statement]) -> dsa.Answer:
    """The transparency database: it takes what keeps the published rules."""
    wrong = {place: "; ".join(said) for place, one in enumerate(given) if (said := dsa.problems(one))}
    return dsa.Answer(wrong=wrong) if wrong else dsa.Answer(created={str(one["puid"]): "taken" for one in given})


def _words(drafted: draft.Draft, head: draft.Head) -> bytes:
    """A letter as its words: how mail is built is tested elsewhere."""
    return f"To: {head.to}\n{drafted.text}".encode()


class _Line:
    def send(self, raw: bytes, sender: str, to: str) -> str:
        return "250 taken"


def _outside(stack: ExitStack, player: Player) -> None:
    """What lies beyond the desk, and the readers that stand before it."""

    def account(desk: Desk, item: str) -> lookup.Account:
        number = item[1:]
        contact = f"p{number}@seller.example"
        return lookup.Account(account=f"q{number}", name="Pat", contact=contact, created_at=FIRST)

    def send(platform: object, secret: object, row: Outbox, now: datetime) -> webhook.Answer:
        before = len(player.platform.asked)
        try:
            return player.platform.take(row.key, row.body, now)
        finally:
            for asked in player.platform.asked[before:]:
                player.asked(asked)

    @contextmanager
    def line(to: object) -> Iterator[_Line]:
        yield _Line()

    def looked(url: str, rules_: object, fetch: object, now: datetime) -> gather.Gathered:
        gone = player.platform.is_down(url.rpartition("/")[2])
        return gather.Gathered(outcome=Outcome.GONE if gone else Outcome.FETCHED)

    sent = replace(statements.rules(player.desk), database="https://transparency.example", reviewed_by_counsel=True)
    # which of two that came at once is first is told by their ids alone, and has to be told alike the next time
    chance, ticks = Random(min(player.histories)), count()
    stack.enter_context(patch.object(ids, "time", SimpleNamespace(time_ns=lambda: next(ticks) // TOGETHER * 1_000_000)))
    stack.enter_context(patch.object(ids, "secrets", SimpleNamespace(randbits=chance.getrandbits)))
    # as if each came from a process of its own: two of one millisecond in any order
    stack.enter_context(patch.object(ids, "_next", lambda now, random: (now, random)))
    stack.enter_context(patch.object(statements, "_read", lambda path: sent))
    stack.enter_context(patch.object(dsa, "submit", _submit))
    stack.enter_context(patch.object(check, "check", LINTER))
    stack.enter_context(patch.object(draft, "message", _words))
    stack.enter_context(patch.object(intake, "opened", player.box.opened))
    stack.enter_context(patch.object(lookup, "account", account))
    stack.enter_context(patch.object(gather, "gather_listing", looked))
    stack.enter_context(patch.object(webhook, "require", lambda *said: None))
    stack.enter_context(patch.object(webhook, "send", send))
    stack.enter_context(patch.object(smtp, "server", lambda *said: None))
    stack.enter_context(patch.object(smtp, "line", line))
