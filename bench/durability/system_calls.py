"""Watch the system calls of a forked child on files, end it at one of them, or answer one with an error.

This is what a debugger does (ptrace(2), seccomp(2)), for Linux on x86-64. A filter in the child lets every other call pass at
full speed. Only the thread that was forked is watched: a function that writes from several threads must not be given to `watch`.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

# Number, name, and how the arguments begin: a descriptor, a path, a path behind its folder, or two of these.
_FD, _PATH, _AT_PATH, _TWO_PATHS, _TWO_AT_PATHS = range(5)
CALLS: dict[int, tuple[str, int]] = {
    0: ("read", _FD), 17: ("pread64", _FD), 1: ("write", _FD), 18: ("pwrite64", _FD), 20: ("writev", _FD), 296: ("pwritev", _FD),
    74: ("fsync", _FD), 75: ("fdatasync", _FD), 77: ("ftruncate", _FD), 91: ("fchmod", _FD), 285: ("fallocate", _FD),
    40: ("sendfile", _FD),
    76: ("truncate", _PATH), 83: ("mkdir", _PATH), 84: ("rmdir", _PATH), 87: ("unlink", _PATH), 90: ("chmod", _PATH),
    2: ("open", _PATH), 85: ("creat", _PATH), 257: ("openat", _AT_PATH), 258: ("mkdirat", _AT_PATH), 263: ("unlinkat", _AT_PATH),
    268: ("fchmodat", _AT_PATH), 82: ("rename", _TWO_PATHS), 86: ("link", _TWO_PATHS), 264: ("renameat", _TWO_AT_PATHS),
    265: ("linkat", _TWO_AT_PATHS), 316: ("renameat2", _TWO_AT_PATHS),
}  # fmt: skip
SYNCS = frozenset({"fsync", "fdatasync"})
_TRACE_ME, _CONTINUE, _POKE_USER, _SET_OPTIONS, _UNTIL_CALL, _GET_CALL = 0, 7, 6, 0x4200, 24, 0x420E
_OPTIONS = 1 | 1 << 7 | 1 << 20  # mark stops at calls; stop at what the filter names; end the child with its watcher
_AT_FILTER = signal.SIGTRAP | 7 << 8
_AT_CALL = signal.SIGTRAP | 0x80
# Offsets in the user area of x86-64 (sys/user.h): the answer of a call, its third argument, its number.
_ANSWER, _THIRD, _NUMBER = 80, 96, 120
_AT_FDCWD = -100
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Call:
    """Hold one call that is about to be made.

    `paths` are absolute; of a descriptor it is what the kernel says it was opened as. `is_change` tells whether it may change
    a file or a name, or waits for such a change.
    """

    pid: int
    name: str
    arguments: tuple[int, ...]
    paths: tuple[str, ...]
    is_change: bool

    def content(self) -> bytes:
        """Read the bytes that `write` or `pwrite64` is given, out of the child's memory."""
        return _memory(self.pid, self.arguments[1], self.arguments[2])


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what happens instead of a call: an end by SIGKILL before it, an error number, or half of what was to be written."""

    kill: bool = False
    error: int = 0
    halve: bool = False


LET_PASS = Answer()


@dataclass(slots=True)
class Watcher:
    """Decide on each call before it is made, and hear what came of it. The methods are replaced by whoever watches."""

    before: Callable[[Call], Answer] = field(default=lambda call: LET_PASS)
    after: Callable[[Call, int], None] = field(default=lambda call, result: None)


def require_support() -> None:
    """Raise RuntimeError where system calls cannot be watched so."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        raise RuntimeError(f"system calls are watched on Linux on x86-64 only, not on {sys.platform} on {platform.machine()}")


def watch(body: Callable[[], int], watcher: Watcher) -> int:
    """Run a function in a forked child under a watcher; return its exit code, or minus the signal that ended it."""
    require_support()
    pid = os.fork()
    if pid == 0:
        _run_traced(body)
    try:
        _await(pid)
        _ptrace(_SET_OPTIONS, pid, 0, _OPTIONS)
        return _follow(pid, watcher)
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise


def run_forked(body: Callable[[], int]) -> int:
    """Run a function in a forked child, unwatched; return its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        _leave(body)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _leave(body: Callable[[], int]) -> NoReturn:
    code = 70
    try:
        code = body()
    finally:
        os._exit(code)


def _run_traced(body: Callable[[], int]) -> NoReturn:
    def traced() -> int:
        _ptrace(_TRACE_ME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _filter_calls()
        return body()

    _leave(traced)


def _filter_calls() -> None:
    """Let the kernel stop this process for its tracer at the calls of the table (seccomp(2), a classic BPF program)."""
    numbers = sorted(CALLS)
    program = [struct.pack("=HBBI", 0x20, 0, 0, 0)]  # load the number of the call
    for place, number in enumerate(numbers):
        program.append(struct.pack("=HBBI", 0x15, len(numbers) - place, 0, number))  # is it this one, go to the end
    program.append(struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000))  # let it pass
    program.append(struct.pack("=HBBI", 0x06, 0, 0, 0x7FF00000))  # stop for the tracer
    code = ctypes.create_string_buffer(b"".join(program))
    described = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(program), ctypes.addressof(code)))
    no_new_privileges, set_filter, by_filter = 38, 22, 2
    for arguments in ((no_new_privileges, 1, 0, 0, 0), (set_filter, by_filter, described, 0, 0)):
        if _libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "the filter of system calls is refused")


def _follow(pid: int, watcher: Watcher) -> int:
    status = _go_on(pid, _CONTINUE)
    while True:
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        if status >> 8 != _AT_FILTER:
            # A signal of its own goes on to the child.
            status = _go_on(pid, _CONTINUE, os.WSTOPSIG(status))
            continue
        call = _call(pid)
        answer = watcher.before(call)
        if answer.kill:
            os.kill(pid, signal.SIGKILL)
            status = _go_on_dead(pid)
            continue
        if answer.error:
            _ptrace(_POKE_USER, pid, _NUMBER, -1)
        elif answer.halve:
            _ptrace(_POKE_USER, pid, _THIRD, max(1, call.arguments[2] // 2))
        status = _go_on(pid, _UNTIL_CALL)
        if os.WIFSTOPPED(status) and os.WSTOPSIG(status) == _AT_CALL:
            if answer.error:
                _ptrace(_POKE_USER, pid, _ANSWER, -answer.error)
            watcher.after(call, -answer.error if answer.error else _result(pid))
            status = _go_on(pid, _CONTINUE)


def _go_on(pid: int, how: int, number: int = 0) -> int:
    _ptrace(how, pid, 0, number)
    return _await(pid)


def _go_on_dead(pid: int) -> int:
    while True:
        status = _await(pid)
        if not os.WIFSTOPPED(status):
            return status


def _await(pid: int) -> int:
    return os.waitpid(pid, 0)[1]


def _ptrace(request: int, pid: int, address: int, value: int) -> None:
    if _libc.ptrace(request, pid, address, value) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"the child cannot be watched: {os.strerror(number)}")


def _information(pid: int) -> bytes:
    buffer = ctypes.create_string_buffer(96)
    _ptrace(_GET_CALL, pid, 96, ctypes.addressof(buffer))
    return buffer.raw


def _result(pid: int) -> int:
    return int(struct.unpack_from("=q", _information(pid), 24)[0])


def _call(pid: int) -> Call:
    number, *arguments = struct.unpack_from("=7q", _information(pid), 24)
    name, kind = CALLS[number]
    flags = arguments[1] if name == "open" else arguments[2] if name == "openat" else os.O_CREAT
    is_change = name not in {"read", "pread64"} and bool(flags & (os.O_CREAT | os.O_TRUNC))
    return Call(pid, name, tuple(arguments), _paths(pid, kind, arguments), is_change)


def _paths(pid: int, kind: int, arguments: list[int]) -> tuple[str, ...]:
    if kind == _FD:
        return (_opened(pid, arguments[0]),)
    if kind == _PATH:
        return (_resolved(pid, _AT_FDCWD, arguments[0]),)
    if kind == _AT_PATH:
        return (_resolved(pid, arguments[0], arguments[1]),)
    if kind == _TWO_PATHS:
        return (_resolved(pid, _AT_FDCWD, arguments[0]), _resolved(pid, _AT_FDCWD, arguments[1]))
    return (_resolved(pid, arguments[0], arguments[1]), _resolved(pid, arguments[2], arguments[3]))


def _opened(pid: int, descriptor: int) -> str:
    try:
        return str(Path(f"/proc/{pid}/fd/{descriptor}").readlink())
    except FileNotFoundError:
        return ""


def _resolved(pid: int, folder: int, address: int) -> str:
    # A descriptor is 32 bits wide, whatever stands above it in the register.
    folder = ctypes.c_int(folder).value
    text = os.fsdecode(_memory(pid, address, 4096, is_text=True).split(b"\0", 1)[0])
    start = str(Path(f"/proc/{pid}/cwd").readlink()) if folder == _AT_FDCWD else _opened(pid, folder)
    return os.path.normpath(os.path.join(start, text))  # noqa: PTH118 – Path would turn a text that is no path into one


def _memory(pid: int, address: int, size: int, *, is_text: bool = False) -> bytes:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 – Path.open has no way to read part of a last page
        pieces, page = list[bytes](), os.sysconf("SC_PAGE_SIZE")
        while size and not (is_text and pieces and b"\0" in pieces[-1]):
            # A text may end right before memory that cannot be read, so it is read page by page.
            step = min(size, page - address % page) if is_text else size
            memory.seek(address)
            pieces.append(memory.read(step))
            address, size = address + step, size - step
        return b"".join(pieces)
