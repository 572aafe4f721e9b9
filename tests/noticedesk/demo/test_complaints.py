import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from noticedesk import intake
from noticedesk.demo import attacks
from noticedesk.demo.complaint import Complaint
from noticedesk.demo.complaints import complaints, tellings, write
from noticedesk.demo.mails import SERVER
from noticedesk.demo.marketplace import Marketplace
from noticedesk.demo.wording import PRIVATE
from noticedesk.demo.world import world
from noticedesk.model.action import REASONS
from noticedesk.model.document import Document
from noticedesk.model.notice import NoticeState, Verified
from tests.noticedesk.demo.conftest import NOW

TOLD = {telling.id: telling for telling in tellings()}
READABLE = [name for name, telling in TOLD.items() if not telling.raw]
MAILS = [name for name in READABLE if TOLD[name].voice != "form"]
FORMS = [name for name in READABLE if TOLD[name].voice == "form"]


def read(complaint: Complaint) -> Document:
    file = complaint.files[0]
    (document,) = intake.read(file.raw, file.name, servers=(SERVER,))
    return document


def test_there_are_at_least_two_dozen_complaints_each_under_an_id_of_its_own() -> None:
    assert len(TOLD) == len(tellings()) >= 24


@pytest.mark.parametrize("name", TOLD)
def test_the_truth_of_a_complaint_is_whole(name: str) -> None:
    truth = TOLD[name].truth
    assert truth.because.endswith(".")
    assert (truth.action is None) == (truth.reason is None)
    assert truth.action is None or truth.reason in REASONS[truth.action]
    assert truth.decision != "approve" or truth.action
    assert truth.outcome in (truth.allegation, truth.claim, truth.notice)
    assert truth.notice is NoticeState.READ or not (truth.allegation or truth.claim)


@pytest.mark.parametrize("name", TOLD)
def test_a_complaint_is_about_people_and_things_of_the_demo(name: str) -> None:
    telling = TOLD[name]
    assert telling.holder in world().holders or telling.from_seller or telling.raw
    assert telling.product in world().designs or not telling.product
    assert set(telling.offers) <= set(world().offers)
    assert not telling.answers or TOLD[telling.answers].wave < telling.wave


def test_nobody_complains_twice_about_a_listing_unless_it_is_said() -> None:
    pairs = [(item.holder, offer) for item in tellings() if item.holder and not item.answers for offer in item.offers]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_read_whole_and_its_sender_is_verified(sent: dict[str, Complaint], name: str) -> None:
    complaint, document = sent[name], read(sent[name])
    assert document.reader == (TOLD[name].attach if TOLD[name].attach in ("acns", "table") else "mail")
    assert document.problem.startswith("evidence.zip: ") if TOLD[name].attach == "zip_bomb" else document.problem == ""
    assert document.envelope.sender == complaint.sender
    assert document.envelope.message_id == complaint.message_id
    assert document.envelope.verified is Verified.DKIM
    assert document.envelope.received is not None
    assert timedelta() < NOW - document.envelope.received < timedelta(hours=7)


@pytest.mark.parametrize("name", FORMS)
def test_a_web_form_conforms_to_its_schema(sent: dict[str, Complaint], name: str) -> None:
    document = read(sent[name])
    assert (document.reader, document.problem) == ("webform", "")


@pytest.mark.parametrize("name", [name for name in READABLE if TOLD[name].offers])
def test_the_reported_listing_stands_in_the_text(sent: dict[str, Complaint], market: Marketplace, name: str) -> None:
    text = read(sent[name]).text
    named = [item for item in TOLD[name].offers if market.listings[item] in text or f"%2F{item}" in text]
    said = "location" not in TOLD[name].without or TOLD[name].attach == "table"
    assert named == (list(TOLD[name].offers) if said else [])


@pytest.mark.parametrize("name", [name for name in MAILS if TOLD[name].reference == "attached"])
def test_the_original_is_attached_where_it_is_said(sent: dict[str, Complaint], market: Marketplace, name: str) -> None:
    pictures = [item for item in read(sent[name]).attachments if item.media_type == "image/jpeg"]
    assert [picture.size for picture in pictures] == [len(market.products[TOLD[name].product].original)]


@pytest.mark.parametrize("name", [name for name in READABLE if TOLD[name].without and not TOLD[name].attach])
def test_what_was_left_out_is_not_there(sent: dict[str, Complaint], name: str) -> None:
    text, holder = read(sent[name]).text.lower(), world().holders[TOLD[name].holder]
    words = {
        "signature": "/s/",
        "good_faith": "good faith",
        "accuracy": "accurate",
        "perjury": "perjury",
        "contact": holder.email,
        "location": "/item/",
        "work": world().designs[TOLD[name].product].title.lower(),
        "registration": holder.registration,
        "original": "/works/",
    }
    for piece in TOLD[name].without:
        assert words[piece] not in text


def test_the_same_seed_gives_the_same_bytes(market: Marketplace, sent: dict[str, Complaint]) -> None:
    assert {complaint.id: complaint for complaint in complaints(market, NOW)} == sent


def test_a_letter_delivered_twice_is_the_same_bytes_under_two_names(sent: dict[str, Complaint]) -> None:
    one, two = sent["same-bytes-twice"].files
    assert one.raw == two.raw
    assert one.name != two.name


def test_a_letter_by_two_paths_is_one_message_in_other_bytes(sent: dict[str, Complaint]) -> None:
    one, two = (intake.read(file.raw, file.name)[0] for file in sent["same-message-two-paths"].files)
    assert one.envelope.message_id == two.envelope.message_id
    assert one.envelope.received != two.envelope.received
    assert one.text == two.text


def test_the_withdrawal_answers_the_notice_of_the_same_sender(sent: dict[str, Complaint]) -> None:
    envelope = read(sent["withdrawn"]).envelope
    assert envelope.in_reply_to == sent["rival-photographer"].message_id
    assert envelope.sender == sent["rival-photographer"].sender


def test_the_counter_notice_comes_from_the_account_that_holds_the_listing(sent: dict[str, Complaint]) -> None:
    (item,) = sent["counter-notice"].items
    assert sent["counter-notice"].sender == world().sellers[world().offers[item].seller].contact


def test_rubbish_is_told_to_be_unreadable(sent: dict[str, Complaint]) -> None:
    document = read(sent["garbage"])
    assert document.problem
    assert document.text.strip() == ""


def test_script_and_private_address_arrive_as_they_were_sent(sent: dict[str, Complaint]) -> None:
    assert read(sent["script-in-subject"]).envelope.subject.startswith("<script>")
    assert PRIVATE in read(sent["private-address"]).text


def test_the_zip_bomb_is_small_as_long_as_it_stays_closed(sent: dict[str, Complaint]) -> None:
    assert len(sent["zip-bomb"].files[0].raw) < 500_000
    assert "evidence.zip" in {item.name for item in read(sent["zip-bomb"]).attachments}
    with zipfile.ZipFile(io.BytesIO(attacks.zip_bomb())) as archive:
        assert len(archive.namelist()) == attacks.COPIES


def test_a_wave_is_written_whole(sent: dict[str, Complaint], tmp_path: Path) -> None:
    made = tuple(sent.values())
    second = [file for complaint in made if complaint.wave == 2 for file in complaint.files]
    paths = write(made, tmp_path, 2)
    assert {path.name: path.read_bytes() for path in paths} == {file.name: file.raw for file in second}
    assert sorted(tmp_path.iterdir()) == sorted(paths)
