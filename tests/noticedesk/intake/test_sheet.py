"""Spreadsheets: rows are allegations, identifiers keep their digits, hostile files stop nothing."""

import pytest

from noticedesk import intake
from noticedesk.intake import archive, table
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake.workbooks import number_cell, ods, ods_row, row, text_cell, texts, workbook

HEAD = ("Infringing URL", "Item ID", "Work title")


def only(raw: bytes, name: str = "list.xlsx") -> Document:
    (document,) = intake.read(raw, name)
    return document


def values(document: Document, field: Field, group: int | None = None) -> list[str]:
    return [answer.value for answer in document.answers_to(field, group)]


def test_each_row_is_an_allegation_and_answers_point_at_their_words() -> None:
    rows = texts(1, *HEAD) + texts(2, "https://m.example/1", "", "Salt") + texts(3, "https://m.example/2", "", "Dawn")
    document = only(workbook({"A": rows}))
    assert document.reader == "sheet" and document.problem == ""
    assert values(document, Field.INFRINGING_URL, 2) == ["https://m.example/2"]
    assert values(document, Field.WORK_TITLE, 2) == ["Dawn"]
    assert all(answer.span and document.text[slice(*answer.span)] == answer.value for answer in document.answers)


def test_identifiers_keep_every_digit_and_their_leading_zeros() -> None:
    rows = texts(1, *HEAD) + row(2, number_cell("B2", "1230000000000")) + row(3, number_cell("B3", "12345", 1))
    rows += texts(4, "", "00098765432109876543", "")
    assert values(only(workbook({"A": rows})), Field.ITEM_ID) == ["1230000000000", "000012345", "00098765432109876543"]


def test_a_number_that_the_spreadsheet_has_rounded_is_told() -> None:
    document = only(workbook({"A": texts(1, *HEAD) + row(2, number_cell("B2", "1234567890123456789"))}))
    assert "row 2: 1234567890123456" in document.problem and "is rounded" in document.problem


def test_a_merged_cell_counts_for_every_row_it_covers() -> None:
    rows = texts(1, *HEAD) + texts(2, "https://m.example/1", "", "Salt") + texts(3, "https://m.example/2")
    raw = workbook({"A": rows}, after='<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>')
    assert [answer.group for answer in only(raw).answers_to(Field.WORK_TITLE)] == [1, 2]


def test_hidden_rows_and_columns_are_read_and_told_and_hidden_sheets_are_only_told() -> None:
    rows = texts(1, *HEAD) + row(2, text_cell("A2", "https://m.example/1"), hidden=True)
    raw = workbook(
        {"A": rows, "Old": texts(1, *HEAD) + texts(2, "https://m.example/9")},
        hidden=("Old",),
        before='<cols><col min="3" max="3" hidden="1"/></cols>',
    )
    document = only(raw)
    assert values(document, Field.INFRINGING_URL) == ["https://m.example/1"]
    assert document.problem.split("; ") == [
        "rows 2 are hidden, and were read",
        "columns C are hidden, and were read",
        "the sheet Old is hidden and was not read",
    ]


def test_a_bad_row_is_reported_by_number_and_does_not_stop_the_rest() -> None:
    rows = texts(1, *HEAD) + texts(2, "", "", "Salt") + texts(3, "see above", "", "Dawn")
    rows += texts(4, "", "1.23E+12", "Noon") + texts(5, "https://m.example/1", "", "Dusk")
    document = only(workbook({"A": rows}))
    assert [part.partition(":")[0] for part in document.problem.split("; ")] == ["row 2", "row 3", "row 4"]
    assert values(document, Field.INFRINGING_URL, 4) == ["https://m.example/1"]


def test_words_above_and_below_the_table_stay_readable() -> None:
    rows = texts(1, "I have a good faith belief.") + texts(2, *HEAD) + texts(3, "https://m.example/1")
    document = only(workbook({"A": rows + texts(5, "Signed Ann Example")}))
    assert document.text.startswith("I have a good faith belief.\n") and "Signed Ann Example\n" in document.text
    assert document.problem == ""


def test_all_visible_sheets_are_read() -> None:
    sheets = {name: texts(1, *HEAD) + texts(2, f"https://m.example/{name}") for name in ("One", "Two")}
    document = only(workbook(sheets))
    assert [(answer.value, answer.group) for answer in document.answers_to(Field.INFRINGING_URL)] == [
        ("https://m.example/One", 1),
        ("https://m.example/Two", 2),
    ]


def test_an_open_document_sheet_is_read() -> None:
    rows = ods_row(*HEAD) + ods_row("https://m.example/1", "0012", "Salt")
    empty = '<table:table-cell table:number-columns-repeated="1024"/>'
    rows += f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    document = only(ods(rows), "list.ods")
    assert values(document, Field.ITEM_ID) == ["0012"] and document.problem == ""


def test_a_sheet_of_absurd_extent_is_not_opened() -> None:
    assert "cells" in only(workbook({"A": texts(1, *HEAD) + row(1048576, text_cell("XFD1048576", "x"))})).problem
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384" office:value="x"/>'
    repeated = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert "cells" in only(ods(repeated), "list.ods").problem


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED", 100_000)
    assert "larger than" in only(workbook({"A": "<!--" + "0" * 200_000 + "-->"})).problem


def test_a_container_that_lies_about_its_size_is_counted_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED", 100_000)
    raw = workbook({"A": "<!--" + "0" * 200_000 + "-->"})
    told = (len("<!---->") + 200_000).to_bytes(4, "little")
    assert "larger than" in only(raw).problem and "larger than" in only(raw.replace(told, b"\x10\0\0\0")).problem


def test_rows_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 2)
    rows = texts(1, *HEAD) + "".join(texts(n, f"https://m.example/{n}") for n in range(2, 6))
    document = only(workbook({"A": rows}))
    assert len(document.answers) == 2 and "only the first 2 rows were read" in document.problem


@pytest.mark.parametrize("cut", [10, 100, 700])
def test_a_broken_container_goes_to_a_person(cut: int) -> None:
    raw = workbook({"A": texts(1, *HEAD) + texts(2, "https://m.example/1")})
    assert only(raw[:-cut]).problem


def test_broken_xml_inside_goes_to_a_person() -> None:
    assert only(workbook({"A": "<row><c></row>"})).problem


def test_a_sheet_without_rows_says_so() -> None:
    assert only(workbook({"A": texts(1, *HEAD)})).problem == "there is no row in it that could name a listing"


def test_a_tag_that_never_ends_costs_no_time() -> None:
    assert "broken" in only(ods("<table:table-cell " * 100_000), "list.ods").problem
    attributes = " ".join(f'a{number}="x"' for number in range(20_000))
    assert "longer than any" in only(workbook({"A": f"<row {attributes}/>"})).problem
