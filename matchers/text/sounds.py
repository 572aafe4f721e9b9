"""How a name sounds when another script spells it out: Cyrillic, Greek and Japanese kana against Latin letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

Script = Literal["letters", "sound", "kana"]
"""What a key is made of: letters as they look, or the sound of Cyrillic and Greek words, or that of kana."""

_ALPHABETS = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u0300-\u036f]+")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9f\u3099\u309a]+")
_UNCOVERED = frozenset(
    (
        *("CJK", "HANGUL", "BOPOMOFO", "ARABIC", "HEBREW", "SYRIAC", "GEORGIAN", "ARMENIAN", "ETHIOPIC", "MONGOLIAN"),
        *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"),
        *("SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER"),
    )
)
"""Scripts by the first word of their characters' names: a Latin name spelt out in them is not recognised."""

_MOSTLY = 0.5
_SMALL = frozenset("ぁぃぅぇぉゃゅょァィゥェォャュョヮ")
_SILENT = frozenset("っッーｰ\u3099\u309a")

# Where a transliteration is made of several letters, the one letter that a Latin name would have there.
_ONE_LETTER = {
    "ц": "c",
    "х": "h",
    "й": "j",
    "у": "u",
    "ю": "yu",
    "я": "ya",
    "щ": "sh",
    "υ": "u",
    "χ": "h",
    "η": "i",
    "γγ": "ng",
}
_KANA_SAID = "ヱwe ヹve ヴvu ヰwi ヺvo ヷva フfu ふfu シsi しsi チti ちti ツtu つtu ジji ヅzu"
_KANA_LETTER = {said[0]: said[1:] for said in _KANA_SAID.split()}

# What a script does not tell apart, made alike, in this order: "pattern>sound".
_LATIN_RULES = r"ph>f sch|sh>s th>t ck|ch>k x>ks [cq]>k z>s [wb]>v [yjeu]>i h> (.)\1+>\1"
_KANA_RULES = (
    r"ph>f sch|sh>s th>t ck|ch>k x>ks c+(?=[eiy])>s [cq]>k z>s l>r v>b y>i j>z h(?![aeiou])> (.)\1+>\1 "
    r"([bcdfghkmprstwz])(?![aiueo])>\1u [oe]>u u+>u z>s"
)


class Sounded(NamedTuple):
    """A run of another script in Latin letters: which key it takes, and each piece with the place it comes from."""

    script: Script
    pieces: tuple[tuple[str, int], ...]


def sounded(text: str) -> Iterator[Sounded]:
    """The runs of Cyrillic and Greek, and those of kana, each in the letters they are pronounced with."""
    if runs := [m for m in _ALPHABETS.finditer(text)]:
        yield Sounded("sound", tuple(piece for run in runs for piece in (*_spelt(run), (" ", run.end() - 1))))
    if runs := [m for m in _KANA.finditer(text)]:
        yield Sounded("kana", tuple(piece for run in runs for piece in (*_syllables(run), (" ", run.end() - 1))))


def uncovered(text: str, mark: str) -> str:
    """The script in which a text is mostly written and in which the mark would not be recognised; empty for none.

    A mark that is itself in the script is compared in it, character by character.
    """
    letters = [c for c in text if c.isalpha()]
    told = Counter(script for c in letters if not c.isascii() and (script := _script(c)) in _UNCOVERED)
    script, most = max(told.items(), key=lambda item: item[1], default=("", 0))
    covered = any(_script(c) == script for c in mark)
    return "" if covered or most < _MOSTLY * len(letters) or not most else script.capitalize()


@lru_cache(maxsize=20_000)
def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def sound(letters: str, script: Script) -> str:
    """The sound key of Latin letters, made alike for what a script does not tell apart."""
    for pattern, replacement in _rules(_KANA_RULES if script == "kana" else _LATIN_RULES):
        letters = pattern.sub(replacement, letters)
    return letters


@cache
def _rules(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (rule.split(">") for rule in table.split())
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


def _spelt(run: re.Match[str]) -> Iterator[tuple[str, int]]:
    text = run.group().lower()
    for place, character in enumerate(text, run.start()):
        bare = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
        if character == "й":
            bare = character
        nasal = bare == "γ" and text[place - run.start() + 1 : place - run.start() + 2] == "γ"
        for letter in "n" if nasal else (_ONE_LETTER.get(bare) or anyascii(bare)).lower():
            if letter.isalpha():
                yield letter, place


def _syllables(run: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Kana read out; a small vowel takes the place of the vowel before it."""
    text = run.group()
    for place, character in enumerate(text):
        full = unicodedata.normalize("NFKC", character)
        if full in _SILENT:
            continue
        said = _KANA_LETTER.get(full) or anyascii(full).lower()
        if full in _SMALL:
            said = said[-1]
        if text[place + 1 : place + 2] in _SMALL and len(said) > 1:
            said = said.rstrip("aiueo")
        for letter in said:
            if letter.isalpha():
                yield letter, run.start() + place
