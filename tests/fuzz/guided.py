"""Fuzzing led by coverage: `make fuzz` runs it until it finds something, or for the seconds that SECONDS says.

Not a test: Atheris is not made for every Python, and is installed by that target alone.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["noticedesk.intake"]):
    from tests.fuzz import attempt
    from tests.fuzz.samples import samples


def one(raw: bytes) -> None:
    """One input; whatever is raised, and an error that no reader foresaw, is a finding."""
    name = ("", "x.eml", "x.txt", "x.csv")[raw[0] % 4] if raw else ""
    outcome = attempt.as_it_arrives(raw[1:], name)
    assert "failed (" not in outcome.problem, outcome.problem


def main() -> None:
    """Starts from the good samples, each behind a byte that chooses its file name."""
    with tempfile.TemporaryDirectory() as folder:
        for number, raw in enumerate(samples().values()):
            (Path(folder) / str(number)).write_bytes(b"\0" + raw)
        atheris.Setup([*sys.argv, "-rss_limit_mb=1024", "-timeout=10", "-max_len=200000", folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
