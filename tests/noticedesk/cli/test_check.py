import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli.check import command
from noticedesk.settings import data_folder

LETTER = """My photograph was copied. Please remove this infringing listing:
https://market.test/item/1

I have a good faith belief that this use is not authorized by the copyright owner, its agent, or the law.
The information in this notification is accurate, and I swear under penalty of perjury that I am the owner.

mira@holt.example

Kind regards,
Mira Holt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LETTER)
    (tmp_path / "b.txt").write_text(LETTER.replace("Kind regards,\nMira Holt\n", ""))
    return tmp_path


def test_a_folder_gives_one_json_line_a_file(folder: Path) -> None:
    done = CliRunner().invoke(command, ["--json", "--host", "market.test", str(folder)])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [(Path(line["path"]).name, line["verdict"]) for line in lines] == [
        ("a.txt", "effective"),
        ("b.txt", "deficient_curable"),
    ]
    assert {line["schema"] for line in lines} == {"check/1"}
    assert lines[0]["reported_urls"] == ["https://market.test/item/1"]


def test_what_lacks_exits_with_three_when_strict(folder: Path) -> None:
    assert CliRunner().invoke(command, ["--strict", "--host", "market.test", str(folder / "a.txt")]).exit_code == 0
    assert CliRunner().invoke(command, ["--strict", "--host", "market.test", str(folder)]).exit_code == 3


def test_people_read_element_status_and_cure(folder: Path) -> None:
    done = CliRunner().invoke(command, ["--host", "market.test", str(folder / "b.txt")])
    assert "deficient_curable" in done.stdout
    assert "Please sign the notice" in " ".join(done.stdout.split())


def test_an_unknown_regime_is_refused_with_the_nearest(folder: Path) -> None:
    done = CliRunner().invoke(command, ["--regime", "us_dmca_512", str(folder)])
    assert "did you mean us_dmca_512" in str(done.exception)


def test_a_path_that_is_not_there_is_wrong_usage() -> None:
    assert CliRunner().invoke(command, ["nowhere.txt"]).exit_code == 2


def test_without_a_host_those_of_the_services_count(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = folder.parent / "config"
    shutil.copytree(data_folder("config"), config)
    services = config / "services.yaml"
    services.write_text(services.read_text().replace("[marketplace.example, www.marketplace.example]", "[market.test]"))
    monkeypatch.setenv("NOTICEDESK_CONFIG", str(config))
    statuses = []
    for hosts in ([], ["--host", "elsewhere.test"]):
        done = CliRunner().invoke(command, ["--json", *hosts, str(folder / "a.txt")])
        statuses.append(json.loads(done.stdout)["urls"]["https://market.test/item/1"]["status"])
    assert statuses == ["ok", "not_ours"]
