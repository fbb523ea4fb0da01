"""The main loop of an isolated worker: `python -m catalog.compute.worker CHANNEL PARENT CPU_SECONDS PREFIX`."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial

from catalog.compute.interface import Work
from catalog.compute.limits import apply_limits, grant_cpu_seconds
from catalog.compute.protocol import MAX_REPLY_BLOB_BYTES, Message, pack, receive_in_worker, send
from catalog.compute.tasks import Task, failure, find_task, run_task
from catalog.errors import ComputeError, ReplyRefusedError

# Imports are once a worker and may be slow on a busy machine; they are no file's fault.
_PREPARE_CPU_SECONDS = 60.0


def main(arguments: Sequence[str]) -> int:
    """Draw the limits, say which are missing, then do one piece of work after the other until the parent is gone."""
    channel_number, parent_pid, cpu_seconds, prefix = arguments
    missing = apply_limits(int(parent_pid))
    with socket.socket(fileno=int(channel_number)) as channel:
        _answer(channel, 0, Message({"values": {"missing_limits": list(missing)}}))
        while (received := receive_in_worker(channel)) is not None:
            message, descriptor = received
            number, task, parameters = message.values["number"], message.values["task"], message.values["parameters"]
            find = partial(find_task, task, prefix)
            if parameters is None:
                grant_cpu_seconds(_PREPARE_CPU_SECONDS)
                _answer(channel, number, _prepare(find))
                continue
            grant_cpu_seconds(float(cpu_seconds))
            file = None if descriptor is None else os.fdopen(descriptor, "rb")
            try:
                outcome = run_task(find, Work(parameters, message.blobs, file))
            finally:
                if file is not None:
                    file.close()
            _answer(channel, number, outcome)
    return 0


def _prepare(find: Callable[[], Task]) -> Message:
    """Load what a task needs before its first file, so that loading takes nothing of a file's time."""
    try:
        find()
    except ComputeError as error:
        return failure(error.code, str(error))
    return Message({"values": {}})


def _answer(channel: socket.socket, number: int, outcome: Message) -> None:
    """Send an outcome under the number of its request; one that is over a limit becomes an error that says so."""
    try:
        pieces = pack(Message({"number": number, **outcome.values}, outcome.blobs), MAX_REPLY_BLOB_BYTES)
    except ReplyRefusedError as error:
        refusal = failure(error.code, str(error))
        pieces = pack(Message({"number": number, **refusal.values}), MAX_REPLY_BLOB_BYTES)
    send(channel, pieces)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
