"""The document of a mandate is erased with the last case of its principal, and with no other."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.registry import register
from noticedesk.desk.retain import erase, holds
from noticedesk.model.claim import Claim
from noticedesk.model.keeping import Tombstone
from noticedesk.model.party import Mandate
from noticedesk.model.person import Person, Role
from noticedesk.store import proof, records
from tests.noticedesk.desk.factory import Web, person
from tests.noticedesk.desk.retain.test_erase import NAME, WHY, case, everything, finish

OTHER = "Maud Pepperell"
PDF = b"%PDF-1.7\nZebedee Quillfeather authorises Brandco.\n%%EOF"


@pytest.fixture
def legal(desk: Desk) -> Person:
    return person(desk, Role.LEGAL, Role.SPECIALIST, name="Cy")


def mandated(desk: Desk, by: Person, principal: str, document: bytes = PDF) -> Mandate:
    shown = register.Shown(proof=f"a letter by {principal}", document=document, rights=("copyright",))
    return register.add_mandate(desk, by, principal, "@brandco.example", shown)


def finished(desk: Desk, home: Path, web: Web, legal: Person, *principals: str) -> list[Claim]:
    made = [case(desk, home, web, f"a{place}") for place, _ in enumerate(principals)]
    with desk.db.write() as tx:
        for one, principal in zip(made, principals, strict=True):
            records.replace(tx, replace(records.get(tx, Claim, one.id), principal=register.key(principal)))
    for one in made:
        finish(desk, legal, one)
    return made


def kept(desk: Desk, mandate: Mandate) -> Mandate:
    with desk.db.read() as look:
        return records.get(look, Mandate, mandate.id)


def test_the_document_and_the_words_of_a_mandate_go_with_the_only_case_of_its_principal(
    desk: Desk, tmp_path: Path, web: Web, legal: Person
) -> None:
    (done,) = finished(desk, tmp_path, web, legal, NAME)
    made = mandated(desk, legal, NAME)
    assert "authorises Brandco" in everything(desk)
    erase.erase(desk, legal, done.id, WHY)
    left = everything(desk)
    assert [word for word in ("authorises Brandco", NAME, NAME.lower(), "brandco.example") if word in left] == []
    with pytest.raises(store.Erased):
        desk.blobs.get(made.document)
    blank = kept(desk, made)
    assert (blank.principal, blank.agent, blank.proof, blank.document) == ("", "", "", "")
    with desk.db.read() as look:
        assert records.find(look, Tombstone, about=done.id, sha256=made.document), "what is gone is told"
    assert proof.verify(desk.db) == []


def test_a_mandate_stays_while_its_principal_has_another_case(
    desk: Desk, tmp_path: Path, web: Web, legal: Person
) -> None:
    first, second = finished(desk, tmp_path, web, legal, NAME, NAME)
    made = mandated(desk, legal, NAME)
    erase.erase(desk, legal, first.id, WHY)
    assert desk.blobs.get(made.document) == PDF and kept(desk, made) == made
    erase.erase(desk, legal, second.id, WHY)
    assert not desk.blobs.has(made.document) and kept(desk, made).document == ""


def test_a_document_that_proves_the_mandate_of_somebody_else_too_stays_for_them(
    desk: Desk, tmp_path: Path, web: Web, legal: Person
) -> None:
    first, _ = finished(desk, tmp_path, web, legal, NAME, OTHER)
    mine, theirs = mandated(desk, legal, NAME), mandated(desk, legal, OTHER)
    assert mine.document == theirs.document
    erase.erase(desk, legal, first.id, WHY)
    assert desk.blobs.get(theirs.document) == PDF
    assert kept(desk, mine).document == "" and kept(desk, theirs) == theirs


def test_a_mandate_of_somebody_without_a_case_is_touched_by_no_erasure(
    desk: Desk, tmp_path: Path, web: Web, legal: Person
) -> None:
    (done,) = finished(desk, tmp_path, web, legal, NAME)
    other = mandated(desk, legal, OTHER, PDF + b" ")
    erase.erase(desk, legal, done.id, WHY)
    assert desk.blobs.get(other.document) == PDF + b" " and kept(desk, other) == other


def test_a_hold_on_the_case_keeps_the_document(desk: Desk, tmp_path: Path, web: Web, legal: Person) -> None:
    (done,) = finished(desk, tmp_path, web, legal, NAME)
    made = mandated(desk, legal, NAME)
    holds.place(desk, legal, done.id, "a lawsuit is announced")
    with pytest.raises(erase.NotErased):
        erase.erase(desk, legal, done.id, WHY)
    assert desk.blobs.get(made.document) == PDF and kept(desk, made) == made
