"""A desk in the European Union, its platform, and a transparency database."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from noticedesk.demo.origin import Origin
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import ask_platform
from noticedesk.desk.statements import send
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.factory import CONFIG, NOW, Time
from tests.noticedesk.desk.receiver import Receiver, connect
from tests.noticedesk.desk.statements.database import TOKEN, Database


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def europe(tmp_path: Path, receiver: Receiver, time: Time, database: Database) -> Iterator[Desk]:
    """Statements are switched on; a test changes the configuration by `changed`."""
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    with Origin(database) as there, connect(tmp_path, receiver, time=time) as desk:
        service = replace(desk.services[0], countries=("DE", "FR", "US"))
        chosen = replace(desk.settings, config=config, transparency_token=TOKEN)
        changed(config, database=f"{there.url}/api/v1", reviewed_by_counsel=True)
        yield replace(desk, services=(service,), settings=chosen)


def changed(config: Path, **values: object) -> None:
    path = config / "transparency.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | values, allow_unicode=True))


def alleged(
    desk: Desk,
    kind: RightKind = RightKind.TRADEMARK,
    *,
    regime: str = "eu_dsa",
    created: datetime | None = datetime(2026, 10, 1, 23, 30, tzinfo=UTC),
    **claim_of: object,
) -> Allegation:
    """An approved allegation of a claim under the regime, about a listing of its own."""
    item = new_id("i").lower()
    listing = Listing(
        id=new_id("L"),
        service="shop",
        item=item,
        url=f"https://shop.example/item/{item}",
        account="acct-7",
        language="de",
        created_at=created,
    )
    fields = {"verdict": "effective", "principal": "Nordlicht Werke GmbH"} | claim_of
    claim = replace(
        Claim(id=new_id("C"), service="shop", regime=regime, regime_version=1, received_at=NOW),
        **fields,  # type: ignore[arg-type]
    )
    work = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.MARK, mark="NORDLICHT")
    right = Right(id=new_id("R"), kind=kind, holder=claim.principal, office="EUIPO", number="018123456")
    party = Party(
        id=new_id("Y"),
        claim=claim.id,
        role=PartyRole.SELLER,
        name="Pat Seller",
        email="pat@seller.example",
        account="acct-7",
    )
    made = Allegation(
        id=new_id("A"),
        claim=claim.id,
        work=work.id,
        listing=listing.id,
        right=right.id,
        url=listing.url,
        state=AllegationState.APPROVED,
    )
    with desk.db.write() as tx:
        records.add(tx, [listing, claim, work, right, party, made])
    return made


def dispatch(desk: Desk) -> None:
    """Has orders carried out, and statements sent; the letters of these cases stay where they are."""
    ask_platform(desk)
    send.send_due(desk)
