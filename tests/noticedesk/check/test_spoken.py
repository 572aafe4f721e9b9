import shutil
from pathlib import Path

import pytest

from noticedesk.check.spoken import load_spoken
from noticedesk.settings import SettingError, data_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("config") / "reading" / "spoken", tmp_path / "spoken"))


def test_the_phrases_of_a_name_are_those_of_all_languages(folder: Path) -> None:
    heard = load_spoken(folder)
    assert {"parjure", "perjurio", "meineid*"} <= set(heard.cues["perjury"])


def test_a_name_that_one_language_has_alone_is_refused_with_its_file(folder: Path) -> None:
    file = folder / "fr.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  perjury:\n", "  perjry:\n"), encoding="utf-8")
    with pytest.raises(SettingError, match=r"fr\.yaml: en\.yaml has no perjry; did you mean perjury\?"):
        load_spoken(folder)


def test_a_folder_without_english_is_refused(folder: Path) -> None:
    (folder / "en.yaml").unlink()
    with pytest.raises(SettingError, match=r"en\.yaml"):
        load_spoken(folder)
