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
