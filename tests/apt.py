"""Programs that tests need and CI installs: one process at a time, since several workers ask at once."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def command(packages: str) -> str:
    """What installs the packages, as it is told to who has to do it."""
    return f"apt-get install -y --no-install-recommends {packages}"


def install(packages: str) -> None:
    """Installs Debian packages in CI; elsewhere, and where there is no apt-get, does nothing."""
    if not os.environ.get("CI") or not shutil.which("apt-get"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # apt-get waits for nobody who reads the lists of packages at the same time
    with (Path(tempfile.gettempdir()) / f"noticedesk-apt-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for line in ("apt-get update -qq", command(packages)):
            subprocess.run([*as_root, *line.split()], check=True, timeout=600, env=quiet)
