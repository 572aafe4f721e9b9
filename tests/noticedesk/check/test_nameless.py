"""Notices that surely name nobody, from tests/cases/nameless.yaml; whoever is not sure says no."""

from typing import Any

import pytest
import yaml

from noticedesk.check import nameless
from noticedesk.model.document import Document, Envelope
from tests.noticedesk.check.factory import CASES, HOSTS, reading

TABLE: list[dict[str, Any]] = yaml.safe_load((CASES / "nameless.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=[case["name"] for case in TABLE])
def test_only_a_notice_that_surely_names_nobody_is_nameless(case: dict[str, Any]) -> None:
    envelope = Envelope(sender="maria@lind.example", sender_name=case.get("sender_name", ""))
    document = Document(reader="mail", text=case["text"], envelope=envelope)
    assert nameless(document, reading(), HOSTS) is case["nameless"]
