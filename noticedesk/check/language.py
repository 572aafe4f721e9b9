"""Which language a text is in, and whether its statements can be read there."""

import re
from collections.abc import Iterable
from functools import cache

from noticedesk.check.page import Sentence
from noticedesk.check.wording import Languages

_WORD = re.compile(r"[^\W\d_]{1,30}")
_LETTERS = 4_000
_ENOUGH, _TO_GUESS = 8, 20
# the first and last letters of the blocks in which a script's ordinary letters stand
_BLOCKS = {
    "Greek": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x52F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x77F),
    "Devanagari": (0x900, 0x97F),
    "Thai": (0xE00, 0xE7F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "Han": (0x4E00, 0x9FFF),
    "Hangul": (0xAC00, 0xD7AF),
}
_FOREIGN_SHARE = 0.3


def language_of(sentences: Iterable[Sentence], languages: Languages) -> str:
    """The language of the sender's words as an ISO 639-1 code; empty where there are too few words to tell."""
    text = " ".join(sentence.flat for sentence in sentences)[:_LETTERS]
    words = _WORD.findall(text)
    if len(words) < _ENOUGH and not _in_scripts(text, languages.foreign_scripts):
        return ""
    shares = {
        code: sum(word in known for word in words) / max(len(words), 1) for code, known in languages.words.items()
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] >= languages.share or len(words) < _TO_GUESS:
        return best if shares[best] else ""
    return _guessed(text, best)


def covered(sentences: Iterable[Sentence], language: str, languages: Languages) -> bool:
    """True if nothing that matters can hide in words that cannot be read: what is not found is then missing."""
    text = "".join(sentence.flat for sentence in sentences)[: 5 * _LETTERS]
    foreign = _in_scripts(text, languages.foreign_scripts)
    letters = sum(letter.isalpha() for letter in text) if foreign else 0
    return (not language or language in languages.covered) and foreign <= _FOREIGN_SHARE * letters


def _in_scripts(text: str, scripts: tuple[str, ...]) -> int:
    """How many letters are of one of the scripts."""
    return 0 if text.isascii() else len(_letters_of(scripts).findall(text))


@cache
def _letters_of(scripts: tuple[str, ...]) -> re.Pattern[str]:
    ranges = "".join(f"{chr(low)}-{chr(high)}" for low, high in (_BLOCKS[script] for script in scripts))
    return re.compile(f"[{ranges}]")


def _guessed(text: str, best: str) -> str:
    """The most likely language of a text that is in none we know by its common words."""
    # loads a model of its own: only for the few texts that need it
    from py3langid.langid import classify

    code = str(classify(text)[0])
    return best if code == best else code
