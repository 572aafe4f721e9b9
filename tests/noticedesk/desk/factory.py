"""A whole desk on a fresh database, with a web of our own making behind its door, and mail to send it."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from matchers import image
from noticedesk import check, draft, gather, http, intake, regime, settings, store
from noticedesk.decide import Bands
from noticedesk.desk.desk import Desk, spoken
from noticedesk.desk.policy import Platform, Policy
from noticedesk.intake import attached
from noticedesk.model.action import Action, Reason
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Role
from noticedesk.model.service import Agent, Service
from noticedesk.store import records

HOST = "shop.example"
SERVER = "mx.shop.example"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
CONFIG = settings.data_folder("config")


@dataclass
class Web:
    """What the desk finds behind its door: pages and pictures by URL; anything else is not found."""

    pages: dict[str, http.Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> http.Page:
        self.asked.append(url)
        return self.pages.get(url) or http.Page(url, 404, {"content-type": "text/html"}, b"<p>not here</p>")

    def listing(self, item: str, title: str = "Sunset print", seed: int = 1) -> str:
        """Puts up a listing with one picture; its URL."""
        url, shown = f"https://{HOST}/item/{item}", f"https://{HOST}/pictures/{item}.png"
        facts = f'{{"@type": "Product", "name": "{title}", "image": "{shown}"}}'
        body = f'<html><script type="application/ld+json">{facts}</script><h1>{title}</h1></html>'.encode()
        self.pages[url] = http.Page(url, 200, {"content-type": "text/html"}, body)
        self.pages[shown] = http.Page(shown, 200, {"content-type": "image/png"}, picture(seed))
        return url


class Time:
    """The desk's time, which tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **by: float) -> None:
        self.now += timedelta(**by)


def picture(seed: int) -> bytes:
    """A picture full of detail, the same for the same seed."""
    chance = np.random.default_rng(seed)
    blocks = chance.integers(0, 255, (24, 24, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(blocks).resize((360, 360), Image.Resampling.BICUBIC).save(file, "PNG")
    return file.getvalue()


@contextmanager
def opened(home: Path, web: Web | None = None, time: Time | None = None, **policy: int | bool) -> Iterator[Desk]:
    """A desk for one service at shop.example, anew or as it was left; `policy` changes values of policy.yaml."""
    web = web or Web()
    if not (home / "claims.db").exists():
        # whole at once: another process may look for it, and half a copy is malformed
        Path(shutil.copy(empty_database(), home / f"claims.{os.getpid()}")).replace(home / "claims.db")
    db = store.open(f"sqlite:///{home / 'claims.db'}")
    (home / "inbox").mkdir(exist_ok=True)
    places = replace(
        settings.read(CONFIG / "gather.yaml", gather.GatherRules),
        items=settings.conform(
            [{"service": "shop", "patterns": [r"/item/(?P<item>[a-z0-9-]+)"]}],
            tuple[gather.rules.ItemRule, ...],
            "test",
        ),
    )
    law, reading, letters = shipped()
    desk = Desk(
        settings=settings.Settings(home=home),
        db=db,
        blobs=store.Blobs(f"file://{home / 'blobs'}"),
        services=(_service(),),
        sources=(
            intake.Source(id="inbox", kind="folder", path=str(home / "inbox"), service="shop", servers=(SERVER,)),
        ),
        law=law,
        reading=reading,
        letters=letters,
        bands=settings.read(CONFIG / "bands.yaml", Bands),
        places=places,
        reasons=settings.read(CONFIG / "reasons.yaml", dict[Reason, str]),
        spoken=spoken(CONFIG),
        policy=replace(settings.read(CONFIG / "policy.yaml", Policy), **policy),
        platform=Platform(),
        fetch_page=web.fetch,
        fetch_media=web.fetch,
        describe=image.describe,
        open_bytes=lambda raw, name, servers: intake.read(raw, name, servers=servers),
        pictures=attached.pictures,
        now=time or Time(),
    )
    try:
        yield desk
    finally:
        db.close()


@cache
def shipped() -> tuple[tuple[regime.Regime, ...], check.Reading, draft.Letters]:
    """The law, the reading and the letters that ship with the code, loaded once for all tests."""
    return (
        regime.load(CONFIG / "regimes"),
        check.load_reading(CONFIG / "reading"),
        draft.load_letters(settings.data_folder("templates")),
    )


@cache
def empty_database() -> Path:
    """A migrated database without rows, made once and copied for each test."""
    path = Path(tempfile.mkdtemp(prefix="noticedesk-tests-")) / "claims.db"
    db = store.open(f"sqlite:///{path}")
    store.migrate(db)
    with db.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path


def _service() -> Service:
    agent = Agent(
        name="Copyright Agent, Shop Inc.",
        address="1 Main Street, New York, NY 10001, USA",
        email="copyright@shop.example",
        timezone="America/New_York",
    )
    return Service(id="shop", name="Shop", hosts=(HOST,), countries=("US",), agent=agent)


def person(desk: Desk, *roles: Role, name: str = "Ann") -> Person:
    """Somebody who works at the desk."""
    made = Person(id=new_id("P"), name=name, email=f"{name.lower()}@shop.example", roles=roles, created_at=NOW)
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


LETTER = """To the copyright agent of Shop Inc.

I am the owner of the copyright in the photograph "Sunset over the bay".

It is shown without my permission here:
{urls}

I have a good faith belief that use of the material in the manner complained of is not authorized by the copyright
owner, its agent, or the law. The information in this notification is accurate and, under penalty of perjury, I am
authorized to act on behalf of the owner of an exclusive right that is allegedly infringed.

/s/ Maria Lind
Maria Lind, 5 Harbour Road, Portland, ME 04101, USA, +1 207 555 0100, maria@lind.example
"""

RETRACTION = """I withdraw my notice about {urls}. Please restore the listing.

Maria Lind
"""

COUNTER = """Counter notification under 17 USC 512(g)

This material was removed: {urls}
It appeared at that address before it was removed.

I swear, under penalty of perjury, that I have a good faith belief that the material was removed or disabled as a
result of mistake or misidentification of the material.

I consent to the jurisdiction of the Federal District Court for the judicial district in which my address is located,
and I will accept service of process from the person who provided the notification or an agent of such person.

/s/ Pat Seller
Pat Seller, 9 Hill Street, Austin, TX 78701, USA, +1 512 555 0199
"""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail to the desk; `signed` says whether our server vouches for the sender's domain."""

    text: str = LETTER
    urls: tuple[str, ...] = ()
    sender: str = "maria@lind.example"
    subject: str = "Copyright notice"
    message_id: str = "<notice-1@lind.example>"
    answers: str = ""
    signed: bool = True
    picture: bytes = b""

    def raw(self, received: datetime = NOW) -> bytes:
        mail = EmailMessage()
        domain = self.sender.partition("@")[2]
        if self.signed:
            mail["Authentication-Results"] = f"{SERVER}; dkim=pass header.d={domain}"
        stamp = received.strftime("%a, %d %b %Y %H:%M:%S +0000")
        mail["Received"] = f"from mail.{domain} by {SERVER} with ESMTPS; {stamp}"
        mail["From"], mail["To"], mail["Subject"] = self.sender, "copyright@shop.example", self.subject
        mail["Message-ID"] = self.message_id
        if self.answers:
            mail["In-Reply-To"] = self.answers
        mail.set_content(self.text.format(urls="\n".join(self.urls)))
        if self.picture:
            mail.add_attachment(self.picture, maintype="image", subtype="png", filename="original.png")
        return mail.as_bytes()


def deliver(home: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into the inbox."""
    for name, raw in files.items():
        (home / "inbox" / name).write_bytes(raw)


REMOVE = (Action.DISABLE, Reason.COPY)
