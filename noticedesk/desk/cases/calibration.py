"""Calibration: labelled decisions into cuts for bands.yaml, and what these would have changed. Nothing is written."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import yaml

from matchers.labels import NEVER, Change, Label, Promise, Source, Verdict, changes, verdicts
from noticedesk import store
from noticedesk.decide import Bands
from noticedesk.desk.cases import samples
from noticedesk.model.action import Reason

_SAYS_SAME: dict[str, frozenset[Reason]] = {
    "image": frozenset({Reason.COPY, Reason.DERIVATIVE, Reason.DESIGN_COPY}),
    "passage": frozenset({Reason.COPY, Reason.DERIVATIVE}),
    "mark": frozenset({Reason.IDENTICAL_SIGN, Reason.SIMILAR_SIGN, Reason.NOMINATIVE}),
}
"""Which reasons say of what a matcher compared that it was the same."""

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")
_COLUMNS = ("matcher", "score", "match")


class LabelError(ValueError):
    """A file of labels that cannot be used: names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The verdict on one kind of score, what its cuts would have changed on the labelled cases, and its origin."""

    verdict: Verdict
    changed: tuple[Change, ...]
    origin: str


def calibrated(labels: Sequence[Label], promise: Promise, bands: Bands, today: date) -> tuple[Calibration, ...]:
    """Each kind of score with its new cuts; compared with the bands in force, where it has any."""
    never = [name for name, cuts in bands.items() if cuts.strong > 1]
    return tuple(_calibration(one, labels, promise, bands, today) for one in verdicts(labels, promise, never))


def as_yaml(found: Iterable[Calibration]) -> str:
    """The cuts as they would stand in bands.yaml, each with its origin."""
    cuts = {
        one.verdict.name: {
            "strong": _rounded(one.verdict.strong, up=True),
            "borderline": _rounded(one.verdict.borderline, up=False),
            "origin": one.origin,
        }
        for one in found
    }
    return yaml.safe_dump(cuts, sort_keys=False, width=1000, allow_unicode=True)


def read_labels(file: Path) -> tuple[Label, ...]:
    """The labels of a CSV or of JSON Lines: matcher, score, match, and where given kind and source.

    Raises LabelError for whatever is no label, with its line: a label left out would bend the promise.
    """
    try:
        return tuple(_label(row, f"{file} line {number}") for number, row in _rows(file))
    except UnicodeDecodeError:
        raise LabelError(f"{file} is not text; give a CSV or JSON Lines of {', '.join(_COLUMNS)}") from None


def own_labels(look: store.Look) -> tuple[Label, ...]:
    """The labels in what people decided here, each from the latest decision on its allegation, and in audited samples.

    "Not the same" speaks about everything that was compared; a reason for the same about what it names, and only where
    one matcher alone can be meant. Every other reason (permitted, not proven, gone) is no label.
    """
    told = groupby(samples.labels(look), key=lambda one: (one.allegation, one.source))
    return tuple(label for _, found in told for label in _labels_of(tuple(found)))


def _labels_of(found: Sequence[samples.Label]) -> Iterator[Label]:
    reason, source = found[0].answer, _source(found[0].source)
    if reason is Reason.NOT_SAME:
        yield from (Label(matcher=one.matcher, score=one.score, match=False, source=source) for one in found)
        return
    meant = [one for one in found if reason in _SAYS_SAME.get(_family(one.matcher), ())]
    if len({_family(one.matcher) for one in meant}) == 1:
        best = max(meant, key=lambda one: one.score)
        yield Label(matcher=best.matcher, score=best.score, match=True, source=source)


def _source(said: str) -> Source:
    return "audit" if said == "audit" else "decision"


def _family(matcher: str) -> str:
    """The matcher without the kind of mark: mark_word is mark."""
    return matcher.partition("_")[0]


def _calibration(one: Verdict, labels: Sequence[Label], promise: Promise, bands: Bands, today: date) -> Calibration:
    mine = [label for label in labels if label.name == one.name]
    cuts = bands.get(one.name)
    old = (cuts.strong, cuts.borderline) if cuts else (NEVER, 0.0)
    return Calibration(
        verdict=one,
        changed=changes(mine, old, (one.strong, one.borderline)),
        origin=_origin(one, promise, today),
    )


def _origin(one: Verdict, promise: Promise, today: date) -> str:
    rests = f"{one.labels} labels ({one.matches} matches, {one.audited} audited)"
    held = []
    if one.strong < NEVER:
        held.append(f"at most {promise.false:.1%} false among the strong")
    if one.borderline > 0:
        held.append(f"at most {promise.miss:.1%} of the matches below borderline")
    said = f"{' and '.join(held)}, each with {1 - promise.doubt:.0%} confidence" if held else "too few to promise"
    return f"noticedesk calibrate, {today.isoformat()}, {rests}: {said}"


def _rounded(cut: float, up: bool) -> float:
    """Four digits, to the side on which the promise still holds."""
    scaled = cut * 10_000
    return (-(-scaled // 1) if up else scaled // 1) / 10_000


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix.lower() == ".csv":
            table = csv.DictReader(lines)
            missing = [name for name in _COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise LabelError(f"{file} has no column {', '.join(missing)}")
            yield from ((table.line_num, {key: value for key, value in row.items() if key}) for row in table)
            return
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, _parsed(line, f"{file} line {number}")


def _parsed(line: str, where: str) -> Mapping[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LabelError(f"{where}: not JSON ({error})") from None
    if not isinstance(row, dict):
        raise LabelError(f"{where}: not a JSON object")
    return row


def _label(row: Mapping[str, object], where: str) -> Label:
    matcher, source = str(row.get("matcher") or "").strip(), str(row.get("source") or "decision")
    if not matcher:
        raise LabelError(f"{where}: no matcher is named")
    if source not in ("decision", "audit"):
        raise LabelError(f"{where}: source is {source!r}; it is decision or audit")
    return Label(
        matcher=matcher,
        score=_score(row.get("score"), where),
        match=_match(row.get("match"), where),
        kind=str(row.get("kind") or "").strip(),
        source=_source(source),
    )


def _score(given: object, where: str) -> float:
    try:
        score = float(str(given))
    except ValueError:
        raise LabelError(f"{where}: score is {given!r}, not a number") from None
    if not 0 <= score <= 1:
        raise LabelError(f"{where}: score is {given}, not within 0 and 1")
    return score


def _match(given: object, where: str) -> bool:
    said = str(given).strip().lower()
    if said not in (*_YES, *_NO):
        raise LabelError(f"{where}: match is {given!r}; it is true or false")
    return said in _YES
