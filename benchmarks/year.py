"""A simulated year: claims through a year of virtual time on a whole desk; clocks met and missed, letters, run time.

    python -m benchmarks.year [CLAIMS] [SEED] [DAYS]

5,000 claims, seed 1 and 365 days unless given. People decide within a day and legal within its times, so that what is
missed is the desk's own. The platform, the mail server and the pictures are stand-ins in the same process.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.noticedesk.desk.lives import Lives, live, ordinary


def main(claims: int = 5000, seed: int = 1, days: int = 365) -> int:
    """Plays the year and prints its figures; 1 where a statutory time was missed or a rule was broken."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        said, failed = _report(home, claims, seed, days)
    print(f"{claims} claims, {days} days, {time.monotonic() - began:.0f} s")
    print(said)
    return int(failed)


def _report(home: str, claims: int, seed: int, days: int) -> tuple[str, bool]:
    lines: list[str] = []
    failed: list[bool] = []

    def told(lives: Lives) -> None:
        clocks = lives.clocks()
        for (kind, rule, state), count in sorted(clocks.items()):
            lines.append(f"{kind:18} {rule:28} {state:10} {count:7}")
        missed = sum(count for (kind, _, state), count in clocks.items() if state == "missed" and "statutory" in kind)
        lines.append(
            f"letters sent {lives.letters()}; acts {sum(lives.done.values())}; statutory times missed {missed}"
        )
        lines.extend((*lives.broken, *lives.untold()))
        failed.append(bool(missed or lives.broken or lives.untold()))

    live(Path(home), claims, seed, days, ordinary, told)
    return "\n".join(lines), failed[0]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
