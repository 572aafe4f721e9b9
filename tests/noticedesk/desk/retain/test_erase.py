"""Erasure: refused under a hold, and thorough without one; what others need survives, and the chain holds."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from noticedesk import store
from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.retain import erase, holds
from noticedesk.desk.retain.erase import NotErased
from noticedesk.desk.review import Ruling, decide
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.evidence import Evidence
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party
from noticedesk.model.person import Person, Role
from noticedesk.store import outbox, proof, records
from tests.noticedesk.desk.factory import LETTER, Mail, Time, Web, deliver, opened, person, picture

NAME = "Zebedee Quillfeather"
"""A name that stands nowhere but in the case that is erased."""

WHY = "asked for by the data subject"


def case(desk: Desk, home: Path, web: Web, item: str, name: str = NAME, seed: int = 7) -> Claim:
    """A claim of that name about an item, dismissed, with everything that comes with it."""
    url = web.listing(item, title=f"Print of {name}", seed=seed)
    letter = LETTER.replace("Maria Lind", name).replace("maria@lind.example", f"{item}@quill.example")
    mail = Mail(
        text=letter,
        urls=(url,),
        sender=f"{item}@quill.example",
        subject=f"From {name}",
        message_id=f"<{item}@quill.example>",
        picture=picture(7),
    )
    before = {item.id for item in claims(desk)}
    deliver(home, {f"{item}.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    (made,) = [one for one in claims(desk) if one.id not in before]
    return made


def claims(desk: Desk) -> list[Claim]:
    with desk.db.read() as look:
        return records.find(look, Claim)


def finish(desk: Desk, by: Person, about: Claim) -> None:
    """Dismisses everything and lets the letters leave."""
    with desk.db.read() as look:
        open_ones = records.find(look, Allegation, claim=about.id)
    for one in open_ones:
        decide(desk, by, one.id, Ruling(action=Action.NONE, reason=Reason.NOT_SAME), one.version)
    with desk.db.write() as tx:
        for row in records.find(tx, Outbox, claim=about.id, kind=OutboxKind.MAIL, state=OutboxState.QUEUED):
            outbox.mark(tx, row.id, OutboxState.SENT, desk.now())


def everything(desk: Desk) -> str:
    """All text of all tables and all bytes of all blobs."""
    with desk.db.read() as look:
        names = [row[0] for row in look.run(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        rows = [str(tuple(row)) for name in names for row in look.run(text(f'SELECT * FROM "{name}"'))]
    blobs = [path.read_bytes().decode("latin-1") for path in desk_home(desk).rglob("blobs/**/*") if path.is_file()]
    return "\n".join([*rows, *blobs])


def desk_home(desk: Desk) -> Path:
    return desk.settings.home


@pytest.fixture
def legal(desk: Desk) -> Person:
    return person(desk, Role.LEGAL, name="Cy")


@pytest.fixture
def done(desk: Desk, tmp_path: Path, web: Web, legal: Person) -> Claim:
    """A finished case in which the name stands wherever it can."""
    made = case(desk, tmp_path, web, "a1")
    finish(desk, legal, made)
    assert NAME in everything(desk)
    return made


def test_nothing_personal_is_left_of_an_erased_claim_and_the_chain_holds(
    desk: Desk, done: Claim, legal: Person
) -> None:
    with desk.db.read() as look:
        notice = records.find(look, Notice, claim=done.id)[0]
    stone = erase.erase(desk, legal, done.id, WHY)
    left = everything(desk)
    assert [word for word in (NAME, NAME.lower(), "quill.example", "Quillfeather") if word in left] == []
    assert proof.verify(desk.db) == []
    assert (stone.about, stone.erased_by, stone.why, stone.rule) == (done.id, legal.id, WHY, "request")
    with pytest.raises(store.Erased, match="request"):
        desk.blobs.get(notice.sha256)
    with desk.db.read() as look:
        assert erase.tombstone(look, done.id) == stone
        assert records.get(look, Claim, done.id).regime == done.regime


@pytest.mark.parametrize("prefix", ["C", "P", "L"])
def test_a_hold_on_claim_party_or_listing_refuses_the_erasure_by_name(
    desk: Desk, done: Claim, legal: Person, prefix: str
) -> None:
    with desk.db.read() as look:
        listing = records.find(look, Allegation, claim=done.id)[0].listing
        about = {"C": done.id, "P": records.find(look, Party, claim=done.id)[0].id, "L": listing}[prefix]
    held = holds.place(desk, legal, about, "a lawsuit is announced")
    before = everything(desk)
    with pytest.raises(NotErased, match=held.id):
        erase.erase(desk, legal, done.id, WHY)
    assert everything(desk) == before
    with desk.db.read() as look:
        assert records.get(look, Claim, done.id).hold
    holds.lift(desk, legal, about, "settled")
    erase.erase(desk, legal, done.id, WHY)
    assert NAME not in everything(desk)


def test_bytes_that_another_claim_needs_survive(desk: Desk, tmp_path: Path, web: Web, legal: Person) -> None:
    first, second = case(desk, tmp_path, web, "a1"), case(desk, tmp_path, web, "b2", name="Maud Pepperell")
    for one in (first, second):
        finish(desk, legal, one)
    with desk.db.read() as look:
        mine, other = (
            {item.sha256 for item in records.find(look, Evidence, claim=one.id) if item.sha256}
            for one in (first, second)
        )
    assert mine & other
    erase.erase(desk, legal, first.id, WHY)
    assert all(desk.blobs.has(digest) for digest in other)
    assert not any(desk.blobs.has(digest) for digest in mine - other)
    erase.erase(desk, legal, second.id, WHY)
    assert not any(desk.blobs.has(digest) for digest in mine | other)


def test_erasing_a_party_takes_the_case_in_which_it_is_named(desk: Desk, done: Claim, legal: Person) -> None:
    with desk.db.read() as look:
        party = records.find(look, Party, claim=done.id)[0]
    assert erase.erase(desk, legal, party.id, WHY).about == party.id
    assert NAME not in everything(desk)


def test_a_case_that_is_not_finished_is_not_erased(desk: Desk, tmp_path: Path, web: Web, legal: Person) -> None:
    with pytest.raises(NotErased, match="in_review"):
        erase.erase(desk, legal, case(desk, tmp_path, web, "a1").id, WHY)


def test_a_letter_that_has_not_left_keeps_the_case(desk: Desk, tmp_path: Path, web: Web, legal: Person) -> None:
    made = case(desk, tmp_path, web, "a1")
    with desk.db.read() as look:
        (one,) = records.find(look, Allegation, claim=made.id)
    decide(desk, legal, one.id, Ruling(action=Action.NONE, reason=Reason.NOT_SAME), one.version)
    with pytest.raises(NotErased, match="has not left yet"):
        erase.erase(desk, legal, made.id, WHY)


def test_a_reason_that_names_somebody_is_refused(desk: Desk, done: Claim, legal: Person) -> None:
    with pytest.raises(NotErased, match="names a person"):
        erase.erase(desk, legal, done.id, f"{NAME} asked for it")


def test_only_legal_holds_and_erases(desk: Desk, done: Claim) -> None:
    for roles in ((Role.SPECIALIST,), (Role.ADMIN,)):
        somebody = person(desk, *roles, name=roles[0].value)
        with pytest.raises(NotPermitted):
            holds.place(desk, somebody, done.id, "why")
        with pytest.raises(NotPermitted):
            erase.erase(desk, somebody, done.id, WHY)


def test_a_hold_that_is_not_there_cannot_be_lifted(desk: Desk, done: Claim, legal: Person) -> None:
    with pytest.raises(holds.NoHold, match="no hold on"):
        holds.lift(desk, legal, done.id, "why")
    with pytest.raises(holds.NoHold, match="is no claim"):
        holds.place(desk, legal, "A-1", "why")


Step = tuple[str, int]
STEPS = st.lists(st.tuples(st.sampled_from(["hold", "lift", "erase"]), st.integers(0, 2)), max_size=10)


@settings(max_examples=4, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_whatever_is_held_and_erased_no_held_bytes_go_and_the_chain_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    home, web = tmp_path_factory.mktemp("held"), Web()
    names = ["Zebedee Quillfeather", "Maud Pepperell", "Ottoline Grackle"]
    with opened(home, web, Time()) as desk:
        legal = person(desk, Role.LEGAL, name="Cy")
        made = [case(desk, home, web, f"i{place}", name) for place, name in enumerate(names)]
        for one in made:
            finish(desk, legal, one)
        needed = [_digests(desk, one) for one in made]
        held: set[int] = set()
        gone: set[int] = set()
        for act, place in steps:
            if act == "hold":
                holds.place(desk, legal, made[place].id, "a lawsuit")
                held.add(place)
            elif act == "lift" and place in held:
                holds.lift(desk, legal, made[place].id, "settled")
                held.discard(place)
            elif act == "erase" and place in held | gone:
                with pytest.raises(NotErased):
                    erase.erase(desk, legal, made[place].id, WHY)
            elif act == "erase":
                erase.erase(desk, legal, made[place].id, WHY)
                gone.add(place)
            for other in set(range(3)) - gone:
                assert all(desk.blobs.has(digest) for digest in needed[other])
        assert proof.verify(desk.db) == []
        left = everything(desk)
        assert [names[place] in left for place in range(3)] == [place not in gone for place in range(3)]


def _digests(desk: Desk, about: Claim) -> set[str]:
    with desk.db.read() as look:
        return {digest for digest in store.erasing.digests(look, about.id) if desk.blobs.has(digest)}


def test_a_hold_keeps_its_reason_until_the_claim_is_erased(desk: Desk, done: Claim, legal: Person) -> None:
    holds.place(desk, legal, done.id, f"{NAME} is sued")
    holds.lift(desk, legal, done.id, f"{NAME} has settled")
    erase.erase(desk, legal, done.id, WHY)
    assert NAME not in everything(desk)
