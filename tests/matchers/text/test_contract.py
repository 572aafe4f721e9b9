"""Every text matcher keeps the contract of matchers."""

from matchers.finding import Finding
from matchers.text import Product, mark_in, name, passage, product
from tests.matchers.contract import MatcherContract

LONG = (
    "A lamp turned from one piece of oak and oiled by hand for the narrowest of shelves",
    "Two woven baskets of willow with leather handles, made to order in our workshop",
    "This scarf of fine wool is dyed with walnut shells and washed in cold spring water",
)


class TestMark(MatcherContract):
    samples = ("Vantrello", "Oak Meridian", "H&K 7", "Вантрелло")
    unmatchable = (("", "Blue lamp"), ("...", "Blue lamp"), ("Vantrello", "!?"))

    def compare(self, ours: str, theirs: str) -> Finding:
        return mark_in(ours, theirs)


class TestPassage(MatcherContract):
    samples = LONG
    unmatchable = ((LONG[0], "Oak lamp"), ("", LONG[0]))

    def compare(self, ours: str, theirs: str) -> Finding:
        return passage(ours, theirs)


class TestProduct(MatcherContract):
    samples = (
        Product(title="Haddonwick lamp HW-200 black", price="39.90"),
        Product(title="Haddonwick lamp HW-300 black", brand="Haddonwick"),
        Product(title="Vantrello running shoes", description="size 42, blue"),
    )
    unmatchable = ((Product(title="?"), samples[0]), (samples[0], Product(title="")))

    def compare(self, ours: Product, theirs: Product) -> Finding:
        return product(ours, theirs)

    def test_the_order_of_the_two_does_not_matter(self) -> None:
        assert product(self.samples[0], self.samples[1]).score == product(self.samples[1], self.samples[0]).score


class TestName(MatcherContract):
    samples = ("Mara Ellingford", "Ellingford & Sons Ltd.", "Вантрелло ООО")
    unmatchable = (("", "Mara Ellingford"), ("Mara Ellingford", "-"))

    def compare(self, ours: str, theirs: str) -> Finding:
        return name(ours, theirs)

    def test_the_order_of_the_two_does_not_matter(self) -> None:
        assert name(*self.samples[:2]).score == name(*reversed(self.samples[:2])).score
