import shutil
from pathlib import Path

import pytest

from noticedesk.check import load_reading
from noticedesk.settings import SettingError, data_folder
from tests.noticedesk.check.factory import law, reading


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("config") / "reading", tmp_path / "reading"))


def test_an_unknown_cue_is_refused_with_the_nearest(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    file = folder / "statements.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("cues: [perjury, mistake]}", "cues: [perjur, mistake]}"))
    with pytest.raises(SettingError, match=r"perjur; did you mean perjury\?"):
        load_reading(folder)


def test_a_phrase_that_cannot_be_read_is_named_with_its_file(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    file = folder / "zones.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("preface:\n", "preface:\n  - (a|b\n", 1))
    with pytest.raises(SettingError, match=r"zones\.yaml: preface"):
        load_reading(folder)


def test_every_element_of_the_first_regimes_can_be_read() -> None:
    known = reading().elements.elements
    for force in law():
        if force.id in {"us_dmca_512c", "mp_trademark", "mp_counterfeit"}:
            for rule in (*force.version.elements, *force.version.counter_notice.elements):
                assert rule.id in known, rule.id
