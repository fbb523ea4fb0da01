"""Run one command as a process of its own and say what it cost: CPU seconds with its children, and peak memory by process."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, command, environment

_MIB = 1 << 20
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold what a process cost.

    `cpu_seconds` counts user and system time of the process and of all children it waited for. `peak_mib` is the highest seen of
    its own resident memory that lies in no file, `child_peak_mib` the highest of any direct child; both are read every 20 ms.
    Pages of mapped files are left out: the system takes them back when memory is wanted.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    child_peak_mib: float
    out: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Hold how a command ended, whatever its code, with what it printed and what it cost."""

    code: int
    out: str
    cost: Cost


def run_measured(arguments: Sequence[str], surroundings: dict[str, str]) -> Cost:
    """Run a command to its end; raises RuntimeError with its last words when it fails."""
    ended = _run(arguments, surroundings)
    if ended.code:
        raise RuntimeError(f"{' '.join(arguments)} ended with {ended.code}: {ended.out[-2000:]}")
    return ended.cost


def run_catalog_ended(instance: Path, *arguments: str | Path) -> Ended:
    """Run `catalog …` on an instance and say how it ended."""
    return _run(command(*arguments), environment(instance))


def _run(arguments: Sequence[str], surroundings: dict[str, str]) -> Ended:
    started, peak, child_peak = time.monotonic(), 0.0, 0.0
    process = subprocess.Popen(
        list(arguments), env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    reading = _Drain(process)
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, resident(process.pid))
        child_peak = max([child_peak, *map(resident, _children(process.pid))])
        time.sleep(_LOOK_SECONDS)
    process.returncode = os.waitstatus_to_exitcode(status)
    out = reading.text()
    cost = Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, peak, child_peak, out)
    return Ended(process.returncode, out, cost)


def run_catalog_measured(instance: Path, *arguments: str | Path) -> Cost:
    """Run `catalog …` on an instance."""
    return run_measured(command(*arguments), environment(instance))


class _Drain:
    """Read what a process prints, so that it never waits for a full pipe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        from threading import Thread

        self._process, self._lines = process, list[str]()
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        if self._process.stdout is not None:
            self._lines.extend(self._process.stdout)

    def text(self) -> str:
        """Return everything it printed, once it has ended."""
        self._thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return "".join(self._lines)


def resident(pid: int) -> float:
    """Return the MiB of a process that lie in memory and in no file (Linux proc(5): RssAnon); 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = [line for line in text.splitlines() if line.startswith("RssAnon:")]
    return int(found[0].split()[1]) * 1024 / _MIB if found else 0.0


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    except (FileNotFoundError, ProcessLookupError):
        return found
    return found
