"""The sandbox in which letters are rendered: only facts, every value one safe line, a gap shown and remembered."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from noticedesk.draft.clean import Quoted, one_line, quoted


class Blank(Undefined):
    """A fact that the case does not have: false in a condition, empty in a loop, a blank where it is stated."""

    __slots__ = ()

    @property
    def called(self) -> str:
        """The name by which templates call the fact."""
        return str(self._undefined_name)


_STATED: ContextVar[list[str]] = ContextVar("stated")
"""The blanks that the letter now being rendered has stated."""


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox for the letters of one language; each template is compiled once."""

    def __init__(self, say_date: Callable[[date], str], words: Mapping[str, str]) -> None:
        self._compiled: dict[str, Template] = {}
        super().__init__(
            undefined=StrictUndefined,
            finalize=self._say,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self.globals.clear()
        self.filters = {
            "date": lambda value: _of_fact(
                value, lambda day: say_date(day.date() if isinstance(day, datetime) else day)
            ),
            "join": lambda value: _of_fact(value, lambda items: ", ".join(one_line(str(item)) for item in items)),
            "quote": lambda value: _of_fact(value, lambda text: quoted(str(text))),
            "say": lambda value: _of_fact(value, lambda code: words.get(code, Blank(name=f"words.{code}"))),
        }
        self.tests.clear()

    def render(self, source: str, case: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
        """The text of a template over a case, and the names of the blanks in it."""
        if source not in self._compiled:
            self._compiled[source] = self.from_string(source)
        stated: list[str] = []
        before = _STATED.set(stated)
        try:
            return self._compiled[source].render(case), tuple(stated)
        finally:
            _STATED.reset(before)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute of a fact, or a blank that knows its name."""
        if isinstance(obj, Blank):
            return Blank(name=f"{obj.called}.{attribute}")
        return present(super().getattr(obj, attribute), f"{_called(obj)}.{attribute}")

    def _say(self, value: object) -> str:
        """What is printed for a value: one clean line, quoted lines, or the visible name of a blank."""
        if isinstance(value, Blank):
            _STATED.get().append(value.called)
            return f"[[{value.called}]]"
        if isinstance(value, Quoted):
            return str(value)
        return one_line(str(value))


def _of_fact(value: Any, say: Callable[[Any], Any]) -> Any:
    """What a filter makes of a value; a blank stays the blank it is."""
    return value if isinstance(value, Undefined) else say(value)


def present(value: Any, name: str) -> Any:
    """The value itself, or a blank of that name where the case has none."""
    absent = value is None or value == () or (isinstance(value, str) and not one_line(value))
    return Blank(name=name) if absent else value


def _called(facts: object) -> str:
    """How templates call the facts of a class: a ListingFacts is a listing."""
    return type(facts).__name__.removesuffix("Facts").lower()
