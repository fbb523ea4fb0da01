"""Isolated processes: what they may not do, how they end, and that nothing of them stays."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalog.compute.interface import Reply, Request
from catalog.compute.limits import ADDRESS_SPACE_BYTES
from catalog.compute.local import LocalExecutor
from catalog.compute.process import RECYCLE_AFTER_ITEMS
from catalog.errors import ComputeError, WorkerDiedError, WorkerTimeoutError

TASKS = "tests.compute.tasks"
PREFIX = "tests.compute."
ROOT = Path(__file__).parents[2]


def pid_of(executor: LocalExecutor) -> int:
    return int(executor.run(Request(f"{TASKS}:process_id")).values["pid"])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_alive(pid)


def test_a_worker_lives_inside_its_limits() -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        state = executor.run(Request(f"{TASKS}:state_of_limits")).values
        missing = executor.limits()
    assert state["folder"] == "/"
    assert state["descriptors"] < 8
    assert {"PATH", "OPENBLAS_NUM_THREADS", "PYTHONPATH"} <= set(state["environment"])
    assert not {"HOME", "USER", "SECRET_KEY"} & set(state["environment"])
    assert state["limits"]["RLIMIT_CORE"] == 0
    assert 0 < state["limits"]["RLIMIT_CPU"] < 100
    if not any("memory" in sentence for sentence in missing):
        assert state["limits"]["RLIMIT_AS"] <= ADDRESS_SPACE_BYTES


@pytest.mark.parametrize(
    ("task", "limit"),
    [("write_a_file", "change files"), ("start_a_program", "change files"), ("reach_the_network", "network")],
)
def test_a_worker_cannot_write_start_programs_or_reach_the_network_unless_it_says_so(
    task: str, limit: str, tmp_path: Path
) -> None:
    target = tmp_path / "original"
    target.write_bytes(b"original")
    with socket.create_server(("127.0.0.1", 0)) as server, LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        parameters = {"path": str(target), "port": server.getsockname()[1]}
        is_said = any(limit in sentence for sentence in executor.limits())
        ((_, outcome),) = executor.map([(1, Request(f"{TASKS}:{task}", parameters))])
    is_stopped = isinstance(outcome, ComputeError) and outcome.code == "worker_error"
    assert is_stopped != is_said
    assert is_said or target.read_bytes() == b"original"


def test_memory_beyond_the_limit_is_an_error_of_that_item_only() -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        before = pid_of(executor)
        with pytest.raises(ComputeError, match="MemoryError"):
            executor.run(Request(f"{TASKS}:exhaust_memory"))
        assert pid_of(executor) == before


def test_work_that_does_not_end_is_ended_and_the_worker_replaced() -> None:
    with LocalExecutor(1, 1.0, task_prefix=PREFIX) as executor:
        before = pid_of(executor)
        started = time.monotonic()
        with pytest.raises(WorkerTimeoutError):
            executor.run(Request(f"{TASKS}:sleep", {"seconds": 60}))
        with pytest.raises(WorkerTimeoutError):
            executor.run(Request(f"{TASKS}:spin"))
        assert time.monotonic() - started < 10
        assert pid_of(executor) != before
        assert wait_until_gone(before)


def test_a_worker_killed_at_work_costs_one_item() -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        with pytest.raises(WorkerDiedError, match="signal 11"):
            executor.run(Request(f"{TASKS}:end_by_signal", {"signal": signal.SIGSEGV}))
        with pytest.raises(WorkerDiedError, match="signal 9"):
            executor.run(Request(f"{TASKS}:end_by_signal", {"signal": signal.SIGKILL}))
        assert executor.run(Request(f"{TASKS}:echo", {"next": 1})).values == {"next": 1}


def test_a_worker_killed_between_two_items_costs_nothing() -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        before = pid_of(executor)
        os.kill(before, signal.SIGKILL)
        assert wait_until_gone(before)
        assert pid_of(executor) != before


def test_workers_are_replaced_after_so_many_items_and_after_growing() -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        first = pid_of(executor)
        same = {pid_of(executor) for _ in range(RECYCLE_AFTER_ITEMS - 1)}
        assert same == {first}
        assert pid_of(executor) != first
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        first = pid_of(executor)
        assert executor.run(Request(f"{TASKS}:keep_memory", {"mib": 100})).values["pid"] == first
        assert executor.run(Request(f"{TASKS}:keep_memory", {"mib": 250})).values["pid"] == first
        assert pid_of(executor) != first


def test_all_workers_are_busy_at_once() -> None:
    with LocalExecutor(2, 10, task_prefix=PREFIX) as executor:
        warm = list(executor.map((number, Request(f"{TASKS}:sleep", {"seconds": 0.2})) for number in range(2)))
        assert len(warm) == 2
        asked = [Request(f"{TASKS}:sleep", {"seconds": 0.5})] * 4
        outcomes = [outcome for _, outcome in executor.map(enumerate(asked))]
    slept = sorted((one.values["begun"], one.values["ended"]) for one in outcomes if isinstance(one, Reply))
    assert len(slept) == 4
    # One clock for all processes. One after the other, none would begin before the one before it ended.
    assert slept[1][0] < slept[0][1]
    assert slept[3][0] < slept[2][1]


def test_what_a_worker_prints_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with LocalExecutor(1, 10, task_prefix=PREFIX) as executor:
        executor.run(Request(f"{TASKS}:talk"))
    assert capfd.readouterr() == ("", "")


def test_closing_ends_work_under_way_at_once() -> None:
    executor = LocalExecutor(2, 60, task_prefix=PREFIX)
    pid = pid_of(executor)
    outcomes = executor.map((number, Request(f"{TASKS}:sleep", {"seconds": 0.0 if number == 0 else 50})) for number in range(8))
    assert isinstance(next(outcomes)[1], Reply)
    started = time.monotonic()
    executor.close()
    assert time.monotonic() - started < 5
    assert all(isinstance(outcome, ComputeError) for _, outcome in outcomes if outcome)
    assert wait_until_gone(pid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_a_parent_that_is_killed_or_interrupted(how: signal.Signals) -> None:
    script = (
        # A shell that starts the tests in the background has interruptions ignored, and that is inherited.
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from catalog.compute.interface import Request\n"
        "from catalog.compute.local import LocalExecutor\n"
        "with LocalExecutor(1, 60, task_prefix='tests.compute.') as executor:\n"
        "    print(executor.run(Request('tests.compute.tasks:process_id')).values['pid'], flush=True)\n"
        "    executor.run(Request('tests.compute.tasks:sleep', {'seconds': 50}))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.send_signal(how)
        assert parent.wait(timeout=20) != 0
    assert wait_until_gone(worker)


def test_an_executor_without_workers_is_refused() -> None:
    with pytest.raises(ComputeError) as caught:
        LocalExecutor(0, 10)
    assert caught.value.code == "no_workers"
