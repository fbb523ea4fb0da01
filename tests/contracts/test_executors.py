"""What every executor promises, held against each of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.compute.inline import InlineExecutor
from catalog.compute.interface import Executor, Reply, Request
from catalog.compute.local import LocalExecutor
from catalog.errors import ComputeError, WorkRefusedError

PREFIX = "tests.compute."
TASKS = "tests.compute.tasks"


def made(kind: str) -> Executor:
    return InlineExecutor(task_prefix=PREFIX) if kind == "inline" else LocalExecutor(2, 30, task_prefix=PREFIX)


@pytest.fixture(scope="module", params=["inline", "local"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    chosen = made(request.param)
    yield chosen
    chosen.close()


def test_parameters_and_blobs_come_back_as_they_were_sent(executor: Executor) -> None:
    parameters = {"text": "подпись \ud800", "list": [1, 2.5, None, True], "big": 2**62, "inner": {"a": "b"}}
    reply = executor.run(Request(f"{TASKS}:echo", parameters, blobs=(b"", b"\x00\xff" * 1000)))
    assert reply.values == parameters
    assert reply.blobs == (b"", b"\x00\xff" * 1000)


def test_the_file_arrives_open_and_readable(executor: Executor, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\x01\x02\x03\x04" * 100_000)
    assert executor.run(Request(f"{TASKS}:digest_file", path=path)).values == {"size": 400_000, "first": "01020304"}
    assert executor.run(Request(f"{TASKS}:describe_file")).values == {"has_file": False}


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("link", "symlink_refused"),
        ("folder", "is_directory"),
        ("pipe", "not_regular_file"),
        ("nothing", "missing_file"),
        ("below a file", "missing_file"),
        ("device", "not_regular_file"),
    ],
)
def test_what_is_not_a_regular_file_is_refused_without_waiting(executor: Executor, tmp_path: Path, kind: str, code: str) -> None:
    path = tmp_path / "it"
    (tmp_path / "file").write_bytes(b"x")
    if kind == "link":
        path.symlink_to(tmp_path / "file")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "below a file":
        path = tmp_path / "file" / "it"
    elif kind == "device":
        path = Path("/dev/zero")
    with pytest.raises(ComputeError) as caught:
        executor.run(Request(f"{TASKS}:digest_file", path=path))
    assert caught.value.code == code


def test_a_named_error_keeps_its_code_and_loses_control_characters(executor: Executor) -> None:
    with pytest.raises(WorkRefusedError) as caught:
        executor.run(Request(f"{TASKS}:refuse"))
    assert caught.value.code == "truncated_image"
    assert str(caught.value) == "no picture,  [31mreally\\ud800"


@pytest.mark.parametrize(("task", "name"), [("fail", "KeyError"), ("exhaust_stack", "RecursionError")])
def test_any_other_exception_becomes_a_worker_error_of_that_item_only(executor: Executor, task: str, name: str) -> None:
    with pytest.raises(ComputeError, match=name) as caught:
        executor.run(Request(f"{TASKS}:{task}"))
    assert caught.value.code == "worker_error"
    assert executor.run(Request(f"{TASKS}:echo", {"next": 1})).values == {"next": 1}


@pytest.mark.parametrize("task", ["reply_with_objects", "reply_with_too_much", "reply_with_not_a_number"])
def test_a_reply_that_may_not_travel_is_refused_by_name(executor: Executor, task: str) -> None:
    with pytest.raises(ComputeError) as caught:
        executor.run(Request(f"{TASKS}:{task}"))
    assert caught.value.code == "worker_reply_refused"
    assert executor.run(Request(f"{TASKS}:echo", {"next": 1})).values == {"next": 1}


@pytest.mark.parametrize(
    "task", ["os:getcwd", "tests.compute.tasks", "tests.compute.tasks:missing", "tests.compute.no:no", "catalog.errors:x"]
)
def test_only_tasks_below_the_permitted_prefix_are_found(executor: Executor, task: str) -> None:
    with pytest.raises(ComputeError) as caught:
        executor.run(Request(task))
    assert caught.value.code == "unknown_task"


@pytest.mark.parametrize("parameters", [{"a": object()}, {"a": float("inf")}, {1: "a"}, {"a": "x" * (5 << 20)}])
def test_a_request_that_may_not_travel_is_refused_before_it_is_sent(executor: Executor, parameters: dict[str, object]) -> None:
    with pytest.raises(ComputeError) as caught:
        executor.run(Request(f"{TASKS}:echo", parameters))
    assert caught.value.code == "request_refused"


def test_map_yields_every_outcome_in_the_order_given(executor: Executor) -> None:
    requests = ((number, Request(f"{TASKS}:{'fail' if number % 7 == 3 else 'echo'}", {"n": number})) for number in range(60))
    outcomes = list(executor.map(requests))
    assert [key for key, _ in outcomes] == list(range(60))
    for key, outcome in outcomes:
        if key % 7 == 3:
            assert isinstance(outcome, ComputeError)
            assert outcome.code == "worker_error"
        else:
            assert isinstance(outcome, Reply)
            assert outcome.values == {"n": key}


def test_map_takes_only_a_bounded_number_of_requests_ahead(executor: Executor) -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, Request]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, Request(f"{TASKS}:echo")

    outcomes = executor.map(endless())
    for expected in range(1, 21):
        assert next(outcomes)[0] == expected
    assert taken <= 20 + 8
    closing = getattr(outcomes, "close")  # noqa: B009 – an Iterator by its type, a generator in fact
    closing()
    assert executor.run(Request(f"{TASKS}:echo", {"next": 1})).values == {"next": 1}


def test_limits_are_named_as_sentences(executor: Executor) -> None:
    assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in executor.limits())


@pytest.mark.parametrize("kind", ["inline", "local"])
def test_a_closed_executor_refuses_work_and_closes_again_in_peace(kind: str) -> None:
    executor = made(kind)
    executor.close()
    executor.close()
    with pytest.raises(ComputeError) as caught:
        executor.run(Request(f"{TASKS}:echo"))
    assert caught.value.code == "executor_closed"
