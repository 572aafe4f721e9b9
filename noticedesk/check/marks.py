"""What a notice says of its mark beside the name: other names, and the classes of goods that it is registered for."""

import re
from collections.abc import Iterable, Iterator

from matchers.text.goods import CLASSES
from noticedesk.check.page import Page
from noticedesk.check.reading import Reading

_RUN = r"\d{1,2}(?!\d)(?:\s*(?:,|;|/|&|\+|and|und|et|y|e)*\s*\d{1,2}(?!\d))*"
_LEADING = re.compile(rf"\s*({_RUN})", re.IGNORECASE)
_CLASS = re.compile(
    rf"\b(?:class(?:es)?|klassen?|clases?|classi?)\b[\s:.#(]*(?:nr\.?|no\.?)?\s*({_RUN})", re.IGNORECASE
)
_PARTED = re.compile(r"\s*[,;/\n|]\s*|\s+(?:and|or|und|et|y)\s+")
_QUOTES = " .\"'\u201c\u201d\u00ab\u00bb()"
_NAMED = re.compile(r"[.;:()\n\"\u201c\u201d\u00ab\u00bb]|,\s")
_MOST = 20
_LONGEST = 100


def classes_in(said: str) -> tuple[int, ...]:
    """The classes that an answer names: the numbers it begins with, and those after a word for class."""
    runs = [*([found.group(1)] if (found := _LEADING.match(said)) else []), *_CLASS.findall(said)]
    return _known(int(number) for run in runs for number in re.findall(r"\d+", run))


def classes_of(page: Page, reading: Reading, labelled: str) -> tuple[int, ...]:
    """The classes of a letter: those of the line that is headed so, else those of its sentences about classes."""
    if found := classes_in(labelled):
        return found
    telling = [one for one in page.own() if reading.words["classes"].search(one.flat)]
    said = (number for one in telling for number in _numbers(page.text[one.start : one.end]))
    return _known(said)


def aliases_in(said: Iterable[str], mark: str) -> tuple[str, ...]:
    """The other names that answers list, each once, without the mark itself."""
    names = (part.strip(_QUOTES)[:_LONGEST] for answer in said for part in _PARTED.split(answer))
    known = {mark.casefold(), ""}
    return tuple(name for name in dict.fromkeys(names) if name.casefold() not in known)[:_MOST]


def aliases_of(page: Page, reading: Reading, labelled: str, mark: str) -> tuple[str, ...]:
    """The other names of a letter's mark: those of the line that is headed so, and those in passing behind the mark."""
    return aliases_in([labelled, *_in_passing(page, reading, mark)], mark) if mark else ()


def _in_passing(page: Page, reading: Reading, mark: str) -> Iterator[str]:
    """The words after "also known as" and the like, where the mark itself stands just before: not those of a seller."""
    for sentence in page.own():
        said = page.text[sentence.start : sentence.end]
        for cue in reading.also_known.finditer(said):
            if said[: cue.start()].rstrip(_QUOTES + ",").casefold().endswith(mark.casefold()):
                yield _NAMED.split(said[cue.end() :].strip(_QUOTES + ":,"))[0]


def _numbers(sentence: str) -> Iterator[int]:
    yield from (int(number) for run in _CLASS.findall(sentence) for number in re.findall(r"\d+", run))


def _known(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({number for number in numbers if number in CLASSES}))
