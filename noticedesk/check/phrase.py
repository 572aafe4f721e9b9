"""Phrases as people who know the letters write them, compiled once into patterns that run in linear time.

A blank stands for any marks or blanks between two words, `word*` for a word with any ending, `(a|b c)` for
alternatives, `[a|b]` for what may be left out, `..` for up to five words between and `...` for up to fourteen, `#` for
a number and, in a word, for one digit; `^` and `$` tie a phrase to the start or end of the sentence. An accented letter
stands for the plain one too, which many people write (for "ü" and "ß" also "ue" and "ss"); a plain one never stands for
an accented one ("meme" is not "même").
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_TOKEN = re.compile(r"\(|\)|\[|\]|\||\.{2,3}|\^|\$|[^\s()\[\]|^$]+")
# what the letters would not mean: a bracket or question mark that adjoins a word, which would stand nowhere
_ADJOINING = re.compile(r"[\w*#)\]][(\[]|[)\]][\w*#]|\?")
# marks between words: bounded, and disjoint from letters, so that no pattern can backtrack far
_GAP = r"[\W_]{1,9}"
_PLAIN = {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(0xE0, 0x180)}
_EITHER = str.maketrans(
    {letter: f"[{letter}{plain}]" for letter, plain in _PLAIN.items() if plain != letter}
    | {"ä": "(?:ä|ae?)", "ö": "(?:ö|oe?)", "ü": "(?:ü|ue?)", "ß": "(?:ß|ss)"}
)
_BETWEEN = {"..": rf"(?:\w{{1,40}}{_GAP}){{0,5}}?", "...": rf"(?:\w{{1,40}}{_GAP}){{0,14}}?"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase as a pattern: a text with none of the `stems` does not hold it."""

    stems: tuple[str, ...]
    regex: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text may hold it for the first time: most texts need few of some thousand phrases."""
        return _compiled(self.regex)


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases with one meaning: a text with none of the `stems` holds none of them, which is quickly seen."""

    name: str
    phrases: tuple[Phrase, ...]
    stems: tuple[str, ...]

    def may_stand_in(self, flat: str) -> bool:
        """False if the text cannot hold a phrase of this cue."""
        return _any_in(self.stems, flat)

    def search(self, flat: str) -> re.Match[str] | None:
        """A place in squashed, lower-case text where one of the phrases stands: that of the first phrase that does."""
        return next(self.found(flat), None) if self.may_stand_in(flat) else None

    def found(self, flat: str) -> Iterator[re.Match[str]]:
        """Where phrases stand, one phrase after the other, each at all its places."""
        for phrase in self.phrases:
            if _any_in(phrase.stems, flat):
                yield from phrase.pattern.finditer(flat)


def _any_in(stems: tuple[str, ...], flat: str) -> bool:
    # a plain loop: this runs tens of thousands of times a document
    for stem in stems:  # noqa: SIM110
        if stem in flat:
            return True
    return False


def cue(name: str, phrases: Iterable[str]) -> Cue:
    """One cue from its phrases; raises ValueError naming the phrase that cannot be read."""
    made = tuple(Phrase(_least(_stems(phrase)), _pattern(phrase)) for phrase in phrases)
    return Cue(name, made, _least({stem for phrase in made for stem in phrase.stems}))


def _least(stems: set[str]) -> tuple[str, ...]:
    """The stems in order, without those that hold another, which say no more than that."""
    return tuple(sorted(stem for stem in stems if not any(other != stem and other in stem for other in stems)))


@cache
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _pattern(phrase: str) -> str:
    if adjoining := _ADJOINING.search(phrase):
        raise ValueError(f"phrase {phrase!r}: {adjoining[0]!r} stands nowhere; part words and brackets by a blank")
    tokens = _TOKEN.findall(phrase.lower())
    body, rest = _alternatives(tokens, phrase)
    if rest:
        raise ValueError(f"phrase {phrase!r}: {rest[0]} closes nothing")
    head = "" if tokens[:1] == ["^"] else r"(?<!\w)"
    return f"{head}(?:{body})" + ("" if tokens[-1:] == ["$"] else r"(?!\w)")


def _alternatives(tokens: list[str], phrase: str) -> tuple[str, list[str]]:
    """The pattern of `a|b|c` up to the bracket that closes it, and the tokens from that bracket on."""
    branches = []
    while True:
        branch, tokens = _sequence(tokens, phrase)
        branches.append(branch)
        if tokens[:1] != ["|"]:
            return "|".join(branches), tokens
        tokens = tokens[1:]


def _sequence(tokens: list[str], phrase: str) -> tuple[str, list[str]]:
    """The pattern of words that follow each other; a part carries the gap after it, but for the last one."""
    out = ""
    gap = ""
    while tokens and tokens[0] not in ")]|":
        token, tokens = tokens[0], tokens[1:]
        if token in "([":
            inner, tokens = _alternatives(tokens, phrase)
            if not tokens:
                raise ValueError(f"phrase {phrase!r}: a bracket is not closed")
            tokens = tokens[1:]
        if token == "[":
            # at a start, or behind words between, there is no gap yet: what may be left out carries its own behind it
            out += f"(?:{gap}(?:{inner}))?" if gap else f"(?:(?:{inner}){_GAP})?"
        elif token in _BETWEEN:
            out += gap + _BETWEEN[token]
            gap = ""
        elif token in "^$":
            out += r"^[\W_]{0,9}(?:\d{1,2}[\W_]{1,4})?" if token == "^" else r"[\W_]{0,9}$"
        else:
            out += gap + (f"(?:{inner})" if token == "(" else _word(token))
            gap = _GAP
    return out, tokens


def _word(token: str) -> str:
    digits = r"\d{1,6}" if token == "#" else r"\d"
    letters = [re.escape(part).replace(r"\#", digits).translate(_EITHER) for part in token.split("*")]
    return r"\w{0,20}".join(letters)


def _stems(phrase: str) -> set[str]:
    """Letters of which every text with this phrase holds one: those of its most telling word or alternatives."""
    tokens = _TOKEN.findall(phrase.lower())
    parts: list[set[str]] = []
    depth = 0
    for token in tokens:
        if token in "([":
            depth += 1
            if depth == 1:
                parts.append(set())
                optional = token == "["
        elif token in ")]":
            depth -= 1
            if depth == 0 and optional:
                parts.pop()
        elif depth:
            parts[-1].add(token)
        elif token != "|":
            parts.append({token})
    letters = [{_letters(word) for word in part if word != "|" and word not in _BETWEEN} for part in parts]
    telling = [part for part in letters if part and "" not in part]
    if not telling or _outer_bar(tokens):
        return {""}
    return max(telling, key=lambda part: (min(len(stem) for stem in part), -len(part)))


def _outer_bar(tokens: list[str]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token in "([") - (token in ")]")
        if token == "|" and not depth:
            return True
    return False


def _letters(word: str) -> str:
    plain = word.translate(dict.fromkeys(_EITHER, " "))
    return max(re.findall(r"[^\W_]+", plain), key=len, default="")
