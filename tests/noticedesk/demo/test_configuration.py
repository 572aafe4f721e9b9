from pathlib import Path

import pytest

from noticedesk import gather, http, intake, settings
from noticedesk.demo.configuration import SERVICE, configure
from noticedesk.demo.mails import SERVER
from noticedesk.demo.marketplace import Marketplace
from noticedesk.model.service import Service


@pytest.fixture
def folder(market: Marketplace, tmp_path: Path) -> Path:
    configure(market, tmp_path / "config", tmp_path / "inbox")
    return tmp_path / "config"


def test_the_service_is_the_marketplace_and_nothing_beside_it(market: Marketplace, folder: Path) -> None:
    (service,) = settings.read(folder / "services.yaml", tuple[Service, ...])
    rules = settings.read(folder / "gather.yaml", gather.GatherRules)
    for item, url in market.listings.items():
        place = gather.identify(url, (service,), rules)
        assert place is not None
        assert (place.service, place.item, place.canonical) == (SERVICE, item, url)
    assert gather.identify(market.elsewhere_url, (service,), rules) is None
    assert gather.identify(market.work_url("poster"), (service,), rules) is None


def test_only_the_demos_own_origins_are_exempt(market: Marketplace, folder: Path) -> None:
    rules = settings.read(folder / "gather.yaml", gather.GatherRules)
    policy = rules.manners.admit(http.PAGES, settings.read(folder / "services.yaml", tuple[Service, ...]))
    assert {f"{scheme}://{host}:{port}" for scheme, host, port in policy.exempt} == set(market.origins)
    assert not policy.private


def test_the_source_is_the_inbox_behind_our_own_mail_server(folder: Path) -> None:
    (source,) = settings.read(folder / "sources.yaml", tuple[intake.Source, ...])
    assert source.path == str(folder.parent / "inbox")
    assert source.servers == (SERVER,)


def test_the_law_is_the_shipped_one(folder: Path) -> None:
    shipped = settings.data_folder("config") / "regimes"
    assert [path.name for path in sorted((folder / "regimes").iterdir())] == sorted(p.name for p in shipped.iterdir())
