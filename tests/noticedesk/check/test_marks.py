"""What a notice says of its mark beside the name: other names, also in other scripts, and classes of goods."""

import pytest

from noticedesk.check.marks import aliases_in, classes_in
from noticedesk.model.document import Answer, Document, Field
from tests.noticedesk.check.factory import checked


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("9, 25 and 28", (9, 25, 28)),
        ("25", (25,)),
        ("Class 18: bags; Class 25: clothing of 100 % cotton", (18, 25)),
        ("Nice classes 3/5", (3, 5)),
        ("Klasse 14 und 18", (14, 18)),
        ("Classes: 09, 42", (9, 42)),
        ("25: clothing for 30 occasions", (25,)),
        ("clothing, bags", ()),
        ("class 99", ()),
        ("2518", ()),
        ("", ()),
    ],
)
def test_classes_are_read_as_offices_and_people_write_them(said: str, classes: tuple[int, ...]) -> None:
    assert classes_in(said) == classes


def test_other_names_are_each_listed_once_without_the_mark() -> None:
    assert aliases_in(['"Vantrelo"; ヴァントレロ', "VANTRELLO, Вантрелло", "vantrelo"], "Vantrello") == (
        "Vantrelo",
        "ヴァントレロ",
        "Вантрелло",
        "vantrelo",
    )


LETTER = """I represent the owner of the trademark below. The listing sells counterfeit goods.

Trademark: Vantrello
{told}
Registration number: 018123456
Listing: https://market.example/item/1
"""


@pytest.mark.parametrize(
    ("told", "aliases", "classes"),
    [
        ("Also known as: ヴァントレロ, Вантрелло\nNice classes: 18, 25", ("ヴァントレロ", "Вантрелло"), (18, 25)),
        ('Our mark Vantrello (also known as "Vantrelo") is registered in classes 9 and 25.', ("Vantrelo",), (9, 25)),
        ("The seller, also known as BadGuy, sells them in 30 countries.", (), ()),
        ("", (), ()),
    ],
)
def test_a_letter_says_other_names_and_classes_of_its_mark(
    told: str, aliases: tuple[str, ...], classes: tuple[int, ...]
) -> None:
    (work,) = checked(LETTER.format(told=told)).works
    assert (work.mark, work.aliases, work.classes) == ("Vantrello", aliases, classes)


def test_a_record_says_them_in_fields_of_their_own() -> None:
    said = [
        (Field.MARK, "Vantrello"),
        (Field.MARK_ALIAS, "ヴァントレロ"),
        (Field.MARK_ALIAS, "Вантрелло"),
        (Field.GOODS_CLASSES, "25"),
        (Field.GOODS_CLASSES, "9: phones"),
    ]
    answers = tuple(Answer(question=field.value, value=value, field=field, group=1) for field, value in said)
    text = "Report of a trademark infringement: counterfeit goods.\n"
    text += "\n".join(f"{field.value}: {value}" for field, value in said)
    (work,) = checked(Document(reader="test", text=text, answers=answers)).works
    assert (work.aliases, work.classes) == (("ヴァントレロ", "Вантрелло"), (9, 25))
