"""Work done in isolated processes on this machine."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from queue import LifoQueue
from types import TracebackType
from typing import TypeVar

from catalog.compute.interface import Key, Reply, Request
from catalog.compute.process import WorkerProcess
from catalog.compute.tasks import DEFAULT_PREFIX
from catalog.errors import ComputeError

Result = TypeVar("Result")

WORKER_COMMAND = (sys.executable, "-P", "-m", "catalog.compute.worker")
# Four a worker keeps all of them busy behind one slow file and bounds what waits in memory.
_WINDOW_PER_WORKER = 4


class LocalExecutor:
    """Run pieces of work in a fixed number of persistent, isolated processes, started when first needed.

    One thread of this process waits for each worker; it believes nothing of a reply. A piece of work that takes longer
    than `timeout_seconds` of wall time, or eight tenths of it in CPU time, is ended with its process. Make the
    executor after forking, and use it as a context manager or close it.
    """

    def __init__(
        self,
        workers: int,
        timeout_seconds: float,
        *,
        task_prefix: str = DEFAULT_PREFIX,
        worker_command: Sequence[str] = WORKER_COMMAND,
    ) -> None:
        """Keep the number of workers, at least 1; tasks may come from modules whose name starts with `task_prefix`."""
        if workers < 1:
            raise ComputeError(f"{workers} workers can do no work; use at least 1", code="no_workers")
        self._workers = [WorkerProcess(worker_command, task_prefix, timeout_seconds) for _ in range(workers)]
        # Last in, first out: a single piece of work after another always meets the worker that is already warm.
        self._idle: LifoQueue[WorkerProcess] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="catalog-worker")
        self._is_closed = False

    def run(self, request: Request) -> Reply:
        """Run one piece of work; raises ComputeError or a child of it."""
        outcome = _outcome(self._submitted(request))
        if isinstance(outcome, ComputeError):
            raise outcome
        return outcome

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        """Run many pieces of work, at most four a worker under way or waiting, and yield their outcomes in the order given."""
        waiting: deque[tuple[Key, Future[Reply]]] = deque()
        source = iter(requests)
        try:
            while True:
                while len(waiting) < _WINDOW_PER_WORKER * len(self._workers):
                    following = next(source, None)
                    if following is None:
                        break
                    key, request = following
                    waiting.append((key, self._submitted(request)))
                if not waiting:
                    return
                key, future = waiting.popleft()
                yield key, _outcome(future)
        finally:
            for _, future in waiting:
                future.cancel()

    def limits(self) -> tuple[str, ...]:
        """Start a worker and name the limits it could not draw around itself; raises ComputeError when none starts."""
        return self._checked_threads().submit(self._with_worker, WorkerProcess.missing_limits).result()

    def process_ids(self) -> tuple[int, ...]:
        """Return the process numbers of the workers that run now, for whoever measures them."""
        return tuple(number for worker in self._workers if (number := worker.process_id()) is not None)

    def close(self) -> None:
        """End every worker at once; what is under way ends with WorkerDiedError. Harmless when done twice."""
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def _submitted(self, request: Request) -> Future[Reply]:
        return self._checked_threads().submit(self._with_worker, lambda worker: worker.exchange(request))

    def _checked_threads(self) -> ThreadPoolExecutor:
        if self._is_closed:
            raise ComputeError("the executor is closed", code="executor_closed")
        return self._threads

    def _with_worker(self, use: Callable[[WorkerProcess], Result]) -> Result:
        worker = self._idle.get()
        try:
            return use(worker)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> LocalExecutor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _outcome(future: Future[Reply]) -> Reply | ComputeError:
    try:
        return future.result()
    except CancelledError:
        return ComputeError("the executor was closed before this piece of work began", code="executor_closed")
    except ComputeError as error:
        return error
