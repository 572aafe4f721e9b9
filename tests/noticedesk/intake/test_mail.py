"""Mail as it arrives: parts, pages, attachments, forwards, several messages in one."""

import hashlib

import pytest

from noticedesk import intake
from noticedesk.intake import attached
from noticedesk.model.document import Document
from tests.noticedesk.intake.cases import mail, multipart

TEXT = "Content-Type: text/plain; charset=utf-8"
PAGE = "Content-Type: text/html; charset=utf-8"


def only(raw: bytes, name: str = "") -> Document:
    documents = intake.read(raw, name)
    assert len(documents) == 1
    return documents[0]


def test_a_plain_letter_is_kept_word_for_word() -> None:
    document = only(mail("Dear agent,\r\n  two  spaces\r\nÄnn"))
    assert (document.reader, document.text) == ("mail", "Dear agent,\n  two  spaces\nÄnn")


def test_the_plain_alternative_is_read() -> None:
    raw = multipart((TEXT, "my picture, see http://a.example/1"), (PAGE, "<p>my picture</p>"), kind="alternative")
    assert only(raw).text.strip() == "my picture, see http://a.example/1"


def test_a_page_that_says_more_than_its_stub_is_read() -> None:
    page = "<p>Dear agent, my picture is used at <a href='http://a.example/1'>this place</a> by somebody.</p>"
    raw = multipart((TEXT, "No HTML?"), (PAGE, page), kind="alternative")
    assert "this place <http://a.example/1>" in only(raw).text


def test_attachments_are_listed_with_their_digest() -> None:
    head = 'Content-Type: image/png\nContent-Disposition: attachment; filename="../proof.png"'
    document = only(multipart((TEXT, "Dear agent"), (head, "not really a picture")))
    attachment = document.attachments[0]
    assert (attachment.name, attachment.media_type, attachment.size) == ("proof.png", "image/png", 20)
    assert attachment.sha256 == hashlib.sha256(b"not really a picture").hexdigest()


@pytest.mark.parametrize(
    "parameter",
    ['filename="=?utf-8?q?f=C3=A4lschung.png?="', "filename*=utf-8''f%C3%A4lschung.png", 'filename="fälschung.png"'],
)
def test_a_name_of_an_attachment_is_read_in_every_spelling(parameter: str) -> None:
    head = f"Content-Type: image/png\nContent-Disposition: attachment; {parameter}"
    assert only(multipart((TEXT, "Dear agent"), (head, "x"))).attachments[0].name == "fälschung.png"


def test_one_attached_letter_belongs_to_its_cover() -> None:
    head = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="letter.txt"'
    document = only(multipart((TEXT, "See the letter."), (head, "Dear agent,\nmy picture is used.")))
    assert document.text.index("See the letter.") < document.text.index("my picture is used.")


def test_two_attached_letters_are_two_notices_beside_their_cover() -> None:
    head = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="{}.txt"'
    letters = [(head.format(name), f"Dear agent,\nmy picture {name} is used.") for name in ("one", "two")]
    documents = intake.read(multipart((TEXT, "Two letters."), *letters, Subject="Two"))
    assert [document.part for document in documents] == [0, 1, 2]
    assert ["picture one" in document.text for document in documents] == [False, True, False]
    assert {document.envelope.subject for document in documents} == {"Two"}


def test_an_attached_message_keeps_our_arrival_and_its_own_headers_as_claims() -> None:
    inner = mail("Dear agent,\nmy picture is used.", Subject="The original", From="Zoe <zoe@example.net>").decode()
    documents = intake.read(multipart((TEXT, "Please handle."), ("Content-Type: message/rfc822", inner)))
    cover, original = documents
    assert cover.text.strip() == "Please handle."
    assert original.envelope.sender == "ann@example.org"
    assert original.original is not None and original.original.sender == "zoe@example.net"
    assert original.original.subject == "The original"


@pytest.mark.parametrize("kind", ["message/rfc822", "message/delivery-status"])
@pytest.mark.parametrize("header", ["Subject:\x0bFinal-Recipient: x", "X: \u00fcber", "Subject:\n one\n two"])
def test_an_attached_message_with_a_strange_header_is_read(kind: str, header: str) -> None:
    inner = f"{header}\n\nDear agent, https://m.example/1"
    documents = intake.read(multipart(("Content-Type: text/plain", "See below."), (f"Content-Type: {kind}", inner)))
    assert all("failed (" not in document.problem for document in documents)
    assert attached.pictures(multipart((f"Content-Type: {kind}", inner))) == {}


def test_an_mbox_file_holds_several_messages() -> None:
    stamp = b"From ann@example.org Mon Nov  2 10:00:00 2026\n"
    raw = b"\n\n".join(stamp + mail(Subject=f"Notice {number}") for number in range(3))
    assert [document.envelope.subject for document in intake.read(raw)] == ["Notice 0", "Notice 1", "Notice 2"]


def test_an_encrypted_message_goes_to_a_person() -> None:
    parts = [("Content-Type: application/pgp-encrypted", "Version: 1"), ("Content-Type: application/octet-stream", "x")]
    assert "encrypted" in only(multipart(*parts, kind="encrypted")).problem


def test_a_short_message_with_a_link_to_a_file_service_is_noted() -> None:
    assert "not fetched: https://www.dropbox.com/s/1/n.pdf" in only(mail("https://www.dropbox.com/s/1/n.pdf")).problem


def test_archives_are_not_opened() -> None:
    head = 'Content-Type: application/zip\nContent-Disposition: attachment; filename="evidence.zip"'
    document = only(multipart((TEXT, "Dear agent"), (head, "PK\x03\x04rest")))
    assert "evidence.zip: this is a ZIP archive" in document.problem


@pytest.mark.parametrize(
    "raw",
    [
        mail("x" * 1_000_000),
        mail("a\x00b\x07c"),
        mail("words", Content_Type="text/plain; charset=klingon"),
        mail("\xff\xfe", Content_Transfer_Encoding="base64"),
        mail("words", Content_Type="multipart/mixed"),
        mail("words", Content_Type='multipart/mixed; boundary="never"'),
        multipart(*[(TEXT, "part")] * 700),
        mail(Content_Disposition="attachment; filename*=utf-8''%ff%fe; filename*0=\"x\""),
        mail(Content_Type="text/plain; charset*0=a; charset*x=b"),
        b"From: a\nTo: b\nSubject: " + b"=?utf-8?q?" + b"x" * 200_000 + b"?=\n\nwords",
        b"From: " + b"(" * 5000 + b"\nTo: a@b\nDate: x\n\nwords",
        b"From: a@b\nTo: " + b"a@b, " * 50_000 + b"\nDate: x\n\nwords",
    ],
    ids=lambda raw: str(raw[-30:]),
)
def test_hostile_mail_is_a_document_all_the_same(raw: bytes) -> None:
    document = only(raw)
    assert document.text or document.problem
    assert "\x00" not in document.text


def test_parts_nested_beyond_reason_go_to_a_person() -> None:
    inner = b"Content-Type: text/plain\n\nwords"
    for level in range(1100):
        inner = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n%s\n--b%d--' % (level, level, inner, level)
    document = only(b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n" + inner)
    assert document.problem


def test_messages_enclosed_in_one_another_are_opened_to_a_limit() -> None:
    raw = mail("innermost")
    for _ in range(12):
        raw = mail(raw.decode(), MIME_Version="1.0", Content_Type="message/rfc822")
    assert any("deep" in document.problem for document in intake.read(raw))


def test_a_text_file_that_begins_with_typed_headers_is_a_letter() -> None:
    raw = b"From: Ann Example, 1 Road, Town\nTo: The agent\nDate: today\nSubject: my picture\n\nDear agent,\n..."
    assert "1 Road" in only(raw, "letter.txt").text


def test_a_mail_that_only_brings_pictures_says_that_it_has_no_words() -> None:
    document = only(multipart(("Content-Type: image/png; name=scan.png", "not really a picture")))
    assert document.problem == "there are no words in it that can be read"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_message_that_came_back_and_reads_nothing_of_it(kind: str) -> None:
    ours = "From: agent@market.example\nTo: ann@example.org\nMessage-ID: <letter-9@market.example>\n\nDear Ann,\n"
    raw = multipart((TEXT, "It could not be delivered."), (f"Content-Type: {kind}", ours))
    document = only(raw.replace(b"multipart/mixed;", b"multipart/report; report-type=delivery-status;"))
    assert document.envelope.bounce and "Dear Ann" not in document.text
    assert document.original is not None and document.original.message_id == "<letter-9@market.example>"


def test_two_attached_forms_are_two_notices() -> None:
    form = '{"schema": "noticedesk/complaint/1", "signature": "Ann %d"}'
    parts = [(f'Content-Type: application/json; name="{number}.json"', form % number) for number in (1, 2)]
    documents = intake.read(multipart((TEXT, "Two complaints."), *parts))
    assert [document.answers[0].value for document in documents] == ["Ann 1", "Ann 2"]


def test_the_header_block_of_a_reply_is_what_it_answers_and_no_forwarded_message() -> None:
    block = "From: Desk <desk@m.example>\nSent: Monday\nTo: Ann\nSubject: Case 1\n\nunder penalty of perjury\n"
    answer = only(mail(f"We withdraw.\n\n{block}", In_Reply_To="<1@m.example>"))
    assert answer.original is None and "perjury" in answer.text[slice(*answer.quoted[0])]
    sent_on = only(mail(f"Please handle.\n\n{block}"))
    assert sent_on.original is not None and sent_on.original.sender == "desk@m.example" and sent_on.quoted == ()
