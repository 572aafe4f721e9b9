"""Whether what somebody says makes a statement that a law asks for, in the languages in which statements are heard."""

from typing import Any

import pytest
import yaml

from tests.noticedesk.check.factory import CASES, checked, statuses

SAID = yaml.safe_load((CASES / "spoken.yaml").read_text(encoding="utf-8"))
AROUND = {
    "de": "Sehr geehrte Damen und Herren, bitte entfernen Sie das Angebot https://market.test/item/7 von der Seite.",
    "fr": "Bonjour, merci de retirer l'annonce https://market.test/item/7 de votre site dans les plus brefs délais.",
    "es": "Buenos días, les pido que retiren el anuncio https://market.test/item/7 de su página lo antes posible.",
    "en": "Hello, please remove the listing https://market.test/item/7 from your site as soon as you can do it.",
}


@pytest.mark.parametrize("case", SAID, ids=lambda case: f"{case['element']} {case['is']}: {case['says'][:50]}")
def test_a_statement_is_heard_where_it_is_made(case: dict[str, Any]) -> None:
    alone = checked(case["says"].lstrip("[] x☐☒"))
    found = checked(f"{AROUND[alone.language or 'en']}\n\n{case['says']}\n", primary=case["law"])
    assert statuses(found)[case["element"]] == case["is"]


def test_an_element_in_another_language_is_quoted_where_it_stands() -> None:
    found = checked(
        "Merci de retirer https://market.test/item/7.\n\nJe certifie que mes informations sont exactes.",
        primary="eu_dsa",
    )
    (element,) = (one for one in found.primary.elements if one.id == "bona_fide_statement")
    assert element.quotes == ("Je certifie que mes informations sont exactes.",)


@pytest.mark.parametrize(
    ("reach", "status"),
    [
        ("seraina@atelier.example", "present"),
        ("Tel. +41 52 555 01 23", "needs_review"),
        ("Marktgasse 4, 8400 Winterthur", "needs_review"),
    ],
)
def test_where_an_e_mail_address_is_asked_for_another_way_to_answer_is_for_a_person(reach: str, status: str) -> None:
    found = checked(
        f"Please remove the listing https://market.test/item/7, it copies my poster.\n\nSeraina Caduff\n{reach}",
        primary="eu_dsa",
    )
    assert statuses(found)["name_and_email"] == status
