"""What reading goes by, compiled once: the YAML of config/reading as cues, forms and tables."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from noticedesk.check.forms import Forms
from noticedesk.check.layout import Marks
from noticedesk.check.phrase import Cue, cue
from noticedesk.check.spoken import load_spoken
from noticedesk.check.wording import (
    Elements,
    FlagRule,
    Flags,
    FormQuestions,
    KindRule,
    KindRules,
    Kinds,
    Labels,
    Languages,
    NameWords,
    Recipe,
    Statements,
    Thread,
    Urls,
    Zones,
)
from noticedesk.settings import SettingError, nearest, read


@dataclass(frozen=True, slots=True)
class CompiledKind:
    """A kind's rule with its phrases compiled: points with the cue that earns them, and what speaks against it."""

    rule: KindRule
    cues: tuple[tuple[int, Cue, frozenset[str]], ...]
    against: Cue


@dataclass(frozen=True, slots=True)
class CompiledFlag:
    """A flag's rule with its phrases compiled: one of each of `needs` and not `unless` in one sentence raise it."""

    rule: FlagRule
    needs: tuple[tuple[Cue, ...], ...]
    unless: Cue


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a document is read by. Made once by load_reading; never changes."""

    marks: Marks
    cues: Mapping[str, Cue]
    recipes: Mapping[str, tuple[Recipe, ...]]
    not_own: Cue
    affirmed: Cue
    refused: Cue
    labels: tuple[tuple[str, Cue], ...]
    slots: Labels
    also_known: re.Pattern[str]
    zones: Zones
    names: NameWords
    self_named: re.Pattern[str]
    speaks_for: re.Pattern[str]
    closings: Cue
    signature: re.Pattern[str]
    signed_by: re.Pattern[str]
    people: Mapping[str, Cue]
    languages: Languages
    elements: Elements
    words: Mapping[str, Cue]
    urls: Urls
    roles: Mapping[str, Cue]
    kinds: Kinds
    kind_rules: tuple[CompiledKind, ...]
    right_rules: tuple[CompiledKind, ...]
    kind_words: Mapping[str, Cue]
    cites: Mapping[str, Cue]
    flags: tuple[CompiledFlag, ...]
    thread: Mapping[str, Cue]


def load_reading(folder: Path) -> Reading:
    """The reading of a folder (config/reading); raises SettingError naming the file and what is wrong in it."""
    statements = read(folder / "statements.yaml", Statements)
    zones = read(folder / "zones.yaml", Zones)
    names = read(folder / "names.yaml", NameWords)
    labels = read(folder / "labels.yaml", Labels)
    elements = read(folder / "elements.yaml", Elements)
    urls = read(folder / "urls.yaml", Urls)
    kinds = read(folder / "kinds.yaml", Kinds)
    spoken = load_spoken(folder / "spoken")
    _known_recipes(statements, spoken.cues, elements)
    forms = Forms(read(folder / "forms.yaml", FormQuestions).questions)
    slots = tuple((label.slot, _cue("labels.yaml", label.slot, label.names)) for label in labels.labels)
    return Reading(
        marks=Marks(_cue("zones.yaml", "preface", zones.preface), forms, slots),
        cues=_cues("spoken/*.yaml", spoken.cues),
        recipes=statements.statements,
        not_own=_cue("spoken/*.yaml", "not_own", spoken.not_own),
        affirmed=_cue("statements.yaml", "affirmed", (f"^ {word}" for word in statements.affirmed)),
        refused=_cue("statements.yaml", "refused", statements.refused),
        labels=slots,
        slots=labels,
        also_known=_any_of(labels.also_known),
        zones=zones,
        names=names,
        self_named=re.compile(rf"^\W{{0,4}}(?:{_spelt(names.self_named)}),?\s{{1,3}}", re.IGNORECASE),
        speaks_for=re.compile(rf"(?<!\w)(?:{_spelt(names.speaks_for)})[\s:]{{1,3}}", re.IGNORECASE),
        closings=_cue("zones.yaml", "closings", zones.closings),
        signature=_signing((*zones.signature_labels, *zones.signed_by), r"\s{0,3}(?:\([^)]{0,80}\))?\s{0,3}[:/]"),
        signed_by=_signing(zones.signed_by, r"(?!\w)"),
        people=_people(zones, names),
        languages=read(folder / "languages.yaml", Languages),
        elements=elements,
        words=_cues("spoken/*.yaml", spoken.words),
        urls=urls,
        roles=_cues("urls.yaml", urls.roles),
        kinds=kinds,
        kind_rules=_kinds(folder / "answers"),
        right_rules=_kinds(folder / "rights"),
        kind_words=_cues("kinds.yaml", asdict(kinds.words)),
        cites=_cues("kinds.yaml", kinds.cites),
        flags=_flags(folder / "flags.yaml", *sorted(folder.glob("grey/*.yaml"))),
        thread=_cues("thread.yaml", asdict(read(folder / "thread.yaml", Thread))),
    )


def _signing(words: Iterable[str], mark: str) -> re.Pattern[str]:
    """A line that begins with words of signing and a mark, and goes on with a name."""
    return re.compile(rf"^\W{{0,6}}(?:{_spelt(words)}){mark}(?P<name>.{{0,160}})$", re.IGNORECASE)


def _people(zones: Zones, names: NameWords) -> dict[str, Cue]:
    """The cues by which people, and ways to reach them, are told."""
    ways = {name: getattr(zones, name) for name in ("reach", "others_reach", "recipient", "address_label", "street")}
    theirs = {name: getattr(names, name) for name in ("speaker", "own_right", "others_right", "name_labels")}
    return _cues("zones.yaml", ways) | _cues("names.yaml", theirs)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_spelt(phrases)})(?!\w)", re.IGNORECASE)


def _spelt(phrases: Iterable[str]) -> str:
    """The phrases as alternatives, the longest first, however their words are parted."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


def _cues(file: str, phrases: Mapping[str, Iterable[str]]) -> dict[str, Cue]:
    return {name: _cue(file, name, wanted) for name, wanted in phrases.items()}


def _cue(file: str, name: str, phrases: Iterable[str]) -> Cue:
    try:
        return cue(name, phrases)
    except ValueError as error:
        raise SettingError(f"{file}: {name}: {error}") from None


def _kinds(folder: Path) -> tuple[CompiledKind, ...]:
    """The kinds of all files of a folder, in the order of the files' names."""
    return tuple(
        _kind(file.name, rule) for file in sorted(folder.glob("*.yaml")) for rule in read(file, KindRules).rules
    )


def _kind(file: str, rule: KindRule) -> CompiledKind:
    groups = ((group, _cue(file, rule.kind, group.any)) for group in rule.cues)
    cues = tuple((group.points, compiled, frozenset(group.slots)) for group, compiled in groups)
    return CompiledKind(rule, cues, _cue(file, f"{rule.kind} against", rule.against))


def _flags(*files: Path) -> tuple[CompiledFlag, ...]:
    return tuple(_flag(file.name, rule) for file in files for rule in read(file, Flags).flags)


def _flag(file: str, rule: FlagRule) -> CompiledFlag:
    groups = [group for group in (rule.any, rule.beside, rule.also, rule.of) if group]
    needs = tuple(tuple(_cue(file, rule.id, (phrase,)) for phrase in group) for group in groups)
    return CompiledFlag(rule, needs, _cue(file, f"{rule.id} unless", rule.unless))


def _known_recipes(statements: Statements, cues: Mapping[str, object], elements: Elements) -> None:
    """Raises SettingError for a recipe that names no cue, and for an element that names no recipe."""
    for name, recipes in statements.statements.items():
        for cued in (cued for recipe in recipes for cued in recipe.cues):
            if cued not in cues:
                raise SettingError(f"statements.yaml: {name} names cue {cued}{nearest(cued, cues)}")
    for element, way in elements.elements.items():
        if way.statement and way.statement not in statements.statements:
            known = nearest(way.statement, statements.statements)
            raise SettingError(f"elements.yaml: {element} names statement {way.statement}{known}")
