"""One isolated worker process as its parent sees it: started when needed, believed in nothing, replaced when in doubt."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from catalog.compute.interface import Reply, Request
from catalog.compute.opening import open_regular_file
from catalog.compute.protocol import MAX_REQUEST_BLOB_BYTES, Message, pack, receive_from_worker, send
from catalog.compute.tasks import read_outcome
from catalog.errors import ComputeError, ReplyRefusedError, WorkerDiedError, WorkerTimeoutError

# Loading NumPy, SciPy and OpenCV takes about a second; a machine under full load may need much longer.
START_SECONDS = 60.0
# A process that has closed its channel needs milliseconds to end; what takes longer is ended.
_END_SECONDS = 1.0
# Measured on 3,339 files: a worker kept for 200 files costs a fraction of one process a file. 300 MiB is the growth at which
# memory that a library lost is worth the restart.
RECYCLE_AFTER_ITEMS = 200
RECYCLE_AFTER_GROWTH_BYTES = 300 * 1024 * 1024
# Where the `catalog` package lies: the worker starts in the root folder and finds it by this alone.
_PACKAGE_FOLDER = Path(__file__).resolve().parents[2]
_PAGE_BYTES = resource.getpagesize()
# Nothing of the parent's environment but what Python itself needs; PATH is empty, so no library finds a program to start.
_ENVIRONMENT = {
    "PATH": "",
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "MALLOC_ARENA_MAX": "1",
}


class WorkerProcess:
    """Own one worker: its process, its channel and how much it has done.

    `exchange` belongs to one thread at a time; `close` may come from any. The thread that first exchanges must live as long
    as the worker does: the kernel ends the worker with the thread that started it.
    """

    def __init__(self, command: Sequence[str], task_prefix: str, timeout_seconds: float) -> None:
        """Keep how to start the worker; nothing is started yet."""
        self._command = tuple(command)
        self._prefix = task_prefix
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._is_closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._missing_limits: tuple[str, ...] = ()
        self._prepared: set[str] = set()
        self._number = self._items = self._first_rss_bytes = 0

    def missing_limits(self) -> tuple[str, ...]:
        """Return the sentences of a running worker about limits it could not draw; starts one where there is none.

        Raises ComputeError when none can be started.
        """
        self._started()
        return self._missing_limits

    def exchange(self, request: Request) -> Reply:
        """Let the worker do one piece of work.

        Raises ComputeError or a child of it. After anything but an outcome of the work itself the worker is replaced.
        """
        channel = self._started()
        if request.task not in self._prepared:
            self._ask(channel, {"task": request.task, "parameters": None}, (), None, START_SECONDS)
            self._prepared.add(request.task)
        asked = {"task": request.task, "parameters": dict(request.parameters)}
        if request.path is None:
            reply = self._ask(channel, asked, request.blobs, None, self._timeout_seconds)
        else:
            descriptor = open_regular_file(request.path)
            try:
                reply = self._ask(channel, asked, request.blobs, descriptor, self._timeout_seconds)
            finally:
                os.close(descriptor)
        return reply

    def process_id(self) -> int | None:
        """Return the number of the worker's process, None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def kill(self) -> None:
        """End the worker for good, from any thread; an exchange under way ends with WorkerDiedError."""
        with self._lock:
            self._is_closed = True
            self._end_process()

    def close(self) -> None:
        """End the worker for good and give its channel back, once no thread exchanges with it any more."""
        self.kill()
        self._close_channel()

    def _ask(
        self,
        channel: socket.socket,
        values: Mapping[str, object],
        blobs: tuple[bytes, ...],
        descriptor: int | None,
        seconds: float,
    ) -> Reply:
        self._number += 1
        try:
            pieces = pack(Message({"number": self._number, **values}, blobs), MAX_REQUEST_BLOB_BYTES)
        except ReplyRefusedError as error:
            raise ComputeError(f"the request cannot be sent: {error}", code="request_refused") from error
        deadline = time.monotonic() + seconds
        try:
            _refuse_unasked(channel)
            channel.settimeout(seconds)
            send(channel, pieces, descriptor)
            return self._checked(receive_from_worker(channel, deadline), self._number)
        except (WorkerDiedError, WorkerTimeoutError, ReplyRefusedError) as error:
            raise self._replaced(error) from error
        finally:
            if values["parameters"] is not None:
                self._retire_when_old()

    def _checked(self, message: Message, number: int) -> Reply:
        values = dict(message.values)
        stated = values.pop("number", None)
        # True equals 1 in Python, and a reply to another request must never pass for this one's.
        if type(stated) is not int or stated != number:
            raise ReplyRefusedError("the worker's reply is to another request")
        return read_outcome(values, message.blobs)

    def _replaced(self, error: ComputeError) -> ComputeError:
        """End the worker that misbehaved and say more exactly what happened to it, where the kernel knows."""
        process = self._process
        if isinstance(error, WorkerDiedError) and process is not None:
            _wait_for_end(process.pid)
        status = self._stop()
        if status == -signal.SIGXCPU:
            return WorkerTimeoutError("the worker used more CPU time than a file may take, and was ended")
        if isinstance(error, WorkerDiedError) and status is not None:
            how = f"signal {-status}" if status < 0 else f"exit code {status}"
            return WorkerDiedError(f"{error} ({how})")
        return error

    def _started(self) -> socket.socket:
        """Return the channel of a running worker, starting one where there is none or it has ended on its own."""
        with self._lock:
            if self._is_closed:
                raise ComputeError("the executor is closed", code="executor_closed")
            if self._channel is not None and self._process is not None and _is_running(self._process.pid):
                return self._channel
        self._stop()
        own, theirs = socket.socketpair()
        with self._lock, theirs:
            self._channel = own
            if self._is_closed:
                raise ComputeError("the executor is closed", code="executor_closed")
            arguments = (theirs.fileno(), os.getpid(), _cpu_seconds(self._timeout_seconds), self._prefix)
            try:
                self._process = subprocess.Popen(
                    [*self._command, *map(str, arguments)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env={**_ENVIRONMENT, "PYTHONPATH": str(_PACKAGE_FOLDER)},
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            except OSError as error:
                raise WorkerDiedError(f"the worker cannot be started: {error}") from error
        self._prepared.clear()
        self._number = self._items = self._first_rss_bytes = 0
        try:
            greeting = self._checked(receive_from_worker(own, time.monotonic() + START_SECONDS), 0)
        except ComputeError as error:
            raise self._replaced(error) from error
        self._missing_limits = tuple(map(str, greeting.values.get("missing_limits", ())))
        return own

    def _retire_when_old(self) -> None:
        process = self._process
        if process is None:
            return
        self._items += 1
        rss_bytes = _rss_bytes(process.pid)
        self._first_rss_bytes = self._first_rss_bytes or rss_bytes
        if self._items >= RECYCLE_AFTER_ITEMS or rss_bytes - self._first_rss_bytes > RECYCLE_AFTER_GROWTH_BYTES:
            self._stop()

    def _stop(self) -> int | None:
        with self._lock:
            status = self._end_process()
        self._close_channel()
        return status

    def _end_process(self) -> int | None:
        """End the process and return how it ended: its own way where it was ending already, None where there is none."""
        if self._process is None:
            return None
        # The whole group, so that nothing a library started stays behind. It has not been waited for, so its number is
        # still its own, and a process that is ending already keeps its own status.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        self._process = None
        return status

    def _close_channel(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None


def _refuse_unasked(channel: socket.socket) -> None:
    """Refuse a worker that has said something nobody asked for: it would pass for the next file's reply."""
    channel.setblocking(False)
    try:
        if channel.recv(1, socket.MSG_PEEK):
            raise ReplyRefusedError("the worker went on talking after its reply")
    except BlockingIOError:
        return
    except OSError as error:
        raise WorkerDiedError(f"the worker ended between two files: {error.strerror}") from error
    raise WorkerDiedError("the worker ended between two files")


def _is_running(pid: int) -> bool:
    """Say whether a child still runs, without taking its status from whoever ends it."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:  # ended and waited for by the thread that closes the executor
        return False


def _wait_for_end(pid: int) -> None:
    """Give a child whose channel is closed a moment to end its own way, so that its status says how."""
    deadline = time.monotonic() + _END_SECONDS
    while _is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.005)


def _cpu_seconds(timeout_seconds: float) -> float:
    """Return the CPU time a file may take: less than its wall time, so that the kernel acts before the parent must."""
    return max(1.0, 0.8 * timeout_seconds)


def _rss_bytes(pid: int) -> int:
    """Return the resident memory of a process, 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
