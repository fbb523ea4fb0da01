"""A worker taken over by a file may say anything; only that file must suffer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.compute.interface import Request
from catalog.compute.local import LocalExecutor
from catalog.errors import ComputeError, ReplyRefusedError, WorkerDiedError, WorkerTimeoutError
from tests.compute.fake_worker import lies

COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("fake_worker.py")))
HONEST = Request("tests.compute.tasks:echo")


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor(1, 1.0, worker_command=COMMAND) as executor:
        yield executor


def lying(lie: str) -> Request:
    return Request("tests.compute.tasks:echo", {"lie": lie})


@pytest.mark.parametrize("lie", sorted(lies(1)))
def test_a_malicious_reply_is_refused_by_name_and_the_next_file_is_fine(executor: LocalExecutor, lie: str) -> None:
    with pytest.raises((ReplyRefusedError, WorkerTimeoutError)):
        executor.run(lying(lie))
    assert executor.run(HONEST).values == {"honest": True}


@pytest.mark.parametrize(
    ("lie", "says"),
    [
        ("nothing, exit 0", "without a reply \\(exit code 0\\)"),
        ("nothing, exit 7", "without a reply \\(exit code 7\\)"),
        ("segmentation fault", "without a reply \\(signal 11\\)"),
        ("half a head", "within its reply"),
        ("half a reply", "within its reply"),
    ],
)
def test_a_worker_that_ends_is_said_to_have_died_and_how(executor: LocalExecutor, lie: str, says: str) -> None:
    with pytest.raises(WorkerDiedError, match=says):
        executor.run(lying(lie))
    assert executor.run(HONEST).values == {"honest": True}


@pytest.mark.parametrize("lie", ["too slow", "slow drip"])
def test_a_worker_that_takes_too_long_is_ended_however_busy_it_looks(executor: LocalExecutor, lie: str) -> None:
    with pytest.raises(WorkerTimeoutError):
        executor.run(lying(lie))
    assert executor.run(HONEST).values == {"honest": True}


def test_a_second_reply_never_passes_for_the_next_file_s(executor: LocalExecutor) -> None:
    assert executor.run(lying("two replies")).values == {"honest": True}
    with pytest.raises(ReplyRefusedError):
        executor.run(HONEST)
    assert executor.run(HONEST).values == {"honest": True}


def test_in_a_batch_every_lie_costs_its_own_item_only(executor: LocalExecutor) -> None:
    batch = [(number, lying("neither") if number % 3 == 1 else HONEST) for number in range(12)]
    for number, outcome in executor.map(batch):
        assert isinstance(outcome, ComputeError) == (number % 3 == 1)


def test_a_worker_that_does_not_start_is_named(tmp_path: Path) -> None:
    with LocalExecutor(1, 1.0, worker_command=(str(tmp_path / "nothing"),)) as executor:
        with pytest.raises(WorkerDiedError, match="cannot be started"):
            executor.run(HONEST)
        with pytest.raises(WorkerDiedError, match="cannot be started"):
            executor.limits()
    mute = LocalExecutor(1, 1.0, worker_command=COMMAND, task_prefix="mute.")
    with mute, pytest.raises(WorkerDiedError, match="exit code 3"):
        mute.run(HONEST)
