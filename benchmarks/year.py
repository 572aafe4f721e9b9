"""A simulated year: claims under the rules of sixteen places, through a year of virtual time on one desk.

    python -m benchmarks.year [CLAIMS] [SEED] [DAYS]

5,000 claims, seed 1 and 365 days unless given. People decide within fourteen hours and legal within its times, so
that what is missed is the desk's own. Checking and clocks, letters, answers, chase and dispatch are the desk's; mail
needs no parsing, a wording is checked once, and platform, mail server, listings and transparency database are stand-ins
in the same process. Prints the clocks met, missed and lapsed by the silence of others, by kind and rule, the letters,
and the run time; ends with 1 where a time of the desk was missed or a rule was broken.
"""

import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from noticedesk.desk.deadlines.breach import is_theirs
from noticedesk.desk.desk import Desk
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.letter import Letter, LetterState
from noticedesk.store import records
from tests.noticedesk.desk.lives.ordinary import year
from tests.noticedesk.desk.lives.play import play
from tests.noticedesk.desk.lives.player import Player

BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
STATES = ("satisfied", "running", "cancelled", "missed", "silence")


def _state(desk: Desk, clock: Clock) -> str:
    """How a clock stands; where it was the other side's turn a lapse is their silence."""
    return "silence" if clock.state is ClockState.MISSED and is_theirs(desk, clock) else clock.state.value


def main(claims: int = 5000, seed: int = 1, days: int = 365) -> int:
    """Plays the year and prints its figures; 1 where a time was missed or a rule was broken."""
    begun, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as home:
        table: list[tuple[str, str, str]] = []
        letters: Counter[str] = Counter()

        def told(player: Player) -> None:
            with player.desk.db.read() as look:
                clocks = records.find(look, Clock)
                sent = records.find(look, Letter, state=LetterState.SENT)
            table.extend((one.kind.value, one.rule, _state(player.desk, one)) for one in clocks)
            letters.update(letter.template for letter in sent)

        found = play(Path(home), year(seed, claims, days), BEGINS, timedelta(days=days), told)
    print(f"{claims} claims, {days} days: {time.monotonic() - begun:.0f} s, {time.process_time() - cpu:.0f} s CPU")
    print(f"{'':18} {'':30}" + "".join(f"{state:>11}" for state in STATES))
    counts = Counter(table)
    for kind, rule in sorted({(kind, rule) for kind, rule, _ in counts}):
        print(f"{kind:18} {rule:30}" + "".join(f"{counts[kind, rule, state]:11}" for state in STATES))
    missed = sum(number for (_, _, state), number in counts.items() if state == "missed")
    print(f"clocks {len(table)}, missed {missed}; letters sent {letters.total()}; acts {found.done.total()}")
    print("\n".join(found.broken))
    return int(bool(missed or found.broken))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
