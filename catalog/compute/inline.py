"""Work done in this very process: for tests and for debugging, with no protection at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from types import TracebackType

from catalog.compute.interface import Key, Reply, Request, Work
from catalog.compute.opening import open_regular_file
from catalog.compute.protocol import MAX_REPLY_BLOB_BYTES, MAX_REQUEST_BLOB_BYTES, Message, pack, parse_object
from catalog.compute.tasks import DEFAULT_PREFIX, failure, find_task, read_outcome, run_task
from catalog.errors import ComputeError, ReplyRefusedError


class InlineExecutor:
    """Run every piece of work in the calling thread.

    Requests and replies pass through the same JSON and the same limits as with isolated workers, so that what works here
    works there.
    """

    def __init__(self, *, task_prefix: str = DEFAULT_PREFIX) -> None:
        """Keep which modules tasks may come from."""
        self._prefix = task_prefix
        self._is_closed = False

    def run(self, request: Request) -> Reply:
        """Run one piece of work; raises ComputeError or a child of it."""
        if self._is_closed:
            raise ComputeError("the executor is closed", code="executor_closed")
        try:
            text = pack(Message(request.parameters, request.blobs), MAX_REQUEST_BLOB_BYTES)[1]
        except ReplyRefusedError as error:
            raise ComputeError(f"the request cannot be sent: {error}", code="request_refused") from error
        descriptor = None if request.path is None else open_regular_file(request.path)
        file = None if descriptor is None else os.fdopen(descriptor, "rb")
        try:
            outcome = run_task(
                lambda: find_task(request.task, self._prefix), Work(parse_object(text), tuple(request.blobs), file)
            )
        finally:
            if file is not None:
                file.close()
        try:
            text = pack(outcome, MAX_REPLY_BLOB_BYTES)[1]
        except ReplyRefusedError as error:
            outcome = failure(error.code, str(error))
            text = pack(outcome, MAX_REPLY_BLOB_BYTES)[1]
        return read_outcome(parse_object(text), outcome.blobs)

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        """Run the pieces one after the other, each when its outcome is asked for."""
        for key, request in requests:
            try:
                yield key, self.run(request)
            except ComputeError as error:
                yield key, error

    def limits(self) -> tuple[str, ...]:
        """Say that nothing is limited."""
        return ("Files are decoded in this process itself: no limit of time, memory, network or files is in force.",)

    def close(self) -> None:
        """Refuse further work."""
        self._is_closed = True

    def __enter__(self) -> InlineExecutor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
