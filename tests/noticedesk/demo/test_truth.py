"""What the rooms of the desk make of the demo's complaints, each asked by itself, is what the truth says."""

import hashlib
from collections.abc import Mapping
from datetime import date

import pytest

from matchers import image
from noticedesk import check, gather, http, intake, regime, settings
from noticedesk.compare import USE, Described, References, Shown, compare
from noticedesk.decide import Answer, Bands, Question, decide
from noticedesk.demo.complaint import Complaint, Telling
from noticedesk.demo.complaints import tellings
from noticedesk.demo.configuration import configure
from noticedesk.demo.mails import SERVER
from noticedesk.demo.marketplace import Marketplace
from noticedesk.demo.wording import PRIVATE
from noticedesk.demo.world import world
from noticedesk.model.evidence import Outcome
from noticedesk.model.notice import OPENING
from noticedesk.model.right import AssetKind, RightKind, Work
from noticedesk.model.verdict import Status, Verdict
from tests.noticedesk.demo.conftest import NOW

TOLD = {telling.id: telling for telling in tellings()}
JUDGED = [name for name, telling in TOLD.items() if telling.truth.verdict]
COMPARED = [(name, item) for name, telling in TOLD.items() if telling.truth.band for item in telling.offers]


@pytest.fixture(scope="module")
def rules(market: Marketplace, tmp_path_factory: pytest.TempPathFactory) -> gather.GatherRules:
    folder = tmp_path_factory.mktemp("desk") / "config"
    configure(market, folder, folder.parent / "inbox")
    return settings.read(folder / "gather.yaml", gather.GatherRules)


@pytest.fixture(scope="module")
def fetch(rules: gather.GatherRules) -> gather.Fetch:
    policy = rules.manners.admit(http.HOSTILE, ())
    return lambda url: http.fetch(url, policy)


@pytest.fixture(scope="module")
def law() -> tuple[regime.InForce, ...]:
    return regime.in_force(regime.load(settings.data_folder("config") / "regimes"), date(2026, 11, 22))


@pytest.fixture(scope="module")
def reading() -> check.Reading:
    return check.load_reading(settings.data_folder("config") / "reading")


@pytest.mark.parametrize("name", JUDGED)
def test_the_checker_finds_the_verdict(
    sent: dict[str, Complaint],
    market: Marketplace,
    law: tuple[regime.InForce, ...],
    reading: check.Reading,
    name: str,
) -> None:
    file = sent[name].files[0]
    (document,) = intake.read(file.raw, file.name, servers=(SERVER,))
    found = check.check(document, law, reading, market.hosts)
    lacking = {item.id: item.status.value for item in found.primary.elements if item.status != "present"}
    truth = TOLD[name].truth
    assert found.primary.verdict == truth.verdict, lacking
    missing = {item.id for item in found.primary.elements if item.status is Status.MISSING}
    # The marketplace's own policies ask for more than they insist on.
    asked = missing & set(truth.lacks) if found.primary.regime.startswith("mp_") else missing
    stopped = truth.verdict is Verdict.SAFETY
    assert stopped or asked == (set(truth.lacks) if found.kind in OPENING else set())


def described(urls: tuple[str, ...], rules: gather.GatherRules, fetch: gather.Fetch) -> dict[str, Described]:
    captures = gather.gather_media(urls, rules, fetch, NOW)
    fetched = [item.body for item in captures if item.outcome is Outcome.FETCHED]
    return {hashlib.sha256(body).hexdigest(): image.describe(body) for body in fetched}


def references(telling: Telling, market: Marketplace) -> tuple[str, ...]:
    if telling.reference == "private":
        return (PRIVATE,)
    return () if telling.reference == "none" else (market.original_url(telling.product),)


def answer(telling: Telling, shown: Shown, ours: Mapping[str, Described], bands: Bands) -> Answer:
    marked = telling.right != "copyright"
    mark = world().holders[telling.holder].mark if marked else ""
    work = Work(id="W-1", claim="C-1", kind=AssetKind.MARK if marked else AssetKind.PHOTO, title="work", mark=mark)
    findings = compare(work, References(pictures=ours), shown)
    uses = [step.removeprefix(USE) for finding in findings for step in finding.steps if step.startswith(USE)]
    asked = Question(
        right=RightKind.TRADEMARK if marked else RightKind.COPYRIGHT,
        counterfeit=telling.right == "counterfeit",
        duty_from_notice=not marked,
        effective=True,
        findings=findings,
        use=next(iter(uses), ""),
    )
    return decide(asked, bands)


@pytest.mark.parametrize(("name", "item"), COMPARED)
def test_gathering_and_comparing_find_the_band(
    market: Marketplace, rules: gather.GatherRules, fetch: gather.Fetch, name: str, item: str
) -> None:
    page = gather.gather_listing(market.listings[item], rules, fetch, NOW)
    pictures = described(page.images, rules, fetch)
    shown = Shown(name=item, title=page.title, description=page.description, pictures=pictures)
    bands = settings.read(settings.data_folder("config") / "bands.yaml", Bands)
    found = answer(TOLD[name], shown, described(references(TOLD[name], market), rules, fetch), bands)
    truth = TOLD[name].truth
    assert page.title == world().offers[item].title
    assert len(pictures) == 1
    assert found.band is truth.band, found.why
    # Where the finding must not settle the matter a person is asked, and the truth says what they find.
    assert found.action is None or (found.action, found.reason) == (truth.action, truth.reason)


def test_a_listing_that_is_gone_and_an_original_on_a_private_address_are_told_as_that(
    market: Marketplace, rules: gather.GatherRules, fetch: gather.Fetch
) -> None:
    assert gather.gather_listing(market.listings["m-117"], rules, fetch, NOW).outcome is Outcome.GONE
    (capture,) = gather.gather_media((PRIVATE,), rules, fetch, NOW)
    assert capture.outcome is Outcome.REFUSED


def test_the_desk_may_ask_nobody_on_loopback_but_the_demo(rules: gather.GatherRules, fetch: gather.Fetch) -> None:
    (capture,) = gather.gather_media(("http://127.0.0.1:9/original.jpg",), rules, fetch, NOW)
    assert capture.outcome is Outcome.REFUSED
