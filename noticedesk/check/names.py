"""What reads as the name of a person or company: no address, placeholder, word for a role, or platform."""

import re
from collections.abc import Iterable

from noticedesk.check.page import Page, fold
from noticedesk.check.reading import Reading
from noticedesk.model.document import Span

_TOKEN = re.compile(r"\S{1,60}")
_AROUND = "\"'()[]*_,.;:!"
_REACH, _MOST_WORDS, _LONGEST = 160, 12, 120
_SECTION = re.compile(r"[,;|(<\n]")


class Names:
    """Tells names from other words, by config/reading/names.yaml."""

    def __init__(self, reading: Reading, hosts: Iterable[str]) -> None:
        words = reading.names
        self._reading = reading
        self._companies = frozenset((*words.companies, *words.shortened))
        self._shortened = frozenset(words.shortened)
        self._places = frozenset(one.lower() for one in words.places)
        self._particles = frozenset(words.particles)
        self._not_names = frozenset(words.not_names)
        self._selves = frozenset(one.lower() for one in words.self_named)
        self._platform = {host.split(":")[0].rsplit(".", 2)[-2] for host in hosts if "." in host}

    def begins(self, text: str, at: int = 0, until: int = _REACH) -> Span | None:
        """The span of the name that begins at a place of a text; None where what stands there is no name."""
        start = end = -1
        last = at
        words = 0
        for token in _TOKEN.finditer(text, at, min(until, at + _REACH)):
            said = token[0]
            core = said.strip(_AROUND)
            if start >= 0 and (
                "\n" in text[last : token.start()] or not self._goes_on(text[start:end], text[end:last], token[0])
            ):
                break
            last = token.end()
            if core.lower() in self._particles or core == "&":
                continue
            if core.lower() in self._selves or not _capital(core):
                break
            if core.lower() in self._not_names:
                return None
            left = token.start() + said.index(core)
            start = left if start < 0 else start
            end = left + len(core)
            end += said[end - token.start() :].startswith(".") and (core.lower() in self._shortened or len(core) == 1)
            words += 1
            if words >= _MOST_WORDS:
                break
        return (start, end) if start >= 0 and not self._is_platform(text[start:end]) else None

    def whole(self, words: str) -> bool:
        """True if all of the words are one name: of two words at least, or in a script without case."""
        flat = fold(words).replace(",", " ").strip()
        found = self.begins(flat) if self.may_be(words) and flat.lower() not in self._places else None
        if found is None or flat[: found[0]].strip() or flat[found[1] :].strip(_AROUND + " "):
            return False
        cased = any(letter.islower() or letter.isupper() for letter in flat)
        return len(flat.split()) > 1 or (not cased and len(flat) > 1)

    def first(self, text: str, span: Span) -> Span | None:
        """The span of a name that is all of the first section of some words: "Maria Lind, 5 Harbour Road"."""
        words = text[slice(*span)]
        lead = len(words) - len(words.lstrip(" \t\r\n" + _AROUND + "-/~>"))
        cut = _SECTION.search(words, lead)
        end = cut.start() if cut else len(words)
        after = words[end + 1 :].split(maxsplit=1)
        if cut and cut[0] == "," and after and self._company(after[0].strip(_AROUND)):
            end = words.index(after[0], end) + len(after[0].rstrip(",;:"))
        if self._hides(words[:end]):
            return None
        name = words[lead:end].rstrip(" \t\r-")
        return (span[0] + lead, span[0] + lead + len(name)) if self.whole(name) else None

    def given(self, page: Page, span: Span) -> Span | None:
        """The span of what a field or labelled line gives as a name, up to its address; None if it is none."""
        text = page.text[slice(*span)]
        end = 0
        for part in re.finditer(r"[^,\n(]+", text[:_LONGEST]):
            if any(mark in text[: part.start()].strip() for mark in "\n(") or any(
                letter in "@0123456789" for letter in part[0]
            ):
                break
            if end and not self._company(part[0].strip().strip(_AROUND)):
                break
            end = part.end()
        lead = len(text) - len(text.lstrip(" \t\n\"'\u201c\u201d"))
        name = text[lead:end].rstrip(" \t\"'\u201c\u201d")
        return (span[0] + lead, span[0] + lead + len(name)) if self.may_be(name) else None

    def may_be(self, name: str) -> bool:
        """True for words given as a name that are neither a placeholder, an address, a sentence nor the platform."""
        flat = fold(name).lower()
        letters = any(letter.isalpha() for letter in flat)
        speaks = self._reading.people["speaker"].search(flat) is not None
        return letters and not (
            self._hides(name)
            or speaks
            or "@" in flat
            or "//" in flat
            or flat.strip(_AROUND) in self._not_names
            or len(flat) > _LONGEST
            or self._is_platform(name)
        )

    def _hides(self, words: str) -> bool:
        flat = fold(words).lower()
        return any(mark in flat for mark in self._reading.zones.placeholders)

    def _company(self, core: str) -> bool:
        return core.lower().rstrip(".") in self._companies

    def _goes_on(self, name: str, passed: str, said: str) -> bool:
        """Whether a word carries a name on: not over a stop; over a comma or "Inc." only the form of a company."""
        core = said.strip(_AROUND)
        ended = name.endswith(".") and self._company(name.split()[-1])
        stops = passed.strip(" \t&")
        if self._company(core) and stops in ("", ",", ".", ".,"):
            return True
        return not (ended or said[0] in "([|<" or any(mark in stops for mark in ',.;:!()"|'))

    def _is_platform(self, name: str) -> bool:
        words = (word.strip(_AROUND).lower() for word in name.split())
        return "".join(word for word in words if not self._company(word)) in self._platform


def _capital(core: str) -> bool:
    return (
        bool(core) and core[0].isalpha() and not core[0].islower() and not any(letter in core for letter in "@/\ue000")
    )
