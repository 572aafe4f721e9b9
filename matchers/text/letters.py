"""What a character is to the eye: invisible, a look-alike, drawn with punctuation, upside down, of a visual class."""

import json
import string
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from anyascii import anyascii

# Soft hyphen, joiners, fillers, direction marks, variation selectors, tags: none of them leaves ink.
_INVISIBLE = frozenset(
    chain(
        (0xAD, 0x34F, 0x61C, 0xFEFF),
        range(0x115F, 0x1161),
        range(0x17B4, 0x17B6),
        range(0x180B, 0x1810),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xFE00, 0xFE10),
        range(0xE0000, 0xE1000),
    )
)
_AMONG_DIGITS = frozenset("@$")
_MARKS = frozenset({"Mn", "Me", "Cf"})

# A money sign stands for the letter it is drawn from, not for its code ("EUR"); a sign of registration for nothing.
_SIGNS = {
    "§": "s", "€": "e", "£": "l", "¢": "c", "¥": "y", "₮": "t", "₦": "n", "₩": "w", "₭": "k", "₱": "p",
    "₳": "a", "₲": "g",
    "´": "'", "‘": "'", "’": "'", "ʼ": "'", "′": "'",
    "™": " ", "®": " ", "©": " ", "℠": " ", "℗": " ",
}  # fmt: skip

# Each letter followed by what it looks like turned by half a turn.
_HALF_TURNS = (
    "aɐ bq cɔ dp eǝ fɟ gƃ gɓ hɥ iᴉ jɾ kʞ lꞁ lן mɯ nu pd qb rɹ tʇ un vʌ wʍ yʎ aⱯ a∀ bᗺ bꓭ cƆ cↃ dᗡ dꓷ eƎ fℲ g⅁ gפ "
    "jſ jᒋ kꞰ l⅂ l˥ "
    "mW pԀ qΌ rꓤ rᴚ tꞱ t⊥ u∩ vɅ wM y⅄ 1⇂ 1Ɩ 2ᄅ 3Ɛ 4ㄣ 5ϛ 69 7ㄥ 96"
)
TURNED = {pair[1]: pair[0] for pair in _HALF_TURNS.split()}

# Longest first; taken only where the drawing touches a word.
DRAWN = {
    r"\/\/": "w", "|-|": "h", "|_|": "u", "(_)": "u", r"|\|": "n", r"|\/|": "m", "/-\\": "a", "]-[": "h", "}{": "h",
    "/\\/": "n", "\\/": "v", "/\\": "a", "|)": "d", "|<": "k", "1<": "k", "|{": "k", "|2": "r", "|3": "b", "|>": "p",
    "|=": "f", "^": "n", "|v|": "m", "()": "o", "[]": "o", "><": "x", ")(": "x", "|_": "l", "{": "c", "(": "c",
    "<": "c", "[": "c",
}  # fmt: skip

# Letters drawn with other letters and digits; common inside codes and sizes, so they make a reading of their own.
DOUBLES = {
    "|2": "r",
    "12": "r",
    "i2": "r",
    "/2": "r",
    "13": "b",
    "!3": "b",
    "i3": "b",
    "ivi": "m",
    "nn": "m",
    "vv": "w",
}

_CLASSES = str.maketrans("4@83€691!|l05$7+2", "aabeeggiiiiosstt" + "z")


@cache
def clean(character: str) -> str:
    """One character without what leaves no ink: NFKC, then neither marks nor format characters."""
    if ord(character) in _INVISIBLE:
        return ""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character))
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) not in _MARKS))


@cache
def seen(character: str) -> str:
    """The lower-case ASCII that a character looks like: confusables first (Unicode TR39), then transliterated."""
    if character in _SIGNS:
        return _SIGNS[character]
    return "".join(_one_seen(c) for c in clean(character)).lower()


@cache
def spelt(character: str) -> str:
    """The lower-case ASCII that a character sounds like: transliterated, nothing taken for a look-alike."""
    if character in _SIGNS:
        return _SIGNS[character]
    return "".join(c if c.isascii() else _transliterated(c) for c in clean(character)).lower()


@cache
def turned(character: str) -> str:
    """The upright letter that a letter written upside down stands for, or itself."""
    return TURNED.get(character, character).lower()


@lru_cache(maxsize=100_000)
def fold(token: str) -> str:
    """A token with visually alike characters made one (l and i, 0 and o, 5 and s); only a-z and 0-9 remain.

    A token without any letter stays as it is, so that 5000 does not become a word; a single digit and a token of only
    @ or $ do fold, so that a name drawn out by spaces joins up, and so does one with @ or $ amid its digits.
    """
    if not any("a" <= c <= "z" for c in token) and not _lone(token):
        return "".join(filter(_plain, token))
    return "".join(filter(_plain, token.translate(_CLASSES)))


def _lone(token: str) -> bool:
    return (len(token) == 1 and token.isdigit()) or not token.strip("@$") or not _AMONG_DIGITS.isdisjoint(token[1:-1])


def _plain(character: str) -> bool:
    return "a" <= character <= "z" or "0" <= character <= "9"


def _one_seen(character: str) -> str:
    if character.isascii():
        return character
    return _look_alikes().get(character) or _transliterated(character)


def _transliterated(character: str) -> str:
    """ASCII for a character; a pictogram, which anyascii would name (":star:"), parts words."""
    name: str = anyascii(character)
    return " " if name.startswith(":") else name


@cache
def _look_alikes() -> dict[str, str]:
    """Each non-ASCII character with the one to three ASCII letters or digits that it is known to look like.

    Unicode's own list first; what it lacks, from the alphabets of "fancy text".
    """
    data = json.loads((files("confusable_homoglyphs") / "confusables.json").read_text(encoding="utf-8"))
    found = {
        character: _chosen(character, [item["c"].lower() for item in others])
        for character, others in data.items()
        if len(character) == 1 and not character.isascii()
    }
    listed = {character: letters for character, letters in found.items() if letters}
    return dict(_fancy()) | listed


def _fancy() -> Iterator[tuple[str, str]]:
    for line in (files(__package__) / "alphabets.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from (
                (clean(drawn), letter)
                for drawn, letter in zip(line, string.ascii_lowercase, strict=True)
                if not drawn.isascii() and len(clean(drawn)) == 1 and unicodedata.normalize("NFKD", drawn)[0] != letter
            )


def _chosen(character: str, others: list[str]) -> str:
    single = [c for c in others if len(c) == 1 and c.isascii() and c.isalnum()]
    own = unicodedata.normalize("NFKD", character)[0].lower()
    if own in single:
        return own
    drawn = [c for c in others if 2 <= len(c) <= 3 and c.isascii() and c.isalnum()]
    ranked = sorted(single, key=str.isdigit) + drawn
    return ranked[0] if ranked else ""
