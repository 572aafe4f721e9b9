"""Tables as text."""

import pytest

from noticedesk import intake
from noticedesk.intake.delimited import delimiter
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake.cases import multipart

TABLE = "Infringing URL,Item ID,Work title\nhttps://m.example/1,0012,Salt\nhttps://m.example/2,0013,Dawn\n"


def only(raw: bytes, name: str = "list.csv") -> Document:
    (document,) = intake.read(raw, name)
    return document


def values(document: Document, field: Field) -> list[str]:
    return [answer.value for answer in document.answers_to(field)]


@pytest.mark.parametrize(
    "raw",
    [
        TABLE.encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("utf-16"),
        b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode(),
        b"sep=|\n" + TABLE.replace(",", "|").encode(),
        TABLE.replace("0012", '"0012"').encode(),
    ],
    ids=["comma", "semicolon", "tab", "mark", "sep", "quotes"],
)
def test_every_usual_form_is_read(raw: bytes) -> None:
    document = only(raw)
    assert document.reader == "table" and document.problem == ""
    assert values(document, Field.ITEM_ID) == ["0012", "0013"]
    assert [answer.group for answer in document.answers_to(Field.WORK_TITLE)] == [1, 2]


def test_a_cell_with_several_addresses_gives_an_answer_for_each() -> None:
    raw = b'Infringing URL,Title\n"https://m.example/1\nhttps://m.example/2",Salt\n'
    assert values(only(raw), Field.INFRINGING_URL) == ["https://m.example/1", "https://m.example/2"]


def test_an_identifier_shortened_by_a_spreadsheet_program_is_told_by_row() -> None:
    assert only(b"Item ID,Title\n1.23E+12,Salt\n0001,Dawn\n").problem.startswith("row 2: 1.23E+12 ")


def test_a_list_of_addresses_without_a_heading_is_read() -> None:
    assert values(only(b"https://m.example/1\nhttps://m.example/2\n"), Field.INFRINGING_URL) == [
        "https://m.example/1",
        "https://m.example/2",
    ]


def test_columns_in_other_languages_are_known() -> None:
    raw = "Rechteinhaber;Marke;Registernummer;URL\nAnn;OAK;0099;https://m.example/1\n".encode("cp1252")
    document = only(raw)
    assert values(document, Field.REGISTRATION_NUMBER) == ["0099"] and values(document, Field.MARK) == ["OAK"]


def test_a_quote_left_open_is_told_and_the_rows_before_it_are_read() -> None:
    raw = TABLE.encode() + b'https://m.example/3,"' + b"x" * (2**20 + 10)
    document = only(raw)
    assert len(values(document, Field.INFRINGING_URL)) == 2 and "row 4: cannot be split" in document.problem


def test_rows_longer_than_the_heading_lose_nothing() -> None:
    assert "extra" in only(b"Infringing URL,Title\nhttps://m.example/1,Salt,extra\n").text


def test_a_table_attached_to_a_letter_belongs_to_it() -> None:
    parts = [("Content-Type: text/plain", "I have a good faith belief."), ("Content-Type: text/csv", TABLE)]
    (document,) = intake.read(multipart(*parts))
    assert "good faith" in document.text and values(document, Field.ITEM_ID) == ["0012", "0013"]


def test_the_delimiter_is_the_one_that_lines_agree_on() -> None:
    assert delimiter("a,b;c\n1,2;3,4\nx;y\n") == ";"
    assert delimiter("") in ",;\t|"
