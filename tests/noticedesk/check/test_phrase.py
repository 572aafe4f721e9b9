import pytest

from noticedesk.check.phrase import cue


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("good faith belie*", "i have a good-faith belief", True),
        ("good faith belie*", "faith belief", False),
        ("(i|we) swear", "we swear", True),
        ("not ... authori*", "not in any way, shape or form authorised", True),
        ("not .. authori*", "not one two three four five six authorised", False),
        ("[please] remove it", "remove it", True),
        ("^ yes $", "1. yes.", True),
        ("^ yes $", "yes and no", False),
        ("class #", "class 25", True),
        ("in 19##", "in 1911", True),
        ("in 19##", "in 19", False),
        ("in 19##", "in 191100", False),
        ("^ [kind|best] regards", "kind regards,", True),
        ("^ [kind|best] regards", "regards", True),
        ("^ [kind|best] regards", "kindregards", False),
        ("no .. [new] owner", "no such new owner", True),
        ("contrefaçon*", "une contrefacon", True),
        ("contrefaçon*", "des contrefaçons", True),
        ("(erklärt|müssen)", "wir mussen", True),
        ("(maß*|grüßen)", "mit freundlichen gruessen", True),
        ("meme", "même", False),
    ],
)
def test_a_phrase_stands_where_its_words_do(phrase: str, text: str, stands: bool) -> None:
    assert (cue("x", [phrase]).search(text) is not None) is stands


def test_a_bracket_left_open_is_refused_with_its_phrase() -> None:
    with pytest.raises(ValueError, match=r"\(a\|b"):
        cue("x", ["(a|b"])


@pytest.mark.parametrize("phrase", ["cop(y|ies)", "(amts|land)gericht", "[re](open|start)", "please (do )?not"])
def test_a_phrase_that_could_stand_nowhere_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="stands nowhere; part words and brackets by a blank"):
        cue("x", [phrase])


def test_a_cue_without_phrases_stands_nowhere() -> None:
    assert cue("x", []).search("anything") is None
