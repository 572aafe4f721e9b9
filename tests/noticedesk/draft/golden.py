"""Writes the golden letters anew: python -m tests.noticedesk.draft.golden. Read the difference before you commit it."""

from pathlib import Path

from noticedesk.draft import draft, html
from tests.noticedesk.draft.factory import LETTERS, facts, spoken

FOLDER = Path(__file__).parent / "golden"
FORMS = ("txt", "html")
"""Every letter leaves as text and as HTML."""


def path(name: str, language: str, form: str) -> Path:
    """Where the golden letter of that name and language lies in a form."""
    return FOLDER / f"{name.replace('/', '.')}.{language}.{form}"


def text(name: str, language: str, form: str) -> str:
    """The letter over the case that knows everything: its text with its head, or its page."""
    made = draft(LETTERS, name, language, facts(name, **spoken(name, language)))
    assert not made.blocked, (made.blanks, made.problems)
    if form == "html":
        return html(made.text, made.subject, made.language)
    return f"To: {made.to_role}\nSubject: {made.subject}\n\n{made.text}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, language in sorted(LETTERS.templates):
        for form in FORMS:
            path(name, language, form).write_text(text(name, language, form), encoding="utf-8")
