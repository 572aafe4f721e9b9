"""Drop folders elsewhere: claimed by renaming, handed over again after a crash, and moved once they are saved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from noticedesk.intake.channels import Delivery, Source, SourceError, Start, drop, opened
from noticedesk.settings import SettingError
from tests.noticedesk.intake.channels import sshd


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sshd.Sshd]:
    sshd.required()
    with sshd.running(tmp_path_factory.mktemp("sshd")) as running:
        yield running


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drop, "SETTLED_AFTER", 0.0)


@pytest.fixture
def over_sftp(server: sshd.Sshd, tmp_path: Path) -> Source:
    return Source(id="partner", kind="drop", path=server.url(tmp_path), service="market", host_key=server.host_key)


@pytest.fixture
def in_memory() -> Iterator[Source]:
    """Object storage has no folders until something lies in them."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pipe_file("/bucket/in/a.txt", b"Dear agent")
    yield Source(id="partner", kind="drop", path="memory://bucket/in", service="market")
    files.store.clear()


def fetch(source: Source, secret: str = "", save: bool = False) -> list[Delivery]:
    with opened(source, Start(secret=secret)) as inbox:
        found = []
        for delivery in inbox.deliveries():
            found.append(delivery)
            if save:
                inbox.acknowledge(delivery)
                inbox.acknowledge(delivery)
        return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.exists() else []


def test_a_file_is_claimed_before_it_is_read_and_moves_once_it_is_saved(
    over_sftp: Source, server: sshd.Sshd, tmp_path: Path
) -> None:
    (tmp_path / "a notice (1) #2?.txt").write_bytes(b"Dear agent")
    (first,) = fetch(over_sftp, server.key)
    assert names(tmp_path) == [] and names(tmp_path / "processing") == ["a notice (1) #2?.txt"]
    (again,) = fetch(over_sftp, server.key, save=True)
    assert (again.key, again.raw, again.arrived) == (first.key, b"Dear agent", None)
    assert names(tmp_path / "processing") == [] and names(tmp_path / "done") == ["a notice (1) #2?.txt"]
    assert fetch(over_sftp, server.key) == []


def test_a_second_file_of_the_same_name_is_kept_beside_the_first(
    over_sftp: Source, server: sshd.Sshd, tmp_path: Path
) -> None:
    for content in (b"one", b"two"):
        (tmp_path / "a.txt").write_bytes(content)
        fetch(over_sftp, server.key, save=True)
    assert {path.read_bytes() for path in (tmp_path / "done").iterdir()} == {b"one", b"two"}


def test_one_of_the_same_name_waits_until_the_claimed_one_is_saved(
    over_sftp: Source, server: sshd.Sshd, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    fetch(over_sftp, server.key)
    (tmp_path / "a.txt").write_bytes(b"two")
    assert [delivery.raw for delivery in fetch(over_sftp, server.key)] == [b"one"]
    assert [delivery.raw for delivery in fetch(over_sftp, server.key, save=True)] == [b"one", b"two"]


def test_a_server_that_shows_another_key_is_not_spoken_to(over_sftp: Source, server: sshd.Sshd, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    other = replace(over_sftp, host_key=(server.home / "user.pub").read_text(encoding="utf-8"))
    with pytest.raises(SourceError, match=r"source partner: .*shows another ssh-ed25519 key"):
        fetch(other, server.key)
    assert names(tmp_path) == ["a.txt"]


def test_who_is_not_let_in_is_told(over_sftp: Source) -> None:
    with pytest.raises(SourceError, match=r"source partner: .*[Aa]uthentication"):
        fetch(over_sftp, "a password")


@pytest.mark.parametrize(
    ("changes", "secret", "said"),
    [
        ({"host_key": ""}, "x", "host_key"),
        ({}, "", "NOTICEDESK_SECRET_PARTNER"),
        ({"path": "sftp://u:secret@host/in"}, "x", "holds a password"),
        ({"host_key": "ssh-ed25519"}, "x", "write host_key as ssh-ed25519"),
        ({}, "-----BEGIN NONSENSE-----", "private key"),
        ({"path": "nowhere://x"}, "", "nowhere://x cannot be opened"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused(changes: dict[str, str], secret: str, said: str) -> None:
    given = {"path": "sftp://u@127.0.0.1:1/in", "host_key": "ssh-ed25519 AAAA"} | changes
    with pytest.raises(SettingError, match=said):
        fetch(Source(id="partner", kind="drop", service="market", **given), secret)


def test_object_storage_is_read_the_same_way(in_memory: Source) -> None:
    (delivery,) = fetch(in_memory, save=True)
    assert (delivery.name, delivery.raw) == ("a.txt", b"Dear agent")
    files = fsspec.filesystem("memory")
    assert files.find("/bucket") == ["/bucket/in/done/a.txt"]
    assert fetch(in_memory) == []


def test_what_still_grows_and_what_says_it_is_half_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(id="partner", kind="drop", path=f"file://{tmp_path}", service="market")
    for name in ("grows.txt", "whole.txt", "x.part", ".hidden"):
        (tmp_path / name).write_bytes(b"one")

    def grow(_: float) -> None:
        (tmp_path / "grows.txt").write_bytes(b"one two")

    monkeypatch.setattr("noticedesk.intake.channels.drop.time.sleep", grow)
    assert [delivery.name for delivery in fetch(source)] == ["whole.txt"]


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    source = Source(id="partner", kind="drop", path=f"file://{tmp_path}/none", service="market")
    with pytest.raises(SourceError, match=r"source partner: .*none"):
        fetch(source)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(name.encode())
    source = Source(id="partner", kind="drop", path=f"file://{tmp_path}", service="market")
    claimed: Callable[..., Delivery | None] = drop._Drop._claimed

    def broken(self: drop._Drop, name: str, *, fresh: bool) -> Delivery | None:
        if name == "a.txt":
            raise OSError("disk trouble")
        return claimed(self, name, fresh=fresh)

    monkeypatch.setattr(drop._Drop, "_claimed", broken)
    found = []
    with opened(source) as inbox, pytest.raises(SourceError, match=r"a\.txt .*disk trouble"):
        for delivery in inbox.deliveries():
            found.append(delivery.name)
    assert found == ["b.txt"]
