"""What docs/clocks.md and docs/letters.md list is what the code knows."""

import dataclasses
import re
from pathlib import Path

from noticedesk.clock.line import KEYS
from noticedesk.draft import Facts, FrontMatter, LawFacts, ListingFacts, Reasons, ServiceFacts, WorkFacts, load_letters
from noticedesk.draft.contradiction import CONTRADICTIONS
from noticedesk.draft.lint import FILTERS
from noticedesk.model.clock import ClockKind
from tests.noticedesk.draft.factory import facts

ROOT = Path(__file__).parent.parent
CLOCKS = (ROOT / "docs" / "clocks.md").read_text(encoding="utf-8")
LETTERS = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")


def _named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_/0-9]+)`", text))


def _fields(form: type) -> set[str]:
    return {field.name for field in dataclasses.fields(form)}


def test_every_key_and_kind_of_a_clock_is_documented() -> None:
    assert {*KEYS, *(kind.value for kind in ClockKind)} <= _named(CLOCKS)


def test_every_warning_of_the_clocks_is_documented_and_no_other() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "noticedesk" / "clock").glob("*.py"))
    given = set(re.findall(r'Warning_\(\s*"([a-z_]+)"', source))
    listed = set(re.findall(r"^\| `([a-z_]+)`", CLOCKS.split("| warning |")[1], re.MULTILINE))
    assert given == listed


def test_every_fact_is_documented() -> None:
    forms = (Facts, ServiceFacts, WorkFacts, ListingFacts, Reasons, FrontMatter)
    wanted = set().union(*(_fields(form) for form in forms)) | (_fields(LawFacts) - {"language", "translations"})
    assert wanted <= _named(LETTERS)


def test_every_filter_and_every_problem_is_documented() -> None:
    assert {*FILTERS, *(name for name, _ in CONTRADICTIONS)} <= _named(LETTERS)


def test_the_example_of_a_template_is_one_that_loads(tmp_path: Path) -> None:
    example = re.search(r"```\n(---\n.*?)```", LETTERS, re.DOTALL)
    assert example is not None
    (tmp_path / "any").mkdir()
    (tmp_path / "any" / "receipt.en.txt.j2").write_text(example.group(1), encoding="utf-8")
    frame = ROOT / "templates" / "frame.en.txt.j2"
    (tmp_path / frame.name).write_text(frame.read_text(encoding="utf-8"), encoding="utf-8")
    from noticedesk.draft import draft

    made = draft(load_letters(tmp_path), "any/receipt", "en", facts())
    assert "* https://harbour.example/item/4711" in made.text and not made.blocked
