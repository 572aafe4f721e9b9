"""The law stands in YAML: no statute is cited and no legal count of days is written in Python."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for package in ("noticedesk", "flows") for path in (ROOT / package).rglob("*.py"))

CITATIONS: list[str] = [
    r"\b\d+ U\.?\s?S\.?\s?C\.?\b",
    r"\b\d+ C\.?\s?F\.?\s?R\.?\b",
    r"\b512 ?\([a-m]\)",
    r"(?i)\barticle \d",
    r"\bArts?\.? \d",
    r"§",
    r"(?i)(?<!RFC \d{4} )\bsection \d{2,}",
    r"\bss? \d{2,}[A-Z]*\b",
    r"\breg(ulation)?s? \d",
    r"\bRegulation \(E[UC]\)",
    r"\bDirective \d",
    r"\b(19|20)\d\d/\d+\b",
    r"(?i)\bpenalty of perjury\b",
]
"""What a citation, or a sentence of a statute, looks like."""

DAYS: list[str] = [
    r"(?i)\b(\d+|two|three|seven|ten|fourteen|fifteen|thirty|ninety) ?(business|working|calendar)[- _]?days?\b",
    r"(?i)\b\d+[- ]?(days?|weeks?|months?|hours?)\b",
    r"\bP\d+(BD|D|W|M|Y)\b",
    r"\bPT\d+[HM]\b",
]
"""What a count of days in words, or as a duration, looks like."""

ALLOWED: dict[str, set[str]] = {
    # The demo writes complaints, which say what complainants say.
    "noticedesk/demo/webforms.py": {"penalty of perjury"},
    # What the notation of durations looks like.
    "noticedesk/model/duration.py": {"P1BD", "PT24H", "P1D", "P2W"},
    "noticedesk/regime/form.py": {"P1BD"},
    # What a wrapped line of a complaint looks like.
    "noticedesk/check/sentences.py": {"512(c)"},
    # How old a backlog is, told in words.
    "noticedesk/store/figures.py": {"1 day", "3 days", "6 days", "7 days", "28 days"},
    "noticedesk/console/overview.py": {"1 day", "3 days", "7 days", "28 days"},
    # How long Prefect keeps events of its own.
    "flows/__init__.py": {"PT48H"},
}
"""Which words are no rule, and where, each with the reason."""


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Strings and comments with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            yield token.start[0], token.string


def _found(path: Path, patterns: list[str]) -> set[tuple[str, int]]:
    """What the patterns find in a file, each with its line."""
    lines = [(line, text) for line, text in _strings(path)]
    return {
        (found.group(), line) for line, text in lines for pattern in patterns for found in re.finditer(pattern, text)
    }


def _not_allowed(path: Path, patterns: list[str]) -> list[str]:
    place = path.relative_to(ROOT).as_posix()
    return [f"{place}:{line}: {found}" for found, line in _found(path, patterns) if found not in ALLOWED.get(place, ())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_statute_is_cited_in_code(path: Path) -> None:
    assert _not_allowed(path, CITATIONS) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_count_of_days_is_written_in_code(path: Path) -> None:
    assert _not_allowed(path, DAYS) == []


def test_nothing_is_allowed_that_stands_nowhere() -> None:
    for place, words in ALLOWED.items():
        assert words == {found for found, _ in _found(ROOT / place, CITATIONS + DAYS)}, place


def test_only_named_constants_and_settings_make_lengths_of_days() -> None:
    """A bare timedelta(days=10) would be a rule that no file can change."""
    lengths = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("timedelta")
        for argument in (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in ("days", "weeks")))
        if isinstance(argument, ast.Constant) and argument.value not in (0, 1)
    ]
    assert lengths == []


@pytest.mark.parametrize(
    "text",
    ["17 USC 512(c)(3)", "Article 16", "Art. 17", "10 business days", "ten working days", "P7D", "24 hours", "14 days"],
)
def test_these_patterns_do_find_law(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in CITATIONS + DAYS)
