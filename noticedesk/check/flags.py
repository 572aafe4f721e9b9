"""Reasons to leave the usual way: safety, what spoils a notice, and grey areas that only a person may decide."""

from collections.abc import Sequence
from dataclasses import replace

from noticedesk.check.page import Page, Sentence, Zone
from noticedesk.check.phrase import Cue
from noticedesk.check.reading import CompiledFlag, Reading
from noticedesk.model.verdict import Flag

_LONGEST_QUOTE = 400


def flags_of(page: Page, reading: Reading) -> tuple[Flag, ...]:
    """Every flag once, with the words that raised it; safety flags first."""
    found: dict[str, Flag] = {}
    everything = "\n".join(sentence.flat for sentence in page.sentences)
    hoped_for = [_within(everything, one) for one in reading.flags]
    possible = [one for one in hoped_for if all(one.needs)]
    for compiled in sorted(possible, key=lambda one: one.rule.route != "safety"):
        zones = (Zone.OWN, Zone.MARKED, Zone.QUOTED) if compiled.rule.route == "safety" else (Zone.OWN,)
        safety = compiled.rule.route == "safety"
        for place, sentence in enumerate(page.sentences):
            heard = _heard(page.sentences, place) if safety else sentence.flat
            if compiled.rule.id not in found and sentence.zone in zones and _raised(compiled, sentence, heard):
                quote = page.text[sentence.start : sentence.end][:_LONGEST_QUOTE]
                found[compiled.rule.id] = Flag(id=compiled.rule.id, quote=quote)
    return tuple(found.values())


def safety_flags(reading: Reading) -> frozenset[str]:
    """The ids of the flags that stop everything."""
    return frozenset(compiled.rule.id for compiled in reading.flags if compiled.rule.route == "safety")


def _within(everything: str, compiled: CompiledFlag) -> CompiledFlag:
    """The flag with those phrases only that the text can hold: most are out of the question at once."""
    needs = tuple(tuple(cue for cue in group if cue.may_stand_in(everything)) for group in compiled.needs)
    return replace(compiled, needs=needs)


def _heard(sentences: Sequence[Sentence], place: int) -> str:
    """A sentence with its neighbours: who is harmed and how is seldom told in one breath, and missing it is worse."""
    return " \n ".join(one.flat for one in sentences[max(0, place - 1) : place + 2])


def _raised(compiled: CompiledFlag, sentence: Sentence, heard: str) -> bool:
    """Whether every cue is heard, one of them in the sentence itself, and nothing in it says that it is harmless."""
    if sentence.slot == "ticked" or not all(_one_of(group, heard) for group in compiled.needs):
        return False
    here = any(_one_of(group, sentence.flat) for group in compiled.needs)
    return here and compiled.unless.search(heard) is None


def _one_of(cues: Sequence[Cue], flat: str) -> bool:
    return any(cue.search(flat) for cue in cues)
