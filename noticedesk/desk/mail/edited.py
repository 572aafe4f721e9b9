"""What a person changed in a letter goes on with it when the letter is compiled anew, and is held against the facts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from noticedesk import draft
from noticedesk.desk.desk import Desk
from noticedesk.model.letter import Letter

CHANGED = "facts_changed"
"""The problem of an edited letter whose compiled words are no longer those that the person had before them."""

_SAYS = "What the letter rests on changed after a person had edited it; edit it again to confirm the words."
_BLANK = re.compile(r"\[\[([a-z_][a-z_.]*)\]\]")
_LONGEST = 400

Place = tuple[str, str]
"""A letter among those of one matter: its template, and the side that it goes to."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The words that a person wrote, and the compiled words that they had before them.

    `stale` says that the facts have changed since, and that nobody has looked at the words again.
    """

    words: str
    compiled: str
    stale: bool = False


def edits(desk: Desk, letters: Iterable[Letter]) -> Mapping[Place, Edited]:
    """What people changed in these letters; of two letters of one place the newer counts."""
    return {
        (item.template, item.to_role): Edited(
            words=draft.words_in(desk.blobs.get(item.sha256)),
            compiled=desk.blobs.get(item.edited_from).decode(),
            stale=CHANGED in item.problem,
        )
        for item in sorted(letters, key=lambda item: item.id)
        if item.edited_from
    }


def carried(drafted: draft.Draft, edited: Edited) -> draft.Draft:
    """The draft with the person's words, their blanks filled as they now are; blocked where the facts have changed."""
    found = _filled(edited.compiled, drafted.text)
    words = edited.words
    for name, value in (found or {}).items():
        words = words.replace(f"[[{name}]]", value)
    if found is None or edited.stale:
        return replace(drafted, text=words, problems=(*drafted.problems, f"{CHANGED}: {_SAYS}"))
    blanks = tuple(dict.fromkeys((*drafted.blanks, *draft.blanks_in(words))))
    return replace(drafted, text=words, blanks=blanks)


def looked_at(problem: str) -> str:
    """What is still wrong with a letter once a person has looked at its words again."""
    return problem.replace(f"{CHANGED}: {_SAYS}", "").removesuffix("; ")


def _filled(before: str, now: str) -> dict[str, str] | None:
    """What stands in the place of each blank now; None where anything else became different."""
    *parts, end = _BLANK.split(_flat(before))
    names = parts[1::2]
    gaps = "".join(f"{re.escape(text)}(.{{1,{_LONGEST}}}?)" for text in parts[::2])
    match = re.fullmatch(gaps + re.escape(end), _flat(now))
    if match is None:
        return None
    values: dict[str, set[str]] = {}
    for name, value in zip(names, match.groups(), strict=True):
        values.setdefault(name, set()).add(value)
    # Where one blank stands for several listings, no single value fills it: it stays a blank, and blocks.
    return {name: one.pop() for name, one in values.items() if len(one) == 1}


def _flat(text: str) -> str:
    return " ".join(text.split())
