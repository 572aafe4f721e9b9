"""The random histories that tests play, in parts of one desk each; they lie in two files, for two workers."""

from pathlib import Path

from tests.noticedesk.desk.lives.play import ONE_DESK, played

SEED = 1


def parts(numbers: range) -> list[range]:
    """The numbers in parts that share a desk."""
    return [numbers[start : start + ONE_DESK] for start in range(0, len(numbers), ONE_DESK)]


def broken(home: Path, numbers: range) -> str:
    """What the histories of those numbers broke, with the seed to play them again; nothing where all rules held."""
    found: list[str] = []
    for part in parts(numbers):
        folder = home / str(part.start)
        folder.mkdir()
        found += [f"seed {SEED}: {said}" for said in played(folder, SEED, part).broken]
    return "\n".join(found)
