import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk import intake
from noticedesk.check import line
from noticedesk.model.document import Answer, Attachment, Document, Envelope, Field
from noticedesk.model.notice import NoticeKind
from noticedesk.model.verdict import UrlRole, Verdict
from tests.noticedesk.check.factory import CASES, checked, law, letter, statuses

TABLE = yaml.safe_load((CASES / "check.yaml").read_text(encoding="utf-8"))


def _filled(text: str) -> str:
    while "{" in text and (found := re.search(r"\{(\w+)\}", text)):
        text = text.replace(found[0], TABLE["blocks"][found[1]])
    return text


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_what_is_said_of_a_letter(case: dict[str, Any]) -> None:
    found = checked(_filled(case["text"]), primary=case.get("under"))
    said = {
        "kind": found.kind.value,
        "verdict": found.primary.verdict.value,
        "regime": found.primary.regime,
        "language": found.language,
        "forks": found.claims_fork_network,
        "items": [item.value for item in found.reported_items],
        "reported": list(found.urls_of(UrlRole.REPORTED)),
        "original": list(found.urls_of(UrlRole.ORIGINAL)),
        "excluded": list(found.urls_of(UrlRole.EXCLUDED)),
    }
    for key in said.keys() & case.keys():
        assert said[key] == case[key], key
    assert statuses(found).items() >= case.get("elements", {}).items()
    assert {one.url: one.status for one in found.urls}.items() >= case.get("urls", {}).items()
    assert set(case.get("duties", ())) <= set(found.primary.duties)
    raised = {flag.id for flag in found.flags}
    assert raised >= set(case.get("flags", ()))
    assert not raised & set(case.get("no_flags", ()))


def test_there_are_cases_enough() -> None:
    assert len(TABLE["cases"]) >= 60


def test_quotes_are_the_words_at_their_spans_and_what_lacks_has_a_cure() -> None:
    text = _filled("{whole}")
    for element in checked(text).primary.elements:
        assert element.quotes == tuple(text[start:end] for start, end in element.spans)
        assert element.reference
        assert not element.cure
    lacking = next(
        one for one in checked(f"Copyright! Remove {text[:120]}").primary.elements if one.status == "missing"
    )
    assert lacking.cure


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_checked_and_spans_stay_inside_it(text: str) -> None:
    found = checked(text)
    for verdict in (found.primary, *found.also):
        for element in verdict.elements:
            assert all(0 <= start <= end <= len(text) for start, end in element.spans)
            if element.spans:
                assert element.quotes == tuple(text[start:end] for start, end in element.spans)


FORM = """{"schema": "noticedesk/complaint/1", "right": "copyright", "principal": {"name": "Mira Holt", "email":
"mira@holt.example"}, "works": [{"title": "Dunes at Dawn", "kind": "photo", "urls": ["https://holt.example/dunes"],
"media": ["https://holt.example/dunes.jpg"]}], "listings": ["https://market.test/item/1001"],
"statements": {"good_faith": true, "accuracy": true, "authority": true}, "signature": "Mira Holt"}"""


def test_a_whole_web_form_is_effective() -> None:
    found = checked(intake.read(FORM.encode(), "form.json")[0])
    assert (found.kind, found.primary.verdict) == (NoticeKind.COPYRIGHT_NOTICE, Verdict.EFFECTIVE)
    assert found.urls_of(UrlRole.REPORTED) == ("https://market.test/item/1001",)
    assert found.urls_of(UrlRole.ORIGINAL) == ("https://holt.example/dunes",)
    work = found.works[0]
    assert (work.title, work.kind.value, work.media) == ("Dunes at Dawn", "photo", ("https://holt.example/dunes.jpg",))
    assert found.parties[0].email == "mira@holt.example"


def test_a_box_left_unticked_is_not_the_statement() -> None:
    found = checked(intake.read(FORM.replace('"good_faith": true', '"good_faith": false').encode(), "form.json")[0])
    assert statuses(found)["good_faith_statement"] in {"missing", "needs_review"}


def test_a_field_left_out_of_a_form_is_missing() -> None:
    found = checked(intake.read(FORM.replace(', "signature": "Mira Holt"', "").encode(), "form.json")[0])
    assert statuses(found)["signature"] == "missing"
    assert found.primary.verdict is Verdict.DEFICIENT_CURABLE


def test_the_mark_and_its_registration_are_read_from_a_form() -> None:
    form = """{"schema": "noticedesk/complaint/1", "right": "trademark", "works": [{"mark": "LUMARA", "registration":
    "018123456", "office": "EUIPO"}], "listings": ["https://market.test/item/5"]}"""
    found = checked(intake.read(form.encode(), "form.json")[0])
    work = found.works[0]
    assert (work.mark, work.registration, work.office) == ("LUMARA", "018123456", "EUIPO")
    assert statuses(found)["registration_number"] == "present"
    assert statuses(found)["mark"] == "present"


def test_works_of_one_record_keep_their_own_urls() -> None:
    text = "A\nB\nhttps://market.test/item/1\nhttps://market.test/item/2\n"
    answers = (
        Answer(question="title", value="A", span=(0, 1), field=Field.WORK_TITLE, group=1),
        Answer(question="url", value="https://market.test/item/1", span=(4, 30), field=Field.INFRINGING_URL, group=1),
        Answer(question="title", value="B", span=(2, 3), field=Field.WORK_TITLE, group=2),
        Answer(question="url", value="https://market.test/item/2", span=(31, 57), field=Field.INFRINGING_URL, group=2),
    )
    works = checked(Document(reader="table", text=text, answers=answers)).works
    assert [(work.title, work.reported_urls) for work in works] == [
        ("A", ("https://market.test/item/1",)),
        ("B", ("https://market.test/item/2",)),
    ]


def test_a_picture_attached_is_a_reference_picture() -> None:
    picture = Attachment(name="dunes.jpg", media_type="image/jpeg", sha256="ab12", size=3)
    document = Document(reader="mail", text=_filled("{whole}"), attachments=(picture,))
    assert checked(document).works[0].media == ("ab12",)


def test_the_words_of_somebody_else_in_a_reply_are_not_the_senders() -> None:
    own = "Copyright claim: remove https://market.test/item/1001\n"
    text = own + _filled("{good_faith}")
    document = Document(reader="mail", text=text, quoted=((len(own), len(text)),))
    assert statuses(checked(document))["good_faith_statement"] == "missing"


def test_the_address_a_mail_came_from_reaches_its_sender() -> None:
    document = Document(reader="mail", text="Copyright: remove it", envelope=Envelope(sender="mira@holt.example"))
    assert statuses(checked(document))["contact_info"] == "present"


def test_a_bounce_is_known_by_its_envelope() -> None:
    document = Document(reader="mail", text="copyright infringement", envelope=Envelope(bounce=True))
    assert checked(document).kind is NoticeKind.DELIVERY_REPORT


def test_a_notice_forced_under_another_regime_is_in_the_wrong_one() -> None:
    text = "Our registered trademark LUMARA is infringed, a trademark complaint: https://market.test/item/1"
    found = checked(text, primary="us_dmca_512c")
    assert found.primary.regime == "us_dmca_512c"
    assert found.primary.verdict is Verdict.WRONG_REGIME
    assert "mp_trademark" in {verdict.regime for verdict in found.also}


def test_a_circumvention_claim_is_read_by_the_law_it_invokes_too() -> None:
    found = checked("This tool circumvents our access controls under 1201 of the DMCA: https://market.test/item/1")
    assert found.kind is NoticeKind.ANTICIRCUMVENTION
    assert "good_faith_statement" in line(found, "a", 0)["elements"]  # type: ignore[operator]


def test_an_element_that_no_one_taught_us_to_read_is_for_a_person() -> None:
    from dataclasses import replace

    from noticedesk.check import check
    from tests.noticedesk.check.factory import HOSTS, reading

    force = next(force for force in law() if force.id == "us_dmca_512c")
    strange = replace(force.version.elements[0], id="seal_of_wax")
    version = replace(force.version, elements=(*force.version.elements, strange))
    found = check(letter(_filled("{whole}")), (type(force)(force.regime, version),), reading(), HOSTS)
    assert statuses(found)["seal_of_wax"] == "needs_review"
    assert found.primary.verdict is Verdict.NEEDS_REVIEW


def test_without_any_law_a_document_is_still_read() -> None:
    from noticedesk.check import check
    from tests.noticedesk.check.factory import HOSTS, reading

    found = check(letter(_filled("{whole}")), (), reading(), HOSTS)
    assert found.primary.verdict is Verdict.NOT_A_CLAIM
    assert found.urls_of(UrlRole.REPORTED)


def test_a_demand_for_money_spoils_a_notice_where_the_law_forbids_it() -> None:
    text = "Copyright infringement: https://market.test/item/1. Settle this claim by paying 150 CAD at the link."
    found = checked(text, primary="ca_notice_notice")
    assert found.primary.verdict is Verdict.INEFFECTIVE
    assert {flag.id for flag in found.flags} >= {"settlement_offer", "reference_to_such"}


def test_without_a_host_only_what_is_said_or_asked_for_is_reported() -> None:
    text = "The original work is on our website https://holt.example/dunes\n\nRemove the infringing copy:\nhttps://a.test/1\n"
    found = checked(f"Copyright.\n{text}", hosts=())
    assert found.urls_of(UrlRole.REPORTED) == ("https://a.test/1",)
    assert found.urls_of(UrlRole.ORIGINAL) == ("https://holt.example/dunes",)


def test_an_address_ends_with_the_field_in_which_it_stands() -> None:
    first = "https://market.test/item/sunset-over-the-bay-and-other-photographs-/"
    text = f"infringing_url: {first}\nnext/page: of the form\n"
    span = (text.index(first), text.index(first) + len(first))
    made = Document(
        reader="form", text=text, answers=(Answer(question="u", value=first, span=span, field=Field.INFRINGING_URL),)
    )
    assert checked(made).urls_of(UrlRole.REPORTED) == (first,)


def test_the_domain_of_who_reports_is_not_what_is_reported() -> None:
    report = """{"xarf_version": "4.2.0", "report_id": "5", "category": "copyright", "type": "p2p",
     "reporter": {"org": "Example Films", "contact": "claims@films.test", "domain": "films.test"},
     "swarm_info": {"info_hash": "aabb"}}"""
    (document,) = intake.read(report.encode(), "report.json")
    for hosts in ((), ("market.test",)):
        assert checked(document, hosts=hosts).urls_of(UrlRole.REPORTED) == ()


def test_elements_of_a_law_invoked_in_vain_say_whose_they_are() -> None:
    text = "They circumvent our licence keys by a crack. Remove https://code.test/a/crack under 17 USC 1201."
    said: Any = line(checked(text), "a", 0)
    own = {element.id for element in checked(text).primary.elements}
    assert own and {name for name, element in said["elements"].items() if "regime" not in element} == own
    assert {element["regime"] for name, element in said["elements"].items() if name not in own} <= {
        one["regime"] for one in said["also"]
    }
