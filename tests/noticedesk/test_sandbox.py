import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk.sandbox import Crashed, Ending, Failed, Overrun, Sandbox
from tests.noticedesk import tasks

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2, seconds=30, megabytes=128) as made:
        yield made


@pytest.fixture(scope="module")
def hasty() -> Iterator[Sandbox]:
    with Sandbox(workers=2, seconds=1) as made:
        yield made


def _lives(pid: int) -> bool:
    """Whether there is such a process; a zombie counts."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _gone_within(pid: int, seconds: float) -> bool:
    """Whether a process that is not our child ends (is no more, or waits for whoever inherited it)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_call_brings_the_result_of_the_function(sandbox: Sandbox) -> None:
    assert sandbox.call(tasks.double, 21) == 42


def test_a_call_runs_in_another_process(sandbox: Sandbox) -> None:
    assert sandbox.call(os.getpid) != os.getpid()


def test_a_call_that_takes_too_long_is_killed_and_the_next_one_served(hasty: Sandbox) -> None:
    began = time.monotonic()
    with pytest.raises(Overrun, match="took longer than 1 seconds"):
        hasty.call(time.sleep, 30)
    assert time.monotonic() - began < 10
    assert hasty.call(tasks.double, 1) == 2


def test_a_call_that_never_leaves_c_code_is_killed_too(hasty: Sandbox) -> None:
    with pytest.raises(Overrun):
        hasty.call(tasks.hold_the_interpreter, 0)


def test_a_call_that_needs_too_much_memory_is_an_overrun(sandbox: Sandbox) -> None:
    with pytest.raises(Overrun, match="128 MB of memory"):
        sandbox.call(tasks.fill, 400)


def test_every_call_of_a_worker_may_use_its_memory_anew(sandbox: Sandbox) -> None:
    assert [sandbox.call(tasks.fill, 90) for _ in range(4)] == [90 * 2**20] * 4


def test_a_crash_names_the_signal(sandbox: Sandbox) -> None:
    with pytest.raises(Crashed, match="SIGABRT"):
        sandbox.call(os.abort)


def test_a_worker_that_leaves_names_its_exit_code(sandbox: Sandbox) -> None:
    with pytest.raises(Crashed, match="exit code 7"):
        sandbox.call(os._exit, 7)


def test_an_exception_of_the_function_comes_with_its_type_and_text(sandbox: Sandbox) -> None:
    with pytest.raises(Failed) as caught:
        sandbox.call(math.sqrt, -1.0)
    assert (caught.value.kind, caught.value.text) == ("ValueError", "math domain error")


def test_an_attempt_to_exit_is_a_failure_and_not_the_end_of_the_worker(sandbox: Sandbox) -> None:
    with pytest.raises(Failed, match="SystemExit"):
        sandbox.call(sys.exit, 3)


def test_an_exception_that_cannot_be_printed_is_still_reported(sandbox: Sandbox) -> None:
    with pytest.raises(Failed, match=r"Unprintable: \(no text: RuntimeError\)"):
        sandbox.call(tasks.raise_unprintable)


def test_a_result_that_cannot_travel_is_a_failure(sandbox: Sandbox) -> None:
    with pytest.raises(Failed, match=r"pickle|local object"):
        sandbox.call(tasks.unpicklable)


def test_a_function_that_cannot_travel_is_refused_before_anything_runs(sandbox: Sandbox) -> None:
    def inner() -> None:
        raise AssertionError

    inner.__module__ = "__main__"
    with pytest.raises(TypeError, match="move it to a module"):
        sandbox.call(inner)
    with pytest.raises(TypeError, match="lambda"):
        sandbox.call(lambda: None)


def test_a_map_keeps_the_order_and_gives_each_item_its_own_outcome(hasty: Sandbox) -> None:
    outcomes = hasty.map(tasks.crash_on, [1, 2, 3, 4, 5, 6])
    assert [type(one) for one in outcomes] == [int, int, Crashed, Overrun, Failed, int]
    assert outcomes[5] == 6
    assert str(outcomes[4]) == "LookupError: five is missing"


def test_a_map_uses_all_workers_at_once(tmp_path: Path) -> None:
    with Sandbox(workers=3, seconds=30) as pool:
        assert pool.map(tasks.meet, [tmp_path] * 3) == [3, 3, 3]


def test_threads_share_a_sandbox(sandbox: Sandbox) -> None:
    sums: list[int] = []
    threads = [
        threading.Thread(target=lambda: sums.extend(sandbox.call(tasks.double, n) for n in range(20))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sums) == sorted(list(range(0, 40, 2)) * 4)


def test_a_worker_is_replaced_after_its_number_of_tasks() -> None:
    with Sandbox(workers=1, tasks=2) as pool:
        first, second, third = (pool.call(os.getpid) for _ in range(3))
    assert first == second != third


def test_no_worker_and_no_zombie_is_left_after_closing() -> None:
    with Sandbox(workers=2, seconds=1, tasks=3) as pool:
        pids = [one for one in pool.map(tasks.slow_pid, range(8)) if isinstance(one, int)]
        with pytest.raises(Crashed):
            pool.call(os.abort)
    assert len(set(pids)) >= 2
    assert not [pid for pid in pids if _lives(pid)]


def test_closing_ends_a_call_that_still_runs() -> None:
    pool = Sandbox(workers=1, seconds=30)
    pool.call(tasks.double, 1)
    endings: list[Ending] = []

    def wait() -> None:
        try:
            pool.call(time.sleep, 30)
        except Ending as ending:
            endings.append(ending)

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.2)
    pool.close()
    thread.join(5)
    assert [type(one) for one in endings] == [Crashed]
    with pytest.raises(Crashed, match="closed"):
        pool.call(tasks.double, 1)


def test_workers_know_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICEDESK_TOKEN", "ndk_secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    with Sandbox(workers=1) as pool:
        assert pool.call(os.getenv, "NOTICEDESK_TOKEN") is None
        assert pool.call(os.getenv, "PYTHONSTARTUP") is None


def test_what_a_library_prints_reaches_no_output_of_ours(capfd: pytest.CaptureFixture[str]) -> None:
    with Sandbox(workers=1) as pool:
        pool.call(tasks.speak)
    assert capfd.readouterr() == ("", "")


SCRIPT = """
from noticedesk.sandbox import Sandbox
import math
with Sandbox(workers=1, seconds=20) as pool:
    print(pool.call(math.factorial, 5), pool.map(math.sqrt, [4.0]))
"""


@pytest.mark.parametrize("way", ["-c", "-m", "file", "stdin"])
def test_it_works_however_the_program_was_started(way: str, tmp_path: Path) -> None:
    script = tmp_path / "nomain.py"
    script.write_text(SCRIPT, encoding="utf-8")
    arguments = {"-c": ["-c", SCRIPT], "-m": ["-m", "nomain"], "file": [str(script)], "stdin": ["-"]}[way]
    done = subprocess.run(
        [sys.executable, *arguments], input=SCRIPT, capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert (done.stdout, done.stderr) == ("120 [2.0]\n", "")


ORPHANING = """
import os, sys, threading, time
sys.path.insert(0, {root!r})
from noticedesk.sandbox import Sandbox
from tests.noticedesk import tasks
pool = Sandbox(workers=1, seconds=1)
print(pool.call(os.getpid), flush=True)
threading.Thread(target=lambda: pool.call({call}), daemon=True).start()
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("call", "within"),
    [("tasks.double, 1", 2.0), ("time.sleep, 60", 2.0), ("tasks.hold_the_interpreter, 0", 9.0)],
    ids=["while it is idle", "while it works", "while it works and no thread of it can run"],
)
def test_a_worker_dies_with_a_killed_parent(call: str, within: float) -> None:
    script = ORPHANING.format(root=str(ROOT), call=call)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        assert _lives(worker)
        parent.send_signal(signal.SIGKILL)
    assert _gone_within(worker, within)
