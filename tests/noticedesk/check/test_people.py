"""Who signs: a name behind words of signing, wherever the line stands, and never the blank that is to be filled."""

import pytest

from tests.noticedesk.check.factory import checked

COUNTER = """This is my counter notification under 17 USC 512(g). https://market.test/item/7 was removed by mistake.

{line}

Tel +1 555 010 2233
"""


def signature(line: str) -> tuple[str, tuple[str, ...]]:
    found = checked(COUNTER.format(line=line), primary="us_dmca_512c")
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
        "Joan Aldecott (typed as my electronic signature)",
        "(sd/-) Imran Saleem Butt",
    ],
)
def test_a_name_behind_words_of_signing_signs(line: str) -> None:
    assert signature(line) == ("present", (line,))


@pytest.mark.parametrize(
    "line",
    [
        "Physical or electronic signature of the subscriber: ______________________",
        "Signature: ________",
        "Signed copies are available from Amazon Books",
        "Signature (please print your full name):",
    ],
)
def test_a_blank_or_a_sentence_does_not(line: str) -> None:
    assert signature(line) == ("missing", ())
