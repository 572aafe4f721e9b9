"""Comparing: every work against its listing as captured, into findings that name their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchers.finding import Finding
from matchers.image import Unreadable
from noticedesk import gather, store
from noticedesk.compare import Described, References, Shown, compare
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.desk import Desk
from noticedesk.desk.stages.stage import Stage
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.right import Work
from noticedesk.store import moves, records


@dataclass(frozen=True, slots=True)
class Bench:
    """An allegation with its work and everything that was captured for it."""

    allegation: Allegation
    listing: Listing
    work: Work
    evidence: tuple[Evidence, ...]

    def captured(self, role: EvidenceRole) -> list[Evidence]:
        """The evidence of one role, fetched or not; of a listing that was captured more than once, the latest."""
        found = [item for item in self.evidence if item.role is role]
        theirs = [item.fetched_at for item in found if item.listing]
        return [item for item in found if not item.listing or item.fetched_at == max(theirs)]


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[Bench]:
    """The leased allegations with work, listing and evidence."""
    return [_bench(look, records.get(look, Allegation, one)) for one in ids]


def _bench(look: store.Look, allegation: Allegation) -> Bench:
    of_claim = records.find(look, Evidence, claim=allegation.claim)
    mine = [item for item in of_claim if item.listing == allegation.listing or item.work == allegation.work]
    return Bench(
        allegation,
        records.get(look, Listing, allegation.listing),
        records.get(look, Work, allegation.work),
        tuple(mine),
    )


def work(desk: Desk, bench: Bench) -> tuple[Finding, ...]:
    """The findings of every matcher that applies to the work."""
    words = _words(desk, bench)
    shown = Shown(
        name=bench.listing.id,
        title=words.title,
        description=words.description,
        seller=words.seller,
        pictures=_described(desk, bench.captured(EvidenceRole.MEDIA)),
    )
    had = [item for item in bench.captured(EvidenceRole.REFERENCE) if item.outcome is Outcome.FETCHED]
    others = [item for item in bench.captured(EvidenceRole.REFERENCE) if item.outcome is not Outcome.FETCHED]
    problems = tuple(item.problem or item.outcome.value for item in others)
    return compare(bench.work, References(pictures=_described(desk, had), problems=problems), shown)


def _words(desk: Desk, bench: Bench) -> gather.Gathered:
    """What the captured page says, read again from its bytes."""
    warc = [item for item in bench.captured(EvidenceRole.WARC) if item.url == bench.listing.url][-1]
    again = gather.page_of(desk.blobs.get(warc.sha256))
    return gather.gather_listing(bench.listing.url, desk.places, lambda _url: again, warc.fetched_at)


def _described(desk: Desk, evidence: Sequence[Evidence]) -> dict[str, Described]:
    """The pictures by digest; one that was not captured is there by its URL, with the reason."""
    return {
        item.sha256 or item.url: desk.describe(desk.blobs.get(item.sha256))
        if item.outcome is Outcome.FETCHED
        else Unreadable("", item.problem or item.outcome.value)
        for item in evidence
    }


def save(desk: Desk, tx: store.Transaction, bench: Bench, found: tuple[Finding, ...]) -> str:
    """Saves the findings beside the allegation."""
    ours, theirs = _ids(bench.captured(EvidenceRole.REFERENCE)), _ids(bench.captured(EvidenceRole.MEDIA))
    for finding in found:
        about = store.About(
            allegation=bench.allegation.id,
            work=bench.work.id,
            reference=ours.get(finding.ours),
            evidence=theirs.get(finding.theirs),
        )
        records.add(tx, store.attach(finding, about, id=new_id("F"), made_at=desk.now()))
    moves.move(tx, bench.allegation, AllegationState.COMPARED, PROCESS)
    return "compared"


def _ids(evidence: Sequence[Evidence]) -> dict[str, str]:
    """The evidence by the name under which the matchers knew it."""
    return {item.sha256 or item.url: item.id for item in evidence}


STAGE = Stage(
    name="compare",
    noun=Allegation,
    states=(AllegationState.GATHERED,),
    claim_states=(ClaimState.ACCEPTED,),
    load=load,
    work=work,
    save=save,
    id_of=lambda bench: bench.allegation.id,
)
