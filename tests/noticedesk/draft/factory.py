"""A case with every fact, as short makers: invented parties, works and listings."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from noticedesk.draft import (
    ElementFacts,
    Facts,
    Letters,
    ListingFacts,
    Match,
    Reasons,
    ServiceFacts,
    WorkFacts,
    asked,
    found,
    law_facts,
    load_letters,
)
from noticedesk.model.action import Reason
from noticedesk.regime import by_id, load
from noticedesk.settings import data_folder, read

REGIMES = load(data_folder("config") / "regimes")
LETTERS: Letters = load_letters(data_folder("templates"))
REASONS: dict[str, dict[Reason, str]] = {
    "en": read(data_folder("config") / "reasons.yaml", dict[Reason, str]),
    "de": read(data_folder("config") / "reasons.de.yaml", dict[Reason, str]),
    "fr": read(data_folder("config") / "reasons.fr.yaml", dict[Reason, str]),
}
REMOVED = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
RESTORED = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)

_SERVICE = ServiceFacts(
    name="Harbour Market",
    agent_name="Copyright Agent, Harbour Market Ltd.",
    agent_address="1 Quay Street, Portland, ME 04101, USA",
    agent_email="agent@harbour.example",
)
_LISTING = ListingFacts(
    url="https://harbour.example/item/4711",
    title="Lighthouse at dusk, print A2",
    action="remove",
    removed_at=REMOVED,
)
_WORK = WorkFacts(title="Lighthouse at dusk", mark="NORDLICHT", registration="018000001", office="EUIPO")


_OF_ACCOUNTS = {
    "any/account_warning": "warn_account",
    "any/account_suspension": "suspend_account",
    "any/account_closure": "terminate_account",
    "any/funds_held": "hold_funds",
}


def listing(**changes: Any) -> ListingFacts:
    """A listing that was removed, as the platform confirmed."""
    return replace(_LISTING, **changes)


def facts(letter: str = "any/receipt", **changes: Any) -> Facts:
    """A case in which everything is known that the letter may state."""
    folder = letter.partition("/")[0]
    usual = "au_116ah" if letter == "any/removal_notice_with_copy" else "us_dmca_512c"
    law = by_id(REGIMES, folder if folder != "any" else usual).versions[-1]
    restored = letter in ("any/restoration", "any/measure_lifted")
    account = next((action for name, action in _OF_ACCOUNTS.items() if letter == name), "")
    full = Facts(
        claim="C-01JD3K5X9Q7A2B4C",
        service=_SERVICE,
        addressee="Mara Holm",
        claimant="Mara Holm",
        principal="Holm Pictures AB",
        principals=("Holm Pictures AB", "HOLM PICTURES A.B."),
        received=date(2026, 11, 17),
        works=(_WORK,),
        listings=(
            listing(restored_at=RESTORED)
            if restored
            else listing(action=account, of_account=True)
            if account
            else listing(),
        ),
        given=(ElementFacts(id="contact_info", asks=law_element("contact_info"), quote="mara@holm.example"),),
        missing=tuple(each for each in asked(_us().elements) if each.id in ("signature", "accuracy_statement")),
        cure_by=date(2026, 12, 1),
        refusals=("The listing shows another photograph of the same lighthouse.",) if "refusal" in letter else (),
        law=law_facts(law),
        answer_elements=asked(law.counter_notice.elements),
        appeal_to="appeals@harbour.example",
        appeal_until=date(2026, 12, 18),
        reasons=Reasons(
            facts=_found("en"),
            basis="law",
            ground="Art 9 Reg (EU) 2017/1001",
            explanation="The offer uses a sign identical to a registered mark for identical goods.",
            from_notice=True,
            automated_detection=False,
            automated_preparation=True,
            automated_decision=False,
            fresh_eyes=True,
        ),
        notice_text="You may not sell my photograph.",
        counter_notice_received=date(2026, 11, 20),
        counter_notice_text="I took this photograph myself.\nIt was removed by mistake.",
        restore_from=date(2026, 12, 7),
        restore_until=date(2026, 12, 10),
        answered_on=date(2026, 11, 23),
        answer_by=date(2026, 11, 27),
        spoiled=("Settle this claim for 150 dollars at the link below.",) if "clean" in letter else (),
        retracted=date(2026, 11, 25) if "retraction" in letter else None,
        forwarded=date(2026, 11, 18) if "forwarded" in letter else None,
        court_action=True if "kept_down" in letter else False if restored else None,
        confirm_url="https://notices.market.example/confirm/F-1_0",
        confirm_until=date(2026, 11, 27),
        measure_until=date(2026, 12, 20),
        question="Did you sell the original print to this shop?" if "question" in letter else "",
    )
    return replace(full, **changes)


def spoken(letter: str, language: str) -> dict[str, Any]:
    """What a case in another language says in it: the reasons, and what the rules of that letter ask."""
    folder = letter.partition("/")[0]
    rules = by_id(REGIMES, "eu_dsa" if folder in ("any", "eu_dsa") else folder).versions[-1].elements
    said = REASONS.get(language, REASONS["en"])
    lifted = letter in ("any/restoration", "any/measure_lifted")
    reason = Reason.RETRACTED if letter == "any/measure_lifted" else Reason.COUNTER_NOTICE_LAPSE
    words = said[reason if lifted else Reason.IDENTICAL_SIGN]
    about = [
        ElementFacts(id=rule.id, asks=rule.words(language).asks, cure=rule.words(language).cure, tag=rule.tag)
        for rule in rules
        if rule.required
    ]
    told: dict[str, Any] = {"reasons": replace(facts().reasons, explanation=words, facts=_found(language))}
    if language != "en" or folder == "eu_dsa":
        told |= {"missing": tuple(about[:1]), "given": (replace(about[1], quote="https://harbour.example/item/4711"),)}
    return told | ({"refusals": (said[Reason.NOT_SAME],)} if "refusal" in letter else {})


def _found(language: str) -> str:
    matches = [Match(matcher="mark", sure="strong", mark="NORDLICHT", words="Nordlicht")]
    return found(LETTERS.frames[language][0].found, matches)


def law_element(wanted: str) -> str:
    """What the US host takedown rules ask by one element."""
    return next(element.asks for element in _us().elements if element.id == wanted)


def _us() -> Any:
    return by_id(REGIMES, "us_dmca_512c").versions[-1]
