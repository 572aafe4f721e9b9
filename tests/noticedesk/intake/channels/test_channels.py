"""Folders and maildirs: nothing is taken away before it is acknowledged, nothing is handed over under two keys."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from noticedesk import intake
from noticedesk.intake.channels import CHANNELS, Delivery, Source, SourceError, delivery_key, opened
from noticedesk.settings import SettingError, conform, data_folder
from noticedesk.settings import read as read_yaml
from tests.noticedesk.intake.cases import mail


def fetch(source: Source) -> list[Delivery]:
    with opened(source) as inbox:
        return list(inbox.deliveries())


def acknowledge(source: Source, delivery: Delivery) -> None:
    with opened(source) as inbox:
        inbox.acknowledge(delivery)


@pytest.fixture
def folder(tmp_path: Path) -> Source:
    return Source(id="inbox", kind="folder", path=str(tmp_path), service="market")


@pytest.fixture
def maildir(tmp_path: Path) -> Source:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return Source(id="box", kind="maildir", path=str(tmp_path), service="market")


def test_a_delivery_waits_under_the_same_key_until_it_is_acknowledged(folder: Source, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Dear agent")
    first, second = fetch(folder), fetch(folder)
    assert first == second and first[0].name == "a.txt" and first[0].arrived is None
    acknowledge(folder, first[0])
    assert fetch(folder) == []
    assert (tmp_path / "done" / "a.txt").read_bytes() == b"Dear agent"


def test_acknowledging_twice_does_nothing(folder: Source, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Dear agent")
    (delivery,) = fetch(folder)
    acknowledge(folder, delivery)
    acknowledge(folder, delivery)
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["a.txt"]


def test_a_second_file_of_the_same_name_does_not_overwrite_the_first(folder: Source, tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        (tmp_path / "a.txt").write_bytes(content)
        (delivery,) = fetch(folder)
        acknowledge(folder, delivery)
    assert {path.read_bytes() for path in (tmp_path / "done").iterdir()} == {b"one", b"two"}


def test_a_file_that_changed_after_it_was_fetched_stays_for_the_next_time(folder: Source, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    (delivery,) = fetch(folder)
    (tmp_path / "a.txt").write_bytes(b"two")
    acknowledge(folder, delivery)
    assert [again.raw for again in fetch(folder)] == [b"two"]


def test_unfinished_hidden_and_linked_files_are_left_alone(folder: Source, tmp_path: Path) -> None:
    (tmp_path / "a.txt.part").write_bytes(b"half")
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "link").symlink_to("/etc/hostname")
    assert fetch(folder) == []


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    source = Source(id="inbox", kind="folder", path=str(tmp_path / "none"), service="market")
    with pytest.raises(SourceError, match=r"source inbox: .*none is no folder"):
        fetch(source)


def test_new_mail_of_a_maildir_moves_to_the_seen_ones(maildir: Source, tmp_path: Path) -> None:
    name = "1793610000.M1P2.mx"
    (tmp_path / "new" / name).write_bytes(mail())
    (delivery,) = fetch(maildir)
    assert delivery.arrived == datetime.fromtimestamp(1793610000, UTC)
    acknowledge(maildir, delivery)
    assert (tmp_path / "cur" / f"{name}:2,S").read_bytes() == mail()
    assert fetch(maildir) == []


@pytest.mark.parametrize("name", ["99999999999999.x", "1.eml", "٣٣٣٣٣٣٣٣٣.x", "letter"])
def test_a_maildir_file_with_a_strange_name_has_no_arrival(maildir: Source, tmp_path: Path, name: str) -> None:
    (tmp_path / "new" / name).write_bytes(mail())
    assert [delivery.arrived for delivery in fetch(maildir)] == [None]


def test_one_message_id_with_two_contents_is_two_deliveries() -> None:
    one, two = delivery_key(mail("one"), "a"), delivery_key(mail("two"), "a")
    assert one != two and one.startswith("<1@example.org> ") and delivery_key(mail("one"), "b") == one


def test_a_file_without_a_message_id_is_known_by_content_and_name() -> None:
    assert delivery_key(b"x", "a") != delivery_key(b"x", "b") != delivery_key(b"y", "b")


def test_the_shipped_sources_are_none_and_a_wrong_key_is_refused() -> None:
    assert read_yaml(data_folder("config") / "sources.yaml", tuple[Source, ...]) == ()
    with pytest.raises(SettingError, match="did you mean kind"):
        conform({"id": "a", "knd": "folder", "path": "x", "service": "m"}, Source, "sources.yaml")


def test_every_part_of_the_door_is_exported() -> None:
    assert all(hasattr(intake, name) for name in intake.__all__)


def test_every_kind_of_source_has_one_channel() -> None:
    kinds = get_args(get_type_hints(Source)["kind"])
    assert sorted(channel.KIND for channel in CHANNELS) == sorted(kinds)
