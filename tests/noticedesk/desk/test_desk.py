"""A desk whose files do not fit together does not open."""

import shutil
from pathlib import Path

import pytest
import yaml

from noticedesk import settings
from noticedesk.desk.desk import open_desk


def test_a_source_of_no_service_stops_the_start(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(settings.data_folder("config"), config)
    source = {"id": "box", "kind": "folder", "path": "inbox", "service": "exmaple"}
    (config / "sources.yaml").write_text(yaml.safe_dump([source]))
    told = pytest.raises(settings.SettingError, match="box: unknown service exmaple; did you mean example")
    with told, open_desk(settings.Settings(home=tmp_path, config=config)):
        pass
