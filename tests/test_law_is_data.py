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

COMPLAINTS = "noticedesk/demo/"
"""The demo writes complaints, which say what complainants say."""

EXAMPLES = {
    # What the notation of durations looks like.
    "noticedesk/model/duration.py",
    "noticedesk/regime/form.py",
    # What a wrapped line of a complaint looks like.
    "noticedesk/check/sentences.py",
    # How old a backlog is, told in words.
    "noticedesk/store/figures.py",
    "noticedesk/console/overview.py",
    # How long Prefect keeps events of its own.
    "flows/__init__.py",
}
"""Where such words are no rule, each with the reason."""


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Strings and comments with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            yield token.start[0], token.string


def _found(path: Path, patterns: list[str]) -> list[str]:
    place = path.relative_to(ROOT).as_posix()
    return [
        f"{place}:{line}: {found.group()}"
        for line, text in _strings(path)
        for pattern in patterns
        if (found := re.search(pattern, text))
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_statute_is_cited_in_code(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    if not place.startswith(COMPLAINTS) and place not in EXAMPLES:
        assert _found(path, CITATIONS) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_count_of_days_is_written_in_code(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() not in EXAMPLES:
        assert _found(path, DAYS) == []


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
