"""Writes the golden letters anew: python -m tests.noticedesk.draft.golden. Read the difference before you commit it."""

from pathlib import Path

from noticedesk.draft import draft
from tests.noticedesk.draft.factory import LETTERS, facts

FOLDER = Path(__file__).parent / "golden"


def path(name: str, language: str) -> Path:
    """Where the golden letter of that name and language lies."""
    return FOLDER / f"{name.replace('/', '.')}.{language}.txt"


def text(name: str, language: str) -> str:
    """The letter over the case that knows everything, with its head."""
    made = draft(LETTERS, name, language, facts(name))
    assert not made.blocked, (made.blanks, made.problems)
    return f"To: {made.to_role}\nSubject: {made.subject}\n\n{made.text}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, language in sorted(LETTERS.templates):
        path(name, language).write_text(text(name, language), encoding="utf-8")
