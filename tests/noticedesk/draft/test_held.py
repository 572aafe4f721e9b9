"""Why a letter is held, as the person before whom it lies reads it."""

import pytest

from noticedesk import draft

REMOVAL = "removal_unconfirmed: It states a removal that the platform has not confirmed for every listing."
SAID = "It states a removal that the platform has not confirmed for every listing."
LACKING = "The case does not tell yet: listing action, listing removed at."


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("", ""),
        (REMOVAL, SAID),
        (f"[[listing.action]]; [[listing.removed_at]]; {REMOVAL}", f"{SAID} {LACKING}"),
        ("[[listing.action]]; [[listing.removed_at]]", LACKING),
        (
            f"{REMOVAL}; exposes: It shows the e-mail address of the other side.",
            f"{SAID} It shows the e-mail address of the other side.",
        ),
        ("any/receipt: the address is none", "any/receipt: the address is none"),
    ],
)
def test_names_go_and_missing_facts_are_listed(problem: str, words: str) -> None:
    assert draft.held(problem) == words
