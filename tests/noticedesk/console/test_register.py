"""The register's page: mandates with the document that proves them, rights as looked up, and permissions."""

import re

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.registry import proofs
from noticedesk.model.listing import Listing
from noticedesk.model.party import Mandate
from noticedesk.model.person import Person, Role
from noticedesk.model.right import Permission, Right
from noticedesk.store import records
from tests.noticedesk.console.factory import SAME_ORIGIN, Visitor, with_password

PDF = b"%PDF-1.7\nWe authorise Brandco to act for us.\n%%EOF"
MANDATE = {
    "principal": "Acme GmbH",
    "agent": "@brandco.example",
    "proof": "letter of 2026-11-01",
    "rights": "trademark",
}


def send(visitor: Visitor, raw: bytes, name: str = "proof.pdf", status: int = 200) -> str:
    answer = visitor.client.post(
        "/register/mandates", data=MANDATE, files={"document": (name, raw, "application/pdf")}, headers=SAME_ORIGIN
    )
    assert answer.status_code == status, answer.text[:500]
    return answer.text


def only(desk: Desk, noun: type) -> object:
    with desk.db.read() as look:
        (found,) = records.find(look, noun)
    return found


def test_the_document_of_a_mandate_is_kept_and_comes_back_byte_for_byte(
    desk: Desk, visitor: Visitor, ann: Person
) -> None:
    visitor.sign_in(ann)
    page = send(visitor, PDF, "../../evil<b>.exe")
    assert "letter of 2026-11-01" in page and "evil" not in page
    mandate = only(desk, Mandate)
    assert isinstance(mandate, Mandate)
    assert (mandate.principal, mandate.rights) == ("acme gmbh", ("trademark",))
    answer = visitor.client.get(f"/register/proof/{mandate.id}")
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{mandate.id}.pdf"'


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"<html><script>alert(1)</script>", "by its contents"),
        (b"MZ\x90\x00 a program", "by its contents"),
        (b"PK\x03\x04 an archive", "by its contents"),
    ],
    ids=["page", "program", "archive"],
)
def test_what_is_no_document_by_its_contents_is_refused(
    desk: Desk, visitor: Visitor, ann: Person, raw: bytes, says: str
) -> None:
    visitor.sign_in(ann)
    assert says in send(visitor, raw, "proof.pdf", 422)
    with desk.db.read() as look:
        assert records.find(look, Mandate) == []


def test_a_document_that_is_too_large_is_refused_and_not_read_to_its_end(
    desk: Desk, visitor: Visitor, ann: Person
) -> None:
    visitor.sign_in(ann)
    send(visitor, PDF + b"x" * proofs.LARGEST, status=422)
    send(visitor, PDF + b"x" * (proofs.LARGEST + 2**20), status=413)


def test_a_mandate_described_in_words_has_no_document(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    assert "described only" in visitor.post("/register/mandates", **MANDATE)
    mandate = only(desk, Mandate)
    assert isinstance(mandate, Mandate)
    visitor.get(f"/register/proof/{mandate.id}", 404)
    page = visitor.post("/register/mandates/end", mandate=mandate.id)
    assert "ended 2026-11-19" in page


def test_a_file_reaches_no_other_page(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    answer = visitor.client.post("/register/rights", files={"document": ("a", PDF)}, headers=SAME_ORIGIN)
    assert answer.status_code == 413


def test_a_right_is_kept_as_looked_up_and_permissions_come_and_go(desk: Desk, visitor: Visitor, ann: Person) -> None:
    with desk.db.write() as tx:
        records.add(tx, Listing(id="L-1", service="shop", item="m-1", url="https://shop.example/item/m-1"))
    visitor.sign_in(ann)
    seen = {"kind": "trademark", "holder": "Acme GmbH", "office": "EUIPO", "number": "018123456", "status": "active"}
    seen |= {"classes": "25, 35", "territory": "de fr", "expires": "2030-01-31"}
    page = visitor.client.post("/register/rights", data=seen, headers=SAME_ORIGIN).text
    assert "018123456" in page and "by <bdi>Ann" in page and "until 2030-01-31" in page
    right = only(desk, Right)
    assert isinstance(right, Right)
    assert (right.classes, right.territory) == (("25", "35"), ("DE", "FR"))
    leave = {"right": right.id, "holder": "Shop Nine", "note": "dealer"}
    assert "needs who has it" in visitor.post("/register/permissions", 422, **leave)
    assert "0 listings are called" in visitor.post("/register/permissions", 422, **leave, listing="m-2")
    page = visitor.post("/register/permissions", **leave, listing="m-1")
    assert "Shop Nine" in page and "dealer" in page
    permission = only(desk, Permission)
    assert isinstance(permission, Permission)
    assert permission.listing == "L-1"
    assert "ended 2026-11-19" in visitor.post("/register/permissions/end", permission=permission.id)


def test_only_what_a_holder_has_is_shown_when_asked_for(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    visitor.post("/register/mandates", **MANDATE)
    assert "@brandco.example" in visitor.get("/register?holder=ACME%20gmbh")
    assert "@brandco.example" not in visitor.get("/register?holder=other")


@pytest.mark.parametrize("path", ["mandates", "mandates/end", "rights", "permissions", "permissions/end"])
def test_who_keeps_no_register_changes_none(desk: Desk, visitor: Visitor, path: str) -> None:
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    assert not re.search(r"Add a mandate|Keep what an office", visitor.get("/register"))
    visitor.post(f"/register/{path}", 403, **MANDATE)
