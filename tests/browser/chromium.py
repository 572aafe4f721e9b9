"""Where Chromium is, and how it is got in CI."""

import os
import shutil
from functools import cache

from tests import apt

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = "chromium fonts-liberation"
INSTALL = apt.command(PACKAGES)


@cache
def chromium() -> str:
    """The path of a Chromium; installed in CI where there is none; empty where none can be had."""
    return _found() or _installed()


def _found() -> str:
    named = os.environ.get("NOTICEDESK_CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def _installed() -> str:
    apt.install(PACKAGES)
    return _found()
