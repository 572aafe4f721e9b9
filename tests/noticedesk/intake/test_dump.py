"""Web forms as text."""

from noticedesk import intake
from noticedesk.model.document import Document, Field

MACHINE = """AutoDetectedBrowser: Example 3
IssueType: copyright
a01_first_name: Ann
a02_last_name: Example
field_group_0_work_description: Work: Salt
Rights owner: Example Films

field_group_0_infringement_url_0:http://market.example/1
field_group_1_work_description: Dawn
field_group_1_infringement_url_0: the shop Oak sells it at
http://market.example/2 and http://market.example/3
field_signature: Ann Example
empty_field:

(ImageID 7)
"""
TITLED = """DMCA Notice

== Name: Ann Example
== Company: Example Films
== Phone (optional): 555-0100
-------
== Reported account: @oak
== Description of original work: Salt,
a film
== Reported URL: https://market.example/4
---
== Reported account: @elm
== Reported URL: https://market.example/5
-------
== Good Faith Belief: I have one.
== Signature: Ann Example
-------
This email is a service.
"""


def only(text: str) -> Document:
    (document,) = intake.read(text.encode())
    assert document.text == text and document.reader == "form"
    assert all(answer.span and text[slice(*answer.span)] == answer.value for answer in document.answers)
    return document


def test_machine_keys_are_read_and_their_groups_told_apart() -> None:
    document = only(MACHINE)
    assert [answer.value for answer in document.answers_to(Field.WORK_DESCRIPTION, 1)] == [
        "Work: Salt\nRights owner: Example Films"
    ]
    assert [answer.value for answer in document.answers_to(Field.INFRINGING_URL, 2)] == [
        "http://market.example/2",
        "http://market.example/3",
    ]
    assert [answer.value for answer in document.answers_to(Field.SIGNATURE)] == ["Ann Example"]
    assert "empty_field" not in {answer.question for answer in document.answers}


def test_words_around_an_address_are_kept_as_a_description() -> None:
    (words,) = only(MACHINE).answers_to(Field.MATERIAL_DESCRIPTION)
    assert words.value.startswith("the shop Oak sells it at")


def test_titled_keys_are_read_and_sections_that_report_are_groups() -> None:
    document = only(TITLED)
    assert [(answer.value, answer.group) for answer in document.answers_to(Field.INFRINGING_URL)] == [
        ("https://market.example/4", 1),
        ("https://market.example/5", 2),
    ]
    assert [answer.value for answer in document.answers_to(Field.WORK_DESCRIPTION)] == ["Salt,\na film"]
    assert [answer.group for answer in document.answers_to(Field.SIGNATURE)] == [0]


def test_a_dump_inside_a_page_is_read() -> None:
    (document,) = intake.read(f"<html><body><pre>{MACHINE}</pre></body></html>".encode(), "form.html")
    assert document.reader == "form" and document.answers_to(Field.INFRINGING_URL)


def test_a_letter_with_labels_is_a_letter() -> None:
    letter = "Dear agent,\nName: Ann\nAddress: 1 Road\nPhone: 1\nSee http://market.example/1\nSignature: Ann\n"
    assert intake.read(letter.encode())[0].reader == "letter"


def test_keys_that_are_about_nothing_known_are_a_letter() -> None:
    assert intake.read(b"a_b: 1\nc_d: 2\ne_f: 3\ng_h: 4\n")[0].reader == "letter"
