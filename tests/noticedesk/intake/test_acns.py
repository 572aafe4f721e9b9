"""ACNS XML: a file of its own, inside a letter, signed, quoted, broken."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk import intake
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake.cases import mail, multipart

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Infringement xmlns="http://www.acns.net/ACNS">
 <Case><ID>A-0017</ID><Status>Open</Status></Case>
 <Complainant><Entity>Example Films</Entity><Email>claims@example.org</Email><Phone/></Complainant>
 <Source><TimeStamp>2026-11-02T10:00:00Z</TimeStamp><IP_Address>192.0.2.7</IP_Address><Port>06881</Port></Source>
 <Content>
  <Item><Title>Salt &amp; Sand</Title><FileName>salt.mkv</FileName><Hash Type="SHA1">AB12</Hash></Item>
  <Item><Title>Dawn</Title><URL>http://files.example/dawn</URL></Item>
 </Content>
</Infringement>"""
LETTER = "Dear agent,\n\nI have a good faith belief.\n\n{}\n\nAnn Example\n"


def only(raw: bytes) -> Document:
    documents = intake.read(raw)
    assert len(documents) == 1
    return documents[0]


def values(document: Document, field: Field) -> list[str]:
    return [answer.value for answer in document.answers_to(field)]


@pytest.mark.parametrize(
    "raw",
    [
        XML.encode(),
        LETTER.format(XML).encode(),
        mail(LETTER.format(XML)),
        mail(LETTER.format("---Start ACNS XML\n" + XML + "\n---End ACNS XML")),
        XML.replace("&amp;", "&").encode(),
        XML.replace("?>", ">", 1).encode(),
        XML.replace("UTF-8", "UTF-16").encode(),
        LETTER.format(XML.replace("\n", "\n> ").replace("<?xml", "> <?xml")).encode(),
        XML.replace("<", "<a:").replace("<a:/", "</a:").replace("<a:?", "<?").replace("xmlns=", "xmlns:a=").encode(),
        multipart(("Content-Type: text/plain", "Dear agent"), ('Content-Type: text/xml; name="a.xml"', XML)),
        multipart(("Content-Type: text/plain", LETTER.format(XML)), ('Content-Type: text/xml; name="a.xml"', XML)),
    ],
    ids=[
        "alone",
        "letter",
        "mail",
        "markers",
        "ampersand",
        "prologue",
        "encoding",
        "quoted",
        "prefix",
        "attached",
        "twice",
    ],
)
def test_a_block_is_read_wherever_it_stands(raw: bytes) -> None:
    document = only(raw)
    assert values(document, Field.CASE_ID) == ["A-0017"]
    assert values(document, Field.WORK_TITLE) == ["Salt & Sand", "Dawn"]
    assert [answer.value for answer in document.answers_to(Field.INFRINGING_URL, 2)] == ["http://files.example/dawn"]
    assert values(document, Field.PORT) == ["06881"]
    assert all(answer.span and document.text[slice(*answer.span)] == answer.value for answer in document.answers)


def test_the_letter_around_a_block_stays() -> None:
    text = only(LETTER.format(XML).encode()).text
    assert "good faith belief" in text and "Ann Example" in text and "<Case>" not in text


def test_two_cases_are_two_notices_and_each_keeps_the_letter() -> None:
    raw = mail(LETTER.format(XML + "\n" + XML.replace("A-0017", "A-0018")))
    documents = intake.read(raw)
    assert [values(document, Field.CASE_ID) for document in documents] == [["A-0017"], ["A-0018"]]
    assert all("good faith belief" in document.text and document.envelope.sender for document in documents)


def test_two_attached_cases_are_two_notices() -> None:
    files = [(f'Content-Type: text/xml; name="{n}.xml"', XML.replace("A-0017", f"A-{n}")) for n in (1, 2)]
    documents = intake.read(multipart(("Content-Type: text/plain", "I have a good faith belief."), *files))
    assert [values(document, Field.CASE_ID) for document in documents] == [["A-1"], ["A-2"]]
    assert all("good faith belief" in document.text for document in documents)


def test_a_retraction_says_so() -> None:
    retraction = XML.replace("</Infringement>", '<Type Retraction="true">INFRINGEMENT</Type></Infringement>')
    assert values(only(retraction.encode()), Field.RETRACTION) == ["true"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (XML.replace("</Case>", "</Cse>"), "mismatched tag"),
        ('<!DOCTYPE x [<!ENTITY e "boom">]>' + XML.replace("Dawn", "&e;"), "undefined entity"),
        (XML.replace("<Case>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Case>'), "ACNS XML"),
    ],
    ids=["mismatched", "entity", "external"],
)
def test_broken_and_hostile_xml_goes_to_a_person(raw: str, reason: str) -> None:
    document = only(raw.encode())
    assert document.reader == "none" or "&e;" in document.text
    assert reason in document.problem or "&e;" in document.text


def _flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for item in value.values() for word in _flat(item)]
    if isinstance(value, list):
        return [word for item in value for word in _flat(item)]
    return [str(value).strip()]


@pytest.mark.data
@pytest.mark.skipif("NOTICEDESK_DATA" not in os.environ, reason="NOTICEDESK_DATA names no folder of measuring data")
@pytest.mark.parametrize("version", ["0.6", "0.7", "1.1", "1.2"])
def test_every_value_of_the_reference_parse_is_read(version: str) -> None:
    folder = Path(os.environ["NOTICEDESK_DATA"]) / "notices" / "formats" / "acns" / "xml"
    expected = yaml.load((folder / f"full_{version}.expected.yaml").read_text(), Loader=yaml.BaseLoader)
    expected.pop("schemaVersion", None)
    document = only((folder / f"full_{version}.xml").read_bytes())
    found = {" ".join(answer.value.split()) for answer in document.answers}
    truths = {"1": "true", "0": "false"}
    missing = [" ".join(word.split()) for word in _flat(expected) if word]
    assert [word for word in missing if word not in found and truths.get(word) not in found] == []
