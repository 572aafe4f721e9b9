from typing import Any

import pytest
import yaml

from tests.noticedesk.check.factory import CASES, checked, reading

SAID = yaml.safe_load((CASES / "grey_words.yaml").read_text(encoding="utf-8"))
ORDINARY = """Dear copyright agent,

I am the photographer of "Low tide", shown at https://lind.example/tide. The listing https://market.test/item/7 uses it.
{says}
I have a good faith belief that this use is not authorized by the owner, its agent or the law. What I write is accurate
and, under penalty of perjury, I am authorized to act for the owner of an exclusive right.

/s/ Maria Lind, maria@lind.example, +46 8 555 0100
"""


@pytest.mark.parametrize("case", SAID, ids=lambda case: case["says"][:60])
def test_a_grey_area_is_heard_where_one_is_meant(case: dict[str, Any]) -> None:
    found = checked(ORDINARY.format(says=case["says"]))
    assert [flag.id for flag in found.flags] == case["flags"]
    assert all(flag.quote == case["says"] for flag in found.flags)


def test_every_grey_area_that_words_tell_is_tried_more_than_once() -> None:
    grey = {one.rule.id for one in reading().flags if one.rule.route == "grey"}
    tried = [flag for case in SAID for flag in case["flags"]]
    assert {flag for flag in grey if tried.count(flag) < 2} == set()
