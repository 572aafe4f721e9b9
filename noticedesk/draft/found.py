"""What was found, in sentences: what was compared with what, and how sure the match is, in words and no figures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from noticedesk.draft.clean import one_line

_PARTS = frozenset({"work", "mark", "words"})
_NAMED = frozenset({"work", "titled", "nothing", "by_hand"})
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One match: the kind of matcher, strong or borderline, and of marks the mark and the words that are like it."""

    matcher: str
    sure: str
    mark: str = ""
    words: str = ""


def found(says: Mapping[str, str], matches: Iterable[Match], work: str = "", *, compared: bool = True) -> str:
    """The matches in the sentences of a language, the surest first and at most three; without any, that none is sure.

    `work` is the title of the work, empty where it has none that may be told; `compared` says that software could
    compare at all.
    """
    named = says["titled"].format(work=one_line(work)) if one_line(work) else says["work"]
    ordered = sorted(matches, key=lambda match: match.sure != "strong")
    told = (
        says[key].format(work=named, mark=one_line(match.mark), words=one_line(match.words))
        for match in ordered
        if (key := f"{match.matcher}.{match.sure}") in says
    )
    return " ".join(list(dict.fromkeys(told))[:_MOST]) or says["nothing" if compared else "by_hand"]


def said_wrongly(says: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the sentences of a language: one that is not there, or has a place for nothing known."""
    yield from (f"{name} has no sentence" for name in sorted(_NAMED - set(says)))
    for name, sentence in says.items():
        places = {place for _, place, _, _ in Formatter().parse(sentence) if place is not None}
        yield from (f"{name} has a place for {place}, which nothing fills" for place in sorted(places - _PARTS))
