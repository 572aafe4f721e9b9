"""The built wheel, installed in a fresh environment and run from another folder, finds its rules and letters."""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = """
import pathlib, sys
import noticedesk
from noticedesk import draft, regime
from noticedesk.settings import Settings
home = pathlib.Path(sys.prefix)
settings = Settings()
assert pathlib.Path(noticedesk.__file__).is_relative_to(home), noticedesk.__file__
assert settings.config.is_relative_to(home), settings.config
print(len(regime.load(settings.config / "regimes")), len(draft.load_letters(settings.templates).names))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=sysconfig.get_path("scripts")) or shutil.which("uv")
    assert uv, "uv is part of the environment that make setup builds"
    subprocess.run([uv, "build", "--quiet", "--wheel", "--out-dir", str(out), str(ROOT)], check=True)
    return next(out.glob("*.whl"))


def test_its_top_level_names_are_the_three_packages(wheel: Path) -> None:
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"noticedesk", "matchers", "flows"}


def test_it_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    site = next((home / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    # The libraries come from the environment that runs the tests; our own packages only from the wheel.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    run = subprocess.run(
        [str(home / "bin" / "python"), "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    regimes, letters = map(int, run.stdout.split())
    assert regimes >= 3
    assert letters >= 6
