from typing import Any

import pytest
import yaml

from tests.noticedesk.check.factory import CASES, checked

SAID = yaml.safe_load((CASES / "kinds.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SAID, ids=lambda case: f"{case['kind']}: {case['says'][:50]}")
def test_a_message_is_what_its_words_say_in_english_german_french_and_spanish(case: dict[str, Any]) -> None:
    assert checked(case["says"]).kind == case["kind"]


def test_a_complaint_in_a_language_that_is_not_covered_opens_a_claim_in_which_nothing_is_missing() -> None:
    found = checked("Wir sind Inhaber der Wortmarke NORDLICHT. Bitte sperren Sie https://market.test/item/7.")
    assert found.primary.regime == "mp_trademark"
    assert found.primary.verdict == "needs_review"
    assert "missing" not in {element.status.value for element in found.primary.elements}
