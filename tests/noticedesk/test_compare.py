"""Compare: which matchers speak about a mark, and what the seller's name adds."""

from noticedesk.compare import References, Shown, compare
from noticedesk.model.right import AssetKind, Work

WORK = Work(id="W-1", claim="C-1", kind=AssetKind.MARK, mark="Vantrello")
NONE = References(pictures={})


def spoken(shown: Shown) -> dict[str, float | None]:
    return {finding.matcher: finding.score for finding in compare(WORK, NONE, shown)}


def test_a_mark_in_the_seller_s_name_is_a_finding_of_its_own() -> None:
    found = spoken(Shown(name="L-1", title="Blue lamp", seller="BestVantrelloShop", pictures={}))
    assert found == {"mark": 0.0, "seller": 1.0}


def test_a_listing_that_names_no_seller_says_nothing_about_one() -> None:
    assert spoken(Shown(name="L-1", title="Vantrello lamp", pictures={})) == {"mark": 1.0}
    assert spoken(Shown(name="L-1", title="Vantrello lamp", seller="---", pictures={})) == {"mark": 1.0}


def test_a_text_is_not_looked_for_in_the_seller_s_name() -> None:
    work = Work(id="W-2", claim="C-1", kind=AssetKind.TEXT, mark="Vantrello", description="An oak lamp " * 8)
    shown = Shown(name="L-1", title="Lamp", description="A linen shade " * 8, seller="Vantrello", pictures={})
    assert [finding.matcher for finding in compare(work, NONE, shown)] == ["passage"]


def test_another_name_of_the_mark_is_found_where_the_mark_is_not() -> None:
    work = Work(id="W-3", claim="C-1", kind=AssetKind.MARK, mark="Vantrello", aliases=("範特雷洛", "Oakbird"))
    (found,) = compare(work, NONE, Shown(name="L-1", title="Blue Oakbird lamp OB-7", pictures={}))
    assert (found.ours, found.score) == ("Oakbird", 1.0)
    assert "another name of Vantrello" in found.reason


def test_the_mark_itself_goes_before_its_other_names() -> None:
    work = Work(id="W-3", claim="C-1", kind=AssetKind.MARK, mark="Vantrello", aliases=("Oakbird",))
    (found,) = compare(work, NONE, Shown(name="L-1", title="Vantrello Oakbird lamp", pictures={}))
    assert found.ours == "Vantrello"


def test_another_name_counts_in_the_seller_s_name_too() -> None:
    work = Work(id="W-3", claim="C-1", kind=AssetKind.MARK, mark="Vantrello", aliases=("Oakbird",))
    found = compare(work, NONE, Shown(name="L-1", title="Blue lamp", seller="OakbirdShop", pictures={}))
    assert {one.matcher: one.ours for one in found}["seller"] == "Oakbird"


def test_classes_of_goods_tell_what_a_mention_of_a_word_does() -> None:
    shown = Shown(name="L-1", title="Gap hoodie navy", pictures={})
    for classes, use in (((), "use: word"), ((25,), "use: brand"), ((9,), "use: word")):
        work = Work(id="W-4", claim="C-1", kind=AssetKind.MARK, mark="Gap", classes=classes)
        (found,) = compare(work, NONE, shown)
        assert found.steps[-1] == use
        assert found.matcher == "mark_word", "a word stays in the bands of words whatever its classes"
