"""What each URL of a notice stands for, by where it stands and what is said there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from noticedesk.check.context import Context, Walker
from noticedesk.check.hosts import Place, place_of
from noticedesk.check.lexer import Lexed, lex
from noticedesk.check.page import Page, Piece, Zone, squash
from noticedesk.check.reading import Reading
from noticedesk.check.unwrap import mended, unwrapped
from noticedesk.model.verdict import UrlReading, UrlRole

REPORTED_SLOTS = frozenset({"reported", "forks", "removed", "scope"})
ORIGINAL_SLOTS = frozenset({"original", "work"})
OTHER_SLOTS = frozenset({"licence", "infringer", "guide", "platform", "revised", "media", "fair_use"})
CONTACT_SLOTS = frozenset({"contact", "counter_contact", "email", "phone", "address", "signature", "agent_name"})
_INLINE = 40
Judged = tuple[UrlRole, int, str]
_RANK = {UrlRole.EXCLUDED: 3, UrlRole.REPORTED: 2, UrlRole.ORIGINAL: 1, UrlRole.OTHER: 0}
# when nothing is reported: what is likeliest to have been meant, first
_DOUBT = {UrlRole.ORIGINAL: 0, UrlRole.OTHER: 1, UrlRole.EXCLUDED: 2, UrlRole.REPORTED: 3}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a URL stands, its role there, and how surely: 3 said beside it, 2 by its slot, 1 by default."""

    lexed: Lexed
    url: str
    place: Place
    role: UrlRole
    strength: int
    why: str
    intro: str


@dataclass(frozen=True, slots=True)
class Links:
    """The URLs of a document, each once, with where it stands in the text for those that are reported."""

    readings: tuple[UrlReading, ...]
    occurrences: tuple[Occurrence, ...]

    def spans(self, role: UrlRole) -> tuple[tuple[int, int], ...]:
        """Where the URLs of one role stand first, in the order of the text."""
        wanted = {reading.url for reading in self.readings if reading.role is role}
        firsts: dict[str, tuple[int, int]] = {}
        for one in self.occurrences:
            if one.url in wanted:
                firsts.setdefault(one.url, (one.lexed.start, one.lexed.end))
        return tuple(firsts.values())


def links_of(page: Page, reading: Reading, hosts: tuple[str, ...], *, answering: bool = False) -> Links:
    """Every URL of the document with its role, whether it is specific enough to act on, and why.

    In a document that answers a notice (`answering`), the material that it is about counts as reported.
    """
    found = tuple(_lexed(page, reading, hosts))
    occurrences = tuple(_read(page, reading, hosts, found, answering=answering))
    back = _refers_back(page, reading) or "reported" not in page.asked
    best: dict[str, Occurrence] = {}
    for one in _settled(occurrences, back=back):
        key = one.place.key
        if key not in best or _weight(one) > _weight(best[key]):
            best[key] = one
    readings = tuple(
        UrlReading(url=one.url, role=one.role, status=one.place.status, why=one.why) for one in best.values()
    )
    return Links(readings, occurrences)


def _lexed(page: Page, reading: Reading, hosts: tuple[str, ...]) -> Iterator[Lexed]:
    """The URLs of the text in order; none reaches beyond the field of a record in which it begins."""
    at = 0
    for start, end in [*sorted({answer.span for answer in page.document.answers if answer.span}), (len(page.text), 0)]:
        if start < at:
            continue
        for first, last in ((at, start), (start, end)):
            for one in lex(page.text[first:last], page.plain[first:last], reading.urls, hosts):
                yield replace(one, start=one.start + first, end=one.end + first)
        at = max(start, end)


def _refers_back(page: Page, reading: Reading) -> bool:
    """True if what is to be removed is answered in words only that point at what was named before."""
    cue = reading.words["refers_back"]
    return any(cue.search(squash(page.plain[slice(*span)])) for span in page.answered("reported"))


def _settled(occurrences: tuple[Occurrence, ...], *, back: bool) -> Iterator[Occurrence]:
    """The occurrences, weighed once more against each other.

    Nobody's original lies in the account of who is said to copy it. Beside material on this service, a URL elsewhere is
    reported only in a list with such material. With nothing reported on this service, and no form that asks for it but
    in words that point `back`, what else was named there is what is to be removed.
    """
    reported = [one for one in occurrences if one.role is UrlRole.REPORTED and _here(one)]
    accounts = {_account(one.place.key) for one in reported}
    lists = {one.intro for one in reported if one.intro}
    rest = [one.role for one in occurrences if _may_be_meant(one)]
    least = min((_DOUBT[role] for role in rest), default=0)
    specific = any(one.place.status == "ok" for one in reported)
    hosts = {one.place.key.partition("/")[0] for one in reported if "/" in one.place.key}
    for one in occurrences:
        if one.lexed.bare and one.strength < 3 and one.place.key in hosts:
            yield replace(one, role=UrlRole.OTHER, strength=1, why="the site of what is to go")
        elif specific and one.place.account and one.role is UrlRole.REPORTED and one.strength < 4:
            yield replace(one, role=UrlRole.OTHER, strength=1, why="an account, beside what is to go in it")
        elif one.role is UrlRole.ORIGINAL and _here(one) and one.strength < 3 and _account(one.place.key) in accounts:
            yield replace(one, role=UrlRole.REPORTED, strength=1, why="in an account that is reported")
        elif back and not reported and _may_be_meant(one) and _DOUBT[one.role] == least:
            yield replace(one, role=UrlRole.REPORTED, strength=1, why="nothing else is named on this service")
        elif (
            one.role is UrlRole.REPORTED and not _here(one) and one.strength < 3 and reported and one.intro not in lists
        ):
            yield replace(one, role=UrlRole.OTHER, strength=1, why="elsewhere, and not in a list of what is to go")
        else:
            yield one


def _may_be_meant(one: Occurrence) -> bool:
    """True for something on this service that is not reported so far, and no page of the platform's own.

    Where no host of the service is known, a mere domain is more likely that of whoever complains.
    """
    domain = one.place.of_unknown and one.lexed.bare and "/" not in one.url
    return one.role is not UrlRole.REPORTED and _here(one) and not (one.place.own_page or one.place.bare_host or domain)


def _here(one: Occurrence) -> bool:
    return one.place.status in ("ok", "not_specific")


def _account(key: str) -> str:
    return "/".join(key.lower().split("/", 2)[:2])


def _weight(one: Occurrence) -> tuple[int, int]:
    return one.strength, _RANK[one.role]


def _read(
    page: Page, reading: Reading, hosts: tuple[str, ...], found: tuple[Lexed, ...], *, answering: bool
) -> Iterator[Occurrence]:
    walker = Walker(page, found)
    said: _Said | None = None
    for number, lexed in enumerate(found):
        piece = walker.piece(lexed)
        if piece.zone in (Zone.PREFACE, Zone.PROMPT) or piece.slot == "ticked":
            continue
        whole = mended(lexed.url, reading.urls)
        url = unwrapped(whole, reading.urls)
        place = place_of(url, hosts, reading.urls)
        context = walker.context(number)
        # in a list every address stands among the same words
        said = said if said and said.context == context else _Said(reading, context)
        role, strength, why = _role(said, place, piece)
        if answering and role is not UrlRole.OTHER:
            role, strength, why = _in_an_answer(place, piece)
        if url != whole:
            why += "; unwrapped"
        yield Occurrence(lexed, url, place, role, strength, f"{why}; {place.why}", context[1])


def _in_an_answer(place: Place, piece: Piece) -> Judged:
    """The role of a URL in a document that answers a notice: what it is about, or something beside it."""
    if place.status == "ok" or piece.slot in REPORTED_SLOTS:
        return UrlRole.REPORTED, 1, "the material that the answer is about"
    return UrlRole.OTHER, 1, "named in an answer to a notice"


def _role(said: "_Said", place: Place, piece: Piece) -> Judged:
    """The role of a URL at one place."""
    if place.own_page:
        return UrlRole.OTHER, 3, "a page of the platform itself"
    if piece.zone is Zone.QUOTED:
        return UrlRole.OTHER, 1, "in words of somebody else"
    if piece.slot in OTHER_SLOTS:
        return UrlRole.OTHER, 2, f"given as an answer about {piece.slot}"
    if place.of_unknown and piece.slot not in REPORTED_SLOTS and not said.has("infringing"):
        return _theirs(said, piece.slot)
    if place.status in ("ok", "not_specific"):
        return _ours(said, place, piece.slot)
    return _theirs(said, piece.slot)


def _ours(said: "_Said", place: Place, slot: str) -> Judged:
    """On this service: reported, unless the words beside it say that it is the original, excluded, or a person."""
    if place.bare_host:
        return UrlRole.OTHER, 1, "a site and nothing on it"
    if said.excluded:
        return said.excluded
    if place.account and said.has("person") and slot not in REPORTED_SLOTS:
        return UrlRole.OTHER, 2, "said to be a person's page"
    if slot == "original":
        return UrlRole.ORIGINAL, 2, "given as an answer to where the work is"
    if slot in REPORTED_SLOTS:
        if said.labelled("original_named") and not said.labelled("infringing"):
            return UrlRole.ORIGINAL, 3, "said to be the original"
        return UrlRole.REPORTED, 4, "given as an answer to what is to be removed"
    if said.nearest("infringing", "original_here", "original_lead") == "infringing":
        return UrlRole.REPORTED, 3, "said to infringe"
    if said.has("original_here") or said.labelled("original_lead"):
        return UrlRole.ORIGINAL, 3, "said to be the original"
    if said.labelled("other"):
        return UrlRole.OTHER, 2, "said to be something else"
    return UrlRole.REPORTED, 1, "on this service, with nothing said against it"


def _theirs(said: "_Said", slot: str) -> Judged:
    """Elsewhere: other, unless it is said or answered that it is the original, or that it is to be removed."""
    if said.excluded:
        return said.excluded
    if slot in CONTACT_SLOTS:
        return UrlRole.OTHER, 2, "given with a name and address"
    if slot in REPORTED_SLOTS:
        return _theirs_reported(said)
    if slot in ORIGINAL_SLOTS:
        if said.labelled("other") and said.nearest("other", "original") == "other":
            return UrlRole.OTHER, 2, "said to be something else"
        return UrlRole.ORIGINAL, 2, "given as an answer to what the work is"
    near = said.nearest("original", "infringing", "original_lead")
    if said.labelled("other") and near != "original" and not said.labelled("infringing"):
        return UrlRole.OTHER, 2, "said to be something else"
    if near == "infringing" and not said.inline:
        return UrlRole.REPORTED, 2, "said to infringe"
    if near.startswith("original") or (not near and said.has("maybe_original")):
        return UrlRole.ORIGINAL, 3, "said to be the original"
    if slot and not near and said.has("site"):
        return UrlRole.ORIGINAL, 2, "a site named in an answer"
    return UrlRole.OTHER, 1, "nothing says what it stands for"


def _theirs_reported(said: "_Said") -> Judged:
    """Elsewhere, in an answer to what is to be removed: often the original, set beside its copies."""
    if said.labelled("infringing"):
        return UrlRole.REPORTED, 3, "said to infringe"
    if said.has("original") or said.labelled("maybe_original"):
        return UrlRole.ORIGINAL, 3, "said to be the original"
    if said.labelled("other") or said.inline:
        return UrlRole.OTHER, 2, "named beside what is to be removed"
    return UrlRole.REPORTED, 2, "given as an answer to what is to be removed"


class _Said:
    """What the words beside a URL say of it: those on its line, and those that introduce the line."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._roles = reading.roles
        self.context = context
        self._lead, self._intro, self._tail = context
        self._ends: dict[tuple[str, str], int] = {}
        self.inline = len(self._lead) > _INLINE and not self._lead.endswith(":")

    @cached_property
    def excluded(self) -> Judged | None:
        """Excluded, or the original that is to stay; None if nothing says so."""
        cue = self._roles["excluded"]
        introduced = not self._lead and self._intro.endswith(":") and cue.search(self._intro)
        if not (cue.search(self._lead) or cue.search(self._tail) or introduced):
            return None
        if self.has("original_only"):
            return UrlRole.ORIGINAL, 3, "said to be the original, not to be removed"
        return UrlRole.EXCLUDED, 3, "said not to be meant"

    def has(self, role: str) -> bool:
        """True if the words on the line say it, or, where these say nothing, those that introduce the line."""
        return self._end(role, self._lead) >= 0 or (not self._lead_speaks() and self._end(role, self._intro) >= 0)

    def labelled(self, role: str) -> bool:
        """True if the words on the line itself say it."""
        return self._end(role, self._lead) >= 0

    def nearest(self, *roles: str) -> str:
        """The role whose words stand nearest before the URL; empty if none of them is said."""
        for words in (self._lead, self._intro):
            ends = {role: self._end(role, words) for role in roles}
            best = max(roles, key=lambda role: ends[role])
            if ends[best] >= 0:
                return best
        return ""

    def _lead_speaks(self) -> bool:
        return any(self._end(role, self._lead) >= 0 for role in ("original", "infringing", "other", "maybe_original"))

    def _end(self, role: str, words: str) -> int:
        """Where the last words that say it end; -1 where none do."""
        known = self._ends.get((role, words))
        if known is None:
            cue = self._roles[role]
            known = max((found.end() for found in cue.found(words)), default=-1)
            self._ends[role, words] = known
        return known
