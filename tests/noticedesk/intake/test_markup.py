"""HTML to the text that its reader sees."""

import pytest

from noticedesk.intake.markup import text_of

PAGES = {
    "paragraphs stand apart": ("<p>one</p><p>two</p>", "one\n\ntwo\n"),
    "a link shows where it leads": ('see <a href="http://a.example/1">here</a>.', "see here <http://a.example/1>.\n"),
    "a link that shows its address shows it once": (
        '<a href="http://a.example/1">http://a.example/1</a>',
        "http://a.example/1\n",
    ),
    "an address of mail is no scheme": ('<a href="mailto:a@b.example">Ann</a>', "Ann <a@b.example>\n"),
    "an address of mail that shows itself shows once": (
        '<a href="mailto:a@b.example">a@b.example</a>',
        "a@b.example\n",
    ),
    "a script is not seen": ("<script>alert(1)</script>seen", "seen\n"),
    "what is hidden is not seen": ('<div style="display: none">no</div><span hidden>no</span>yes', "yes\n"),
    "a table keeps its rows": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc\n"),
    "a quoted message is marked": (
        'new<blockquote type="cite">old<br>words</blockquote>',
        "new\n>\n> old\n> words\n>\n",
    ),
    "a preformatted text keeps its lines": ("<pre>a:  b\n\nc: d</pre>", "a:  b\n\nc: d\n"),
    "entities are letters": ("&lt;b&gt; &auml; &#x4fb5;", "<b> ä 侵\n"),
    "a picture has its words": ('<img src="x" alt="Logo">', "Logo\n"),
}


@pytest.mark.parametrize(("page", "text"), PAGES.values(), ids=PAGES)
def test_a_page_reads_as_it_is_seen(page: str, text: str) -> None:
    found = text_of(page)
    assert [line.rstrip() for line in found.split("\n")] == [line.rstrip() for line in text.split("\n")]


@pytest.mark.parametrize("depth", [300, 5000])
def test_words_nested_beyond_reason_are_read(depth: int) -> None:
    assert "deep" in text_of("<div>" * depth + "deep")


def test_nothing_gives_nothing() -> None:
    assert text_of(" ") == "" and text_of("<!-- -->").strip() == ""
