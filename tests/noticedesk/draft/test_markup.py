"""The HTML of a letter: the same words as its text, and nothing in it that an outsider wrote as markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticedesk.draft import draft, html
from tests.noticedesk.draft.factory import LETTERS, facts

_TAGS = {"html", "head", "meta", "title", "body", "p", "ul", "li", "br", "blockquote"}
_HOSTILE = '<img src=x onerror="alert(1)"> </p></body> &lt; " \' http://evil.example'


class _Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("name", sorted({name for name, _ in LETTERS.templates}))
def test_what_outsiders_wrote_is_words_and_never_markup(name: str) -> None:
    hostile = facts(name, addressee=_HOSTILE, principal=_HOSTILE, notice_text=_HOSTILE, counter_notice_text=_HOSTILE)
    made = draft(LETTERS, name, "en", hostile)
    page = _Page(html(made.text, made.subject, made.language))
    assert page.tags <= _TAGS
    assert page.attributes == {"lang", "charset", "style"}
    assert "<img" in page.words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs"))), st.text("*> \nab"))
def test_no_word_is_left_out_and_none_is_added(some: str, shape: str) -> None:
    text = f"{shape}\n{some}\n{shape}"
    page = _Page(html(text, "", "en"))
    assert page.tags <= _TAGS
    assert _letters(page.words) == _letters(text.split())


def _letters(words: list[str]) -> str:
    """All that is not a mark of items and quoted lines."""
    return "".join(words).replace("*", "").replace(">", "")


def test_lines_that_were_filled_are_whole_and_lines_that_were_meant_stay() -> None:
    long = "word " * 30
    page = html(
        f"{long.strip()[:74]}\n{long.strip()[75:]}\n\nHarbour Market\n1 Quay Street\n\n* a\n  b\n* c\n\n> d\n>\n> e\n",
        "",
        "en",
    )
    assert f"<p>{long.strip()}</p>" in page
    assert "<p>Harbour Market<br>\n1 Quay Street</p>" in page
    assert "<ul>\n<li>a<br>\nb</li>\n<li>c</li>\n</ul>" in page
    assert ">d<br>\n<br>\ne</blockquote>" in page
