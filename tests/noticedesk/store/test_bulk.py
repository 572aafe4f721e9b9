import pytest

from noticedesk import store
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import bulk, proof, records, waiting
from noticedesk.store.chain import Entry
from noticedesk.store.tables import Noun
from tests.noticedesk.store.factory import BOTH, DESK, NOON, claim, fresh, listing


def some(count: int) -> tuple[list[Noun], list[Entry]]:
    nouns: list[Noun] = []
    entries: list[Entry] = []
    for number in range(count):
        of, on = claim(due_at=NOON, principal='o"brien\t\\', flags=("a",) if number % 2 else ()), listing()
        work = Work(id=fresh("W"), claim=of.id, kind=AssetKind.PHOTO, title="Ünïcode\n\\N", urls=("https://a.example",))
        made = Allegation(
            id=fresh("A"), claim=of.id, work=work.id, listing=on.id, url=on.url, state=AllegationState.IN_REVIEW
        )
        nouns += [made, work, on, of]
        entries += [
            Entry(actor=DESK, act=act, subject=of.id, claim=of.id) for act in ("claim.opened", "claim.accepted")
        ]
    return nouns, entries


@BOTH
def test_what_is_loaded_reads_back_is_chained_and_stands_in_the_queue(db: store.Database) -> None:
    nouns, entries = some(5)
    with db.write() as tx:
        bulk.load(tx, nouns[:12], entries[:6])
    with db.write() as tx:
        bulk.load(tx, nouns[12:], entries[6:])
    assert proof.verify(db) == []
    claims = [noun for noun in nouns if isinstance(noun, Claim)]
    with db.read() as look:
        for noun in nouns:
            assert records.get(look, type(noun), noun.id) == noun
        assert waiting.count(look, waiting.Filters()) == 5
    assert all(proof.verify_claim(db, one.id) == [] for one in claims)


@BOTH
def test_a_load_that_contradicts_what_is_there_saves_nothing(db: store.Database) -> None:
    nouns, entries = some(2)
    with pytest.raises(store.Conflict), db.write() as tx:
        bulk.load(tx, [*nouns, nouns[0]], entries)
    with db.read() as look:
        assert records.count(look, Claim) == 0
        assert waiting.count(look, waiting.Filters()) == 0
