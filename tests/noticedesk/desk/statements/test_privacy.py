"""No personal data leaves in free words; and the published rules are held as the database holds them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk.act import dsa
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.privacy import personal
from noticedesk.model.letter import Outbox
from tests.noticedesk.desk.receiver import order, saved
from tests.noticedesk.desk.statements.conftest import alleged, changed, dispatch
from tests.noticedesk.desk.statements.database import Database, faults

GOOD: dict[str, Any] = {
    "puid": "D-1",
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"],
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "illegal_content_legal_ground": "Art 9 Reg (EU) 2017/1001",
    "illegal_content_explanation": "A sign identical to a registered mark.",
    "content_type": ["CONTENT_TYPE_PRODUCT"],
    "category": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "category_specification": ["KEYWORD_TRADEMARK_INFRINGEMENT"],
    "territorial_scope": ["DE"],
    "content_date": "2026-10-01",
    "application_date": "2026-11-20",
    "decision_facts": "A notice was reviewed by a person.",
    "source_type": "SOURCE_ARTICLE_16",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
}

BROKEN = st.sampled_from([None, "", "x" * 5001, [], ["NONSENSE"], "NONSENSE", ["DE", "GR"], "1999-12-31", "a b"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to pat@seller.example about it.", "an e-mail address"),
        ("See https://shop.example/item/1.", "a link"),
        ("See shop.example/u/pat for more.", "a link"),
        ("Call +49 30 1234567.", "a telephone number"),
        ("The account @patsells offered it.", "a handle"),
        ("Offered by PAT  Seller in two colours.", "a name of the case"),
    ],
)
def test_personal_data_is_found_in_words(text: str, kind: str) -> None:
    assert kind in personal(text, ["Pat Seller"])


@pytest.mark.parametrize(
    "text",
    ["Art 9 Reg (EU) 2017/1001", "Directive (EU) 2015/2436", "The listing uses the sign on 2026-11-20.", "Art 19 (1)"],
)
def test_law_and_dates_are_no_personal_data(text: str) -> None:
    assert personal(text, ["Pat Seller", "", "x"]) == ()


def test_a_statement_that_would_name_a_party_is_held(europe: Desk, database: Database) -> None:
    changed(
        europe.settings.config, terms="t", by_policy="Offered by Pat Seller (pat@seller.example), a policy decided."
    )
    order(europe, alleged(europe))
    dispatch(europe)
    (held,) = saved(europe, Outbox, kind="statement")
    assert (held.state.value, database.calls) == ("dead", [])
    assert "/decision_facts: holds a name of the case" in held.last_error
    assert "Pat" not in held.last_error


def test_no_shipped_word_is_taken_for_personal_data(europe: Desk) -> None:
    for reason in europe.reasons.values():
        assert personal(reason, []) == ()


def test_the_good_one_is_good_for_both() -> None:
    assert (dsa.problems(GOOD), faults(GOOD)) == ((), {})


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(GOOD)), BROKEN, st.booleans())
def test_what_the_database_would_refuse_is_refused_here_before(name: str, value: Any, dropped: bool) -> None:
    changed_one = {key: what for key, what in GOOD.items() if key != name} | ({} if dropped else {name: value})
    try:
        refused = bool(faults(changed_one))
    except (TypeError, ValueError):
        refused = True
    if refused:
        assert dsa.problems(changed_one)
