"""A letter compiled from the facts of a case: every sentence rests on one, and what is missing blocks it visibly."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from textwrap import fill
from typing import Any

from jinja2 import meta

from noticedesk.draft.blocks import WIDTH
from noticedesk.draft.clean import Quoted
from noticedesk.draft.contradiction import UNCONFIRMED, contradictions
from noticedesk.draft.environment import Blank, Environment, present
from noticedesk.draft.facts import FALLBACK, Facts
from noticedesk.draft.letters import Letters, Template
from noticedesk.regime import Regime
from noticedesk.settings import SettingError

CONFIRMED = frozenset({"listing.removed_at", "listing.restored_at"})
"""The facts that only the platform's confirmation gives."""

_GAP = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_MARK = re.compile(r"\[\[([a-z_][a-z_.]*)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter as text. `blanks` are facts that it states and the case lacks, `problems` are contradictions."""

    template: str
    language: str
    to_role: str
    subject: str
    text: str
    routine: bool
    facts: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether the letter must not be sent."""
        return bool(self.blanks or self.problems)

    @property
    def awaits_confirmation(self) -> bool:
        """Whether all that blocks the letter is that the platform has not confirmed the effect that it states."""
        return self.blocked and CONFIRMED.issuperset(self.blanks) and all(_unconfirmed(each) for each in self.problems)


def draft(letters: Letters, name: str, language: str, facts: Facts) -> Draft:
    """The letter of that name, in that language or else in English; raises SettingError for an unknown name."""
    letter = letters.find(name, language)
    spoken = letter.front.language
    told = replace(facts, law=facts.law.spoken(spoken))
    case = {field.name: present(getattr(told, field.name), field.name) for field in fields(Facts)}
    sandbox, frame = letters.sandboxes[spoken], letters.frames[spoken][1]
    needed = [need for need in letter.front.needs if _absent(sandbox, case, need)]
    body, in_body = sandbox.render(letter.body, case)
    framed, in_frame = sandbox.render(frame, {**case, "body": Quoted(body.strip())})
    subject, in_subject = sandbox.render(letter.front.subject, case)
    return Draft(
        template=letter.name,
        language=spoken,
        to_role=letter.front.to_role,
        subject=" ".join(subject.split()),
        text=_tidy(framed),
        routine=letter.front.routine,
        facts=_stated(sandbox, letter, frame, case),
        blanks=tuple(dict.fromkeys((*needed, *in_body, *in_frame, *in_subject))),
        problems=contradictions(letter.front, facts),
    )


def blanks_in(text: str) -> tuple[str, ...]:
    """The blanks, [[so]], that a text edited by hand still shows."""
    return tuple(dict.fromkeys(_MARK.findall(text)))


def _unconfirmed(problem: str) -> bool:
    return problem.split(":")[0] in UNCONFIRMED


def _absent(sandbox: Environment, case: dict[str, Any], need: str) -> bool:
    name, *attributes = need.split(".")
    value = case[name]
    for attribute in attributes:
        value = sandbox.getattr(value, attribute)
    return isinstance(value, Blank)


def _stated(sandbox: Environment, letter: Template, frame: str, case: dict[str, Any]) -> tuple[str, ...]:
    """The names of the facts that the letter was compiled from."""
    source = f"{letter.front.subject}\n{letter.body}\n{frame}"
    named = _named(sandbox, source)
    return tuple(sorted(name for name in named if name in case and not isinstance(case[name], Blank)))


def facts_of(letters: Letters, name: str) -> tuple[str, ...]:
    """The names of the facts that a letter states in its own words (in English); raises SettingError."""
    letter = letters.find(name, FALLBACK)
    sandbox = letters.sandboxes[letter.front.language]
    return tuple(sorted(_named(sandbox, f"{letter.front.subject}\n{letter.body}")))


def check_copies(letters: Letters, regimes: Iterable[Regime]) -> None:
    """Raises SettingError for a duty that copies the notice by a letter without a place for it, or the reverse."""
    wrong = [
        f"{regime.id}.yaml: duty {duty.id}: {duty.letter} has {has} for a copy of the notice, and the duty {says}"
        for regime in regimes
        for version in regime.versions
        for duty in version.duties
        if duty.letter
        for has, says in _uncopied(_COPY in facts_of(letters, duty.letter), duty.copy is not None)
    ]
    if wrong:
        raise SettingError("\n".join(wrong))


_COPY = "notice_text"


def _uncopied(place: bool, copies: bool) -> list[tuple[str, str]]:
    if place == copies:
        return []
    return [("a place", "has no copy")] if place else [("no place", "has one")]


@lru_cache(maxsize=1_024)
def _named(sandbox: Environment, source: str) -> frozenset[str]:
    """The names that a template uses; taking it apart costs more than all the rest of a letter, so it is done once."""
    return frozenset(meta.find_undeclared_variables(sandbox.parse(source)))


def _tidy(text: str) -> str:
    """The text in lines of at most 78 characters, quoted lines and addresses left whole."""
    lines = (_wrapped(line) for line in _GAP.sub("\n\n", _TRAILING.sub("", text)).strip().split("\n"))
    return "\n".join(lines) + "\n"


def _wrapped(line: str) -> str:
    if line.startswith(">"):
        return line
    hang = " " * (len(line) - len(line.lstrip(" *")))
    return fill(line, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
