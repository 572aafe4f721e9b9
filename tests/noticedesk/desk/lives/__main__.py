"""Plays random histories: `python -m tests.noticedesk.desk.lives COUNT [SEED] [FIRST]`; prints what was broken."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.noticedesk.desk.lives.play import ONE_DESK, played


def main(count: int = 2000, seed: int = 1, first: int = 0) -> int:
    """Plays them, so many on one desk, and prints after each desk how many were played; 1 where a rule was broken."""
    done: Counter[str] = Counter()
    back: Counter[str] = Counter()
    broken: list[str] = []
    begun, cpu = time.monotonic(), time.process_time()
    for start in range(first, first + count, ONE_DESK):
        numbers = range(start, min(start + ONE_DESK, first + count))
        with tempfile.TemporaryDirectory() as home:
            found = played(Path(home), seed, numbers)
        done += found.done
        back.update({place: len(numbers) for place, numbers in found.back.items()})
        broken += found.broken
        here = numbers.stop - first
        spent = (time.process_time() - cpu) * 1000 / here
        took = time.monotonic() - begun
        print(f"{here} histories, {len(broken)} broken, {took:.0f} s, {spent:.0f} ms CPU each", flush=True)
        print("\n".join(found.broken), end="\n" if found.broken else "", flush=True)
    for what, times in sorted(done.items()):
        print(f"{times:8} {what}")
    for place, times in sorted(back.items()):
        print(f"{times:8} histories came to a put-back in {place}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
