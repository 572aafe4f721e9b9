"""What `serve` starts ends with it, however it ends; and a home has one serve and a flow one run at a time."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import lifeline
from flows.turn import turn

PARENT = """
import signal, subprocess, sys, time
from pathlib import Path
from flows import lifeline
# who starts these tests in the background of a shell has this signal ignored, and so has every child
signal.signal(signal.SIGINT, signal.default_int_handler)
with lifeline.held(Path(sys.argv[1])):
    code = "import flows, time; print('up', flush=True); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-P", "-c", code])
    print(child.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_outlives_its_parent(tmp_path: Path, sent: signal.Signals) -> None:
    root = str(Path(lifeline.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-P", "-c", PARENT, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": root},
        stdout=subprocess.PIPE,
        text=True,
        # A session of its own, and the signal for the parent alone: the child must find out by itself.
        start_new_session=True,
    ) as parent:
        assert parent.stdout
        told = {parent.stdout.readline().strip(), parent.stdout.readline().strip()}
        (child,) = told - {"up"}
        parent.send_signal(sent)
        parent.wait(20)
    until = time.monotonic() + 20
    while _lives(int(child)):
        assert time.monotonic() < until, "the child lives on"
        time.sleep(0.05)


def test_a_child_whose_parent_is_gone_before_it_looks_ends_at_once(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-P", "-c", "import flows, time; time.sleep(60)"],
        env=os.environ
        | {"PYTHONPATH": str(Path(lifeline.__file__).parent.parent), lifeline.VARIABLE: str(tmp_path / "gone")},
        timeout=30,
        capture_output=True,
    )
    assert gone.returncode == -signal.SIGKILL


def test_a_flow_has_one_run_at_a_time_on_a_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    with turn("process") as first, turn("process") as second, turn("dispatch") as other:
        assert (first, second, other) == (True, False, True)
    with turn("process") as afterwards:
        assert afterwards


def _lives(pid: int) -> bool:
    try:
        # A zombie that waits for its parent runs no more.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
