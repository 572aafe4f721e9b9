import json

from noticedesk.check import line
from tests.noticedesk.check.factory import checked

KEYS = [
    "schema",
    "path",
    "part",
    "kind",
    "regime",
    "regime_version",
    "language",
    "verdict",
    "elements",
    "duties",
    "also",
    "works",
    "reported_urls",
    "original_urls",
    "excluded_urls",
    "urls",
    "reported_items",
    "claims_fork_network",
    "parties",
    "flags",
    "text_sha256",
]


def test_a_line_has_its_keys_in_their_order_and_is_json() -> None:
    made = line(checked("Copyright: please remove https://market.test/item/1"), "in/a.eml", 2)
    assert list(made) == KEYS
    assert made["schema"] == "check/1"
    assert (made["path"], made["part"]) == ("in/a.eml", 2)
    assert json.loads(json.dumps(made))["urls"]["https://market.test/item/1"]["role"] == "reported"


def test_an_open_claim_about_forks_is_unclear() -> None:
    text = "Copyright. If there are other forks, check all of the forks: https://market.test/item/1"
    assert line(checked(text), "a", 0)["claims_fork_network"] == "unclear"
