"""One listing of the catalogue against every signal: its pictures captured, nominated by the index, and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matchers import image, index
from noticedesk import gather
from noticedesk.compare import Described
from noticedesk.decide import band_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.sweep.catalogue import Offer
from noticedesk.model.decision import Band
from noticedesk.model.evidence import Outcome
from noticedesk.model.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A signal that matched a picture of the listing."""

    signal: Signal
    sha256: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at one listing gave; `problems` are pictures that could not be seen, which is no "no match"."""

    offer: Offer
    hits: tuple[Hit, ...]
    pictures: int
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Gallery:
    """The signals of a run, their index, and those of their pictures that were described."""

    nearest: index.Index
    signals: Mapping[str, list[Signal]]
    described: dict[str, Described] = field(default_factory=dict)

    def picture(self, desk: Desk, sha256: str) -> Described:
        """A signal's picture, described once a run."""
        if sha256 not in self.described:
            body = desk.blobs.get(sha256)
            self.described[sha256] = desk.describe(body)
        return self.described[sha256]


def look_at(desk: Desk, gallery: Gallery, offer: Offer) -> Seen:
    """Fetches the listing's pictures through the guarded door and compares each with what the index nominates."""
    best: dict[str, Hit] = {}
    problems: list[str] = []
    captures = gather.gather_media(offer.pictures, desk.places, desk.fetch_media, desk.now())
    for capture in captures:
        theirs = desk.describe(capture.body) if capture.outcome is Outcome.FETCHED else None
        if not isinstance(theirs, image.Picture):
            problems.append(capture.problem or "a picture that cannot be read")
            continue
        for hit in _hits(desk, gallery, theirs):
            if hit.signal.id not in best or hit.score > best[hit.signal.id].score:
                best[hit.signal.id] = hit
    return Seen(offer=offer, hits=tuple(best.values()), pictures=len(captures), problems=tuple(problems))


def _hits(desk: Desk, gallery: Gallery, theirs: image.Picture) -> list[Hit]:
    found: list[Hit] = []
    for nominee in gallery.nearest.search(theirs):
        finding = image.compare(gallery.picture(desk, nominee.name), theirs)
        if finding.score is not None and band_of(finding, desk.bands) is Band.STRONG:
            of = gallery.signals[nominee.name]
            found += [Hit(signal=signal, sha256=theirs.sha256, score=finding.score) for signal in of]
    return found
