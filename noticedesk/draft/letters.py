"""The letters of the desk: templates with front matter, refused at load if they name or compute what they may not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import yaml
from jinja2 import TemplateSyntaxError

from noticedesk.draft.environment import Environment
from noticedesk.draft.facts import FALLBACK, Facts
from noticedesk.draft.found import said_wrongly
from noticedesk.draft.lint import faults, kinds_of
from noticedesk.settings import SettingError, conform, nearest, shape

_ENDING = ".txt.j2"
_FRAME = "frame"
_BODY = "body"

STANDING = ("withheld_contact", "withheld_listing", "unnamed")
"""Codes of words that stand for something that a letter does not say."""

ToRole = Literal["claimant", "seller", "both"]
States = Literal["removal", "restoration", "lifting", "waiting"]


@shape
class FrontMatter:
    """What a letter says of itself: to whom, when, by which facts, and which effects it states."""

    describes: str
    subject: str
    to_role: ToRole
    routine: bool = False
    needs: tuple[str, ...] = ()
    states: tuple[States, ...] = ()
    language: str


@shape
class Frame:
    """What stands around every letter of a language, how it writes a date, and its words for coded facts.

    `first` is how it writes the first day of a month, where that is its own way; `found` are its sentences for what
    was found, by matcher and how sure it is.
    """

    language: str
    date: str
    first: str = ""
    months: tuple[str, ...]
    words: dict[str, str]
    found: dict[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """One letter in one language."""

    name: str
    front: FrontMatter
    body: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter by name and language, with the frame and the sandbox of each language."""

    templates: dict[tuple[str, str], Template]
    frames: dict[str, tuple[Frame, str]]
    sandboxes: dict[str, Environment]

    @property
    def names(self) -> frozenset[str]:
        """The names of the letters, as any/receipt."""
        return frozenset(name for name, _ in self.templates)

    def word(self, language: str, code: str) -> str:
        """The word of a language for a code, else the English one."""
        frame, _ = self.frames.get(language) or self.frames[FALLBACK]
        return frame.words[code]

    def find(self, name: str, language: str) -> Template:
        """The letter in that language, else in English; raises SettingError with the nearest name."""
        found = self.templates.get((name, language)) or self.templates.get((name, FALLBACK))
        if found is None:
            raise SettingError(f"no letter is called {name}{nearest(name, self.names)}")
        return found


def load_letters(folder: Path) -> Letters:
    """Every template below a folder (<name>.<language>.txt.j2); raises SettingError with all that is wrong."""
    wrong: list[str] = []
    frames = {frame.language: (frame, body) for frame, body in _frames(folder, wrong)}
    templates = {(letter.name, letter.front.language): letter for letter in _templates(folder, wrong)}
    wrong += [
        f"{name}.{language}{_ENDING}: there is no {_FRAME}.{language}{_ENDING} to put it in"
        for name, language in templates
        if language not in frames
    ]
    if wrong:
        raise SettingError("\n".join(wrong))
    if not templates:
        raise SettingError(f"{folder} holds no letter; letters are files as any/receipt.en{_ENDING}")
    sandboxes = {
        language: Environment(partial(_say_date, frame), frame.words) for language, (frame, _) in frames.items()
    }
    return Letters(templates, frames, sandboxes)


def _say_date(frame: Frame, day: date) -> str:
    pattern = frame.first if frame.first and day.day == 1 else frame.date
    return pattern.format(day=day.day, month=frame.months[day.month - 1], year=day.year)


def _frames(folder: Path, wrong: list[str]) -> Iterator[tuple[Frame, str]]:
    for path in sorted(folder.glob(f"{_FRAME}.*{_ENDING}")):
        head, body = _split(path)
        frame = conform(head, Frame, path.name)
        wrong += [*_faults(path.name, body, (_BODY,)), *_misnamed(path.name, frame.language)]
        wrong += [f"{path.name}: found: {fault}" for fault in said_wrongly(frame.found)]
        wrong += [f"{path.name}: words lack {code}" for code in STANDING if code not in frame.words]
        if len(frame.months) != 12:
            wrong.append(f"{path.name}: months has {len(frame.months)} names")
        yield frame, body


def _templates(folder: Path, wrong: list[str]) -> Iterator[Template]:
    for path in sorted(folder.glob(f"*/*{_ENDING}")):
        file = path.relative_to(folder).as_posix()
        head, body = _split(path)
        front = conform(head, FrontMatter, file)
        known = kinds_of(Facts)
        wrong += [*_faults(file, front.subject, ()), *_faults(file, body, ()), *_misnamed(file, front.language)]
        wrong += [f"{file}: needs {need}, which no fact is called{nearest(need, known)}" for need in _strange(front)]
        if front.routine and front.states:
            wrong.append(
                f"{file}: it states {', '.join(front.states)}, so it cannot be routine; a person decides first"
            )
        yield Template(file.removesuffix(f".{front.language}{_ENDING}"), front, body)


def _strange(front: FrontMatter) -> list[str]:
    """The needs that are no facts; a need may be a fact of a fact, as law.putback."""
    return [need for need in front.needs if _faults("", f"{{{{ {need} }}}}", ())]


def _split(path: Path) -> tuple[object, str]:
    text = path.read_text(encoding="utf-8")
    start, line, rest = text.partition("---\n")
    head, end, body = rest.partition("\n---\n")
    if start or not line or not end:
        raise SettingError(f"{path.name}: a letter begins with front matter between two lines of ---")
    try:
        return yaml.safe_load(head), body
    except yaml.YAMLError as error:
        raise SettingError(f"{path.name}: front matter: {error}") from None


def _faults(file: str, body: str, further: tuple[str, ...]) -> list[str]:
    scope = {**kinds_of(Facts), **dict.fromkeys(further, str)}
    try:
        parsed = Environment(str, {}).parse(body)
    except TemplateSyntaxError as error:
        return [f"{file}: line {error.lineno}: {error.message}"]
    return [f"{file}: line {fault.line}: {fault.says}" for fault in faults(parsed, scope)]


def _misnamed(file: str, language: str) -> list[str]:
    ending = f".{language}{_ENDING}"
    return [] if file.endswith(ending) else [f"{file}: language is {language}, so the name ends in {ending}"]
