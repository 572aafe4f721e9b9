"""Look-alike domains: alike to the eye and another; what is known, below it, short or different is not."""

import pytest

from matchers.text.lookalike import lookalike
from matchers.text.sketch import SIZE, alike, bands, sketch

KNOWN = ["lindphoto.example", "lind.example", "mariner.com", "bigbrand.co.uk"]


@pytest.mark.parametrize(
    ("domain", "taken_for"),
    [
        ("l1ndphoto.example", "lindphoto.example"),
        ("lindphotо.example", "lindphoto.example"),
        ("lindphot.example", "lindphoto.example"),
        ("lind-photo.example", "lindphoto.example"),
        ("lindphoto.com", "lindphoto.example"),
        ("rnariner.com", "mariner.com"),
        ("mail.bigbrand.com", "bigbrand.co.uk"),
        ("xn--mriner-3nf.com", "mariner.com"),
    ],
)
def test_a_domain_that_can_be_taken_for_a_known_one(domain: str, taken_for: str) -> None:
    found = lookalike(domain, KNOWN)
    assert found is not None and found.ours == taken_for and found.score and found.reason


@pytest.mark.parametrize(
    "domain",
    ["lindphoto.example", "mail.lindphoto.example", "berg.example", "linde.example", "", "com", "xn--.example"],
)
def test_a_domain_that_is_known_or_another(domain: str) -> None:
    assert lookalike(domain, KNOWN) is None


TEXT = (
    "We own the picture %s and ask you to take it down, for nobody was ever told that they may print it on mugs at all."
)


def test_texts_of_one_template_have_most_of_their_sketch_in_common() -> None:
    one, other = sketch(TEXT % "of a sunset"), sketch(TEXT % "of an old pier")
    assert len(one) == SIZE and alike(one, other) > 0.6
    assert set(bands(one)) & set(bands(other))
    assert alike(one, one) == 1.0


def test_other_texts_have_nothing_in_common_and_short_ones_no_sketch() -> None:
    other = (
        "Kindly look into these offers, which bear our mark although none of them was ever made or sold by our firm."
    )
    assert alike(sketch(TEXT), sketch(other)) < 0.1
    assert sketch("too few words") == () and alike((), sketch(TEXT)) == 0.0
