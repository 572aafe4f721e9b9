"""Who signs: a name behind words of signing, and neither a blank that is to be filled nor the title of goods."""

import pytest

from tests.noticedesk.check.factory import checked

COUNTER = """This is my counter notification under 17 USC 512(g). https://market.test/item/7 was removed by mistake.

{above}

the listing had been there for three years, and nobody has complained of it before the notice that you speak of came.
it is my own work from beginning to end, which the drafts show that I have kept since then and will send if you ask.
the one who complains has made a picture of the same place, which is not the same picture, as you see side by side.
please put the listing back as soon as the law allows it, and tell me by when I may hope that this will have happened.
I am at your service with whatever else you need for this, as long as it can be had on an island without a post office.

{below}

Tel +1 555 010 2233
"""


def signature(above: str = "", below: str = "") -> tuple[str, tuple[str, ...]]:
    found = checked(COUNTER.format(above=above, below=below), primary="us_dmca_512c")
    (element,) = (one for one in found.primary.elements if one.id == "cn_signature")
    return element.status.value, element.quotes


@pytest.mark.parametrize(
    "line",
    [
        "Electronic signature (type your full name): Priya Raghunathan",
        "Signature: /Corinne Delacroix-Hume/",
        "signed Jolene Abernathy",
        "Signed electronically by me, Beatriz Lunde, 6 March 2026",
        "Digitally signed by: Jan van der Heide",
        "(sd/-) Imran Saleem Butt",
    ],
)
def test_a_name_behind_words_of_signing_signs(line: str) -> None:
    assert signature(below=line) == ("present", (line,))


@pytest.mark.parametrize("line", ["Signature: Priya Raghunathan", "Signed by: Jan van der Heide"])
def test_a_name_behind_a_colon_signs_wherever_it_stands(line: str) -> None:
    assert signature(above=line) == ("present", (line,))


@pytest.mark.parametrize(
    "line",
    [
        "Physical or electronic signature of the subscriber: ______________________",
        "Signature: ________",
        "Signed copies are available from Amazon Books",
        "Signature (please print your full name):",
        "Signature Series Lamp",
        "Signed First Edition Book",
        "Vintage Poster Print (signed edition)",
        "Firma Holzkind Spielwaren",
    ],
)
def test_a_blank_and_the_title_of_goods_do_not(line: str) -> None:
    assert signature(above=line) == ("missing", ())


@pytest.mark.parametrize(
    "below",
    [
        "Kind regards,\nQuentin Op de Beeck, head of licensing",
        "Mit freundlichen Gruessen\nDr. Hanna Lüders, Rechtsanwältin",
        "Bien à vous,\nAymeric de Fontbrune, secrétaire général",
        "Un cordial saludo,\nPilar Echenique Vallarín",
    ],
)
def test_a_name_with_what_somebody_is_signs_below_a_closing(below: str) -> None:
    status, quotes = signature(below=below)
    assert (status, quotes) == ("present", (below.partition("\n")[2],))


def test_words_with_a_comma_below_a_closing_are_no_name() -> None:
    assert signature(below="Kind regards,\nplease act on this now, we wait")[0] == "missing"
