from typing import Any

import pytest
import yaml

from noticedesk.check.lexer import lex
from noticedesk.check.page import fold
from noticedesk.check.unwrap import mended, unwrapped
from tests.noticedesk.check.factory import CASES, HOSTS, reading

TABLE = yaml.safe_load((CASES / "check_urls.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_how_a_url_is_read(case: dict[str, Any]) -> None:
    text = case["text"]
    found = lex(text, fold(text), reading().urls, HOSTS)
    read = [unwrapped(mended(one.url, reading().urls), reading().urls) for one in found]
    assert list(dict.fromkeys(read)) == case["urls"]
