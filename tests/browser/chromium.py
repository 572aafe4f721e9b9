"""Where Chromium is, and how it is got in CI."""

import os
import shutil
import subprocess
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "apt-get install -y --no-install-recommends chromium fonts-liberation"


@cache
def chromium() -> str:
    """The path of a Chromium; installed in CI where there is none; empty where none can be had."""
    return _found() or _installed()


def _found() -> str:
    named = os.environ.get("NOTICEDESK_CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def _installed() -> str:
    if not os.environ.get("CI") or not shutil.which("apt-get"):
        return ""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in ("apt-get update -qq", INSTALL):
        subprocess.run(
            [*as_root, *command.split()],
            check=True,
            timeout=600,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
    return _found()
