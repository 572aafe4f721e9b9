"""Law and policy as shown data: every regime with what counsel has not reviewed, letters, bands, and what changed."""

from dataclasses import replace

from noticedesk.console.law import changes
from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person
from tests.noticedesk.console.factory import Visitor


def test_every_regime_says_whether_counsel_has_reviewed_it(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    page = visitor.get("/law")
    for law in desk.law:
        assert f'href="/law/regime/{law.id}"' in page
        shown = visitor.get(f"/law/regime/{law.id}")
        assert "eviewed by counsel" in shown and law.id in shown
        assert ("Not yet reviewed" not in shown) is law.reviewed_by_counsel
    for name in (*desk.bands, "undo minutes", "chase.visit attempts"):
        assert name.replace("_", " ") in page


def test_a_letter_is_shown_as_its_template(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    page = visitor.get("/law/letter?name=any/receipt&language=en")
    assert "We received your notice on {{ received | date }}" in page
    assert "no letter is called" in visitor.get("/law/letter?name=any/recept", 422)
    assert "regime" in visitor.get("/law/regime/us_dmca_512x", 422)


def test_what_a_version_changed_is_told_by_part(desk: Desk) -> None:
    early = next(law for law in desk.law if law.id == "us_dmca_512c").versions[-1]
    first, *rest = early.elements
    late = replace(early, version=early.version + 1, elements=(replace(first, asks="More."), *rest[1:]), sentences=())
    told = {item.part: item for item in changes(early, late)}
    assert told["elements"].differ == (first.id,) and told["elements"].went == (rest[0].id,)
    assert len(told["sentences"].went) == len(early.sentences) and set(told) == {"elements", "sentences"}
    assert changes(early, early) == ()
