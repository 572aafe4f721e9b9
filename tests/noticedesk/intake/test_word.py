"""Word documents."""

from noticedesk import intake
from noticedesk.model.document import Document
from tests.noticedesk.intake.workbooks import packed

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def written(body: str, link: str = "") -> bytes:
    """A .docx file with the body as XML; `link` is the address with the id r1."""
    relation = f'<Relationship Id="r1" Target="{link}" TargetMode="External"/>'
    return packed(
        {
            "word/document.xml": f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}">{body}</w:document>',
            "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
        }
    )


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def only(raw: bytes) -> Document:
    (document,) = intake.read(raw, "letter.docx")
    return document


def test_paragraphs_are_read_word_for_word() -> None:
    document = only(written(paragraph("Dear ", "agent,") + paragraph("my picture &amp; name are used.")))
    assert (document.reader, document.text) == ("word", "Dear agent,\nmy picture & name are used.\n")


def test_a_link_shows_where_it_leads() -> None:
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    assert only(written(link, "https://m.example/1")).text == "here <https://m.example/1>\n"
    assert (
        only(written(link.replace("here", "https://m.example/1"), "https://m.example/1")).text
        == "https://m.example/1\n"
    )


def test_a_table_keeps_its_rows() -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Work", "Sunset"))
    assert only(written(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")).text.split() == ["Work", "Sunset"]


def test_deleted_words_are_not_the_senders() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>under penalty of perjury</w:delText></w:r></w:del></w:p>"
    assert only(written(paragraph("Dear agent") + deleted)).text == "Dear agent\n"


def test_broken_empty_and_hostile_files_go_to_a_person() -> None:
    assert "no words" in only(written("")).problem
    assert "broken" in only(written("<w:p>")).problem
    entity = b'<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>'
    assert "declares entities" in only(packed({"word/document.xml": entity})).problem


def test_elements_nested_beyond_reason_are_read() -> None:
    assert "deep" in only(written("<w:sdt>" * 5000 + paragraph("deep") + "</w:sdt>" * 5000)).text
