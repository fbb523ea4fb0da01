"""The limits a worker draws around itself before it sees the first file, and which of them this machine refuses."""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Callable

from catalog.errors import ComputeError

# OpenCV and SciPy reserve 281 MiB of addresses when loaded (reliability measurements); a full decode may take 400 MB, and
# turning it upright as much again.
ADDRESS_SPACE_BYTES = 1536 * 1024 * 1024
FILE_SIZE_BYTES = 32 * 1024 * 1024
OPEN_FILES = 32
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
# linux/landlock.h, LANDLOCK_ACCESS_FS_*, for ABI 1: execute, write a file, remove and make anything. With no rule that
# allows it, all of it is refused everywhere; reading stays, as libraries are loaded late.
_LANDLOCK_CHANGES = 0b1_1111_1111_0011
_LANDLOCK_REFER, _LANDLOCK_TRUNCATE = 1 << 13, 1 << 14


def apply_limits(parent_pid: int) -> tuple[str, ...]:
    """Draw every limit this machine allows around the process and return a sentence for each it refuses.

    Call it before anything is loaded that starts threads. Raises ComputeError when the parent is gone already.
    """
    missing = []
    for sentence, draw in _LIMITS:
        try:
            draw()
        except (OSError, ValueError, AttributeError) as error:
            missing.append(f"{sentence} ({error}).")
    # The parent may have ended before its death could be asked for.
    if os.getppid() != parent_pid:
        raise ComputeError("the parent ended before its worker had started", code="worker_died")
    return tuple(missing)


def grant_cpu_seconds(seconds: float) -> None:
    """Let the process use this much more CPU time from now on; beyond it the kernel ends it with SIGXCPU.

    The limit counts the whole life of a process, so it is raised before each item.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _limit_processes() -> None:
    if os.geteuid() == 0:
        raise OSError("the kernel does not count processes of root")
    _limit(resource.RLIMIT_NPROC, 0)


def _prctl(option: int, value: int) -> None:
    _called(_libc().prctl(option, value, 0, 0, 0))


def _cut_network() -> None:
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    _called(_libc().unshare(flags))


def _forbid_changes() -> None:
    system_call = _libc().syscall
    version = system_call(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    _called(version)
    refused = _LANDLOCK_CHANGES | (_LANDLOCK_REFER if version >= 2 else 0) | (_LANDLOCK_TRUNCATE if version >= 3 else 0)
    rules = ctypes.c_uint64(refused)
    descriptor = system_call(_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(8), 0)
    _called(descriptor)
    try:
        _called(system_call(_LANDLOCK_RESTRICT_SELF, descriptor, 0))
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL:
    if not sys.platform.startswith("linux"):
        raise OSError(f"{sys.platform} does not offer it")
    return ctypes.CDLL(None, use_errno=True)


def _called(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


# Order matters: no new privileges first, as Landlock asks for it; the network before the number of processes; the
# parent's death last, because a change of credentials forgets it.
_LIMITS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Workers may gain privileges", lambda: _prctl(_PR_SET_NO_NEW_PRIVS, 1)),
    ("Workers can reach the network", _cut_network),
    ("Workers can change files and start programs", _forbid_changes),
    ("Workers may leave core files", lambda: _limit(resource.RLIMIT_CORE, 0)),
    ("The memory of workers is not limited", lambda: _limit(resource.RLIMIT_AS, ADDRESS_SPACE_BYTES)),
    ("The size of files workers write is not limited", lambda: _limit(resource.RLIMIT_FSIZE, FILE_SIZE_BYTES)),
    ("The number of files workers open is not limited", lambda: _limit(resource.RLIMIT_NOFILE, OPEN_FILES)),
    ("The number of processes of workers is not limited", _limit_processes),
    ("Workers may outlive the program", lambda: _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)),
)
