"""The desk, opened: its store, its law and rules, and its means of fetching and looking at pictures."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from matchers import image
from noticedesk import check, draft, gather, http, intake, malware, regime, settings, store
from noticedesk.compare import Described
from noticedesk.decide import Bands
from noticedesk.desk import reading
from noticedesk.desk.policy import Platform, Policy
from noticedesk.desk.remembered import remembered
from noticedesk.model.action import Reason
from noticedesk.model.document import Document
from noticedesk.model.notice import Notice
from noticedesk.model.service import Service
from noticedesk.sandbox import Ending, Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything a stage may use; made by `open_desk`, or by hand in tests."""

    settings: settings.Settings
    db: store.Database
    blobs: store.Blobs
    services: tuple[Service, ...]
    sources: tuple[intake.Source, ...]
    law: tuple[regime.Regime, ...]
    reading: check.Reading
    letters: draft.Letters
    bands: Bands
    places: gather.GatherRules
    reasons: dict[Reason, str]
    spoken: Mapping[str, Mapping[Reason, str]]
    policy: Policy
    platform: Platform
    fetch_page: gather.Fetch
    fetch_media: gather.Fetch
    describe: Callable[[bytes], Described]
    open_bytes: Callable[[bytes, str, tuple[str, ...]], tuple[Document, ...]]
    pictures: Callable[[bytes], Mapping[str, bytes]]
    now: Callable[[], datetime]
    scanner: malware.Scanner = malware.UNNAMED
    _in_force: dict[tuple[date, str], tuple[regime.InForce, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def in_force(self, on: datetime, service: str) -> tuple[regime.InForce, ...]:
        """The law that may apply to a service on the date of an instant; all of it where no countries are named."""
        asked = (on.date(), service)
        if asked not in self._in_force:
            today, countries = regime.in_force(self.law, on.date()), self.service(service).countries
            self._in_force[asked] = regime.for_countries(today, countries) if countries else today
        return self._in_force[asked]

    def service(self, wanted: str) -> Service:
        """The service of that id; raises SettingError with the nearest id."""
        known = {service.id: service for service in self.services}
        if wanted not in known:
            raise settings.SettingError(f"unknown service {wanted}{settings.nearest(wanted, known)}")
        return known[wanted]

    def source(self, wanted: str) -> intake.Source:
        """The source of that id; raises SettingError with the nearest id."""
        known = {source.id: source for source in self.sources}
        if wanted not in known:
            raise settings.SettingError(f"unknown source {wanted}{settings.nearest(wanted, known)}")
        return known[wanted]

    def documents(self, raw: bytes, name: str, channel: str) -> tuple[Document, ...]:
        """The documents in received bytes, read where a hostile one can be stopped."""
        servers = next((source.servers for source in self.sources if source.id == channel), ())
        return self.open_bytes(raw, name, servers)

    def document(self, notice: Notice) -> Document:
        """A notice, read again from its raw bytes."""
        return self.documents(self.blobs.get(notice.sha256), notice.name, notice.channel)[notice.part]

    def says(self, reason: Reason, language: str) -> str:
        """What a letter in a language says for a reason; in English where that language has no words for it."""
        return self.spoken.get(language, {}).get(reason) or self.reasons[reason]

    @property
    def patience(self) -> store.queue.Patience:
        """How often something is tried before a person is asked."""
        return store.queue.Patience(attempts=self.policy.attempts)


@contextmanager
def open_desk(chosen: settings.Settings) -> Iterator[Desk]:
    """The desk as the settings describe it; refuses to open with an unknown key or on another version's database."""
    folder = chosen.config
    policy = settings.read(folder / "policy.yaml", Policy)
    places = settings.read(folder / "gather.yaml", gather.GatherRules)
    services = settings.read(folder / "services.yaml", tuple[Service, ...])
    law, letters = regime.load(folder / "regimes"), draft.load_letters(chosen.templates)
    regime.check_letters(law, letters.names)
    draft.check_copies(letters, law)
    policy.letters.check(letters.names)
    sources = settings.read(folder / "sources.yaml", tuple[intake.Source, ...])
    how = reading.How(folder / "reading", policy.largest_bytes)
    intake.load_rules(how.rules)
    _served(sources, {service.id for service in services})
    chosen.own_secrets(source.id for source in sources)
    chosen.home.mkdir(parents=True, exist_ok=True)
    db = store.open(chosen.database_url)
    if not store.is_current(db):
        db.close()
        raise settings.SettingError(f"the database {db.url} is not of this version; run: noticedesk db upgrade")
    with closing(db), Sandbox() as sandbox:
        yield Desk(
            settings=chosen,
            db=db,
            blobs=store.Blobs(chosen.blobs_url),
            services=services,
            sources=sources,
            law=law,
            reading=check.load_reading(folder / "reading"),
            letters=letters,
            bands=settings.read(folder / "bands.yaml", Bands),
            places=places,
            reasons=settings.read(folder / "reasons.yaml", dict[Reason, str]),
            spoken=spoken(folder),
            policy=policy,
            platform=settings.read(folder / "platform.yaml", Platform),
            fetch_page=_fetch(places.manners.admit(http.PAGES, services)),
            fetch_media=_fetch(places.manners.admit(http.MEDIA, services)),
            describe=remembered(lambda body: _describe(sandbox, body)),
            open_bytes=lambda raw, name, servers: reading.documents(sandbox, raw, name, replace(how, servers=servers)),
            pictures=lambda raw: reading.pictures(sandbox, raw, how),
            scanner=malware.Scanner(chosen.scanner),
            now=lambda: datetime.now(UTC),
        )


def spoken(folder: Path) -> Mapping[str, Mapping[Reason, str]]:
    """What letters in other languages say for each reason, by language: the files reasons.<language>.yaml."""
    files = sorted(folder.glob("reasons.*.yaml"))
    return {path.suffixes[0].removeprefix("."): settings.read(path, dict[Reason, str]) for path in files}


def _served(sources: tuple[intake.Source, ...], known: set[str]) -> None:
    """Raises SettingError for a source whose complaints would belong to no service."""
    for source in sources:
        if source.service not in known:
            near = settings.nearest(source.service, known)
            raise settings.SettingError(f"sources.yaml: {source.id}: unknown service {source.service}{near}")


def _fetch(policy: http.Policy) -> gather.Fetch:
    """A policy as a function of the URL alone."""
    return lambda url: http.fetch(url, policy)


def _describe(sandbox: Sandbox, body: bytes) -> Described:
    """The picture as the matcher sees it, opened where it can be killed; what kills the worker is unreadable."""
    try:
        return sandbox.call(image.describe, body)
    except Ending as error:
        return image.Unreadable(hashlib.sha256(body).hexdigest(), str(error))
