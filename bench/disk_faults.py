"""What an import does when the disk is full or fails to read, write or sync: named errors, no harm, a resume that completes."""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.durability.apart import run_apart
from bench.durability.commands import Ended
from bench.durability.holdings import Harm
from bench.durability.system_calls import LET_PASS, SYNCS, Answer, Call, Watcher
from bench.figures import Figure, held_against
from bench.kill_points import Killing, spread

PHOTOS, POINTS = 8, 300
SUITE, IN_MEMORY = "reliability", True
_READS = frozenset({"read", "pread64"})
_TAKING_AWAY = frozenset({"unlink", "unlinkat", "rmdir", "chmod", "fchmod"})
_NAMED = re.compile(r"\((disk_full|disk_quota|disk_error|unreadable_file|database_damaged)[):]")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold what goes wrong: the error number, whether all that needs room fails from then on, whether half is written first."""

    name: str
    error: int
    lasts: bool = False
    halves: bool = False


FULL = (
    Fault("disk full for one call", errno.ENOSPC),
    Fault("disk full from then on", errno.ENOSPC, lasts=True),
    Fault("disk full within a write", errno.ENOSPC, lasts=True, halves=True),
    Fault("quota used up from then on", errno.EDQUOT, lasts=True),
    Fault("write or name refused", errno.EIO),
)
FAILED_SYNC = Fault("sync failed", errno.EIO)
FAILED_READ = Fault("read failed", errno.EIO)


def run(folder: Path, photos: int = PHOTOS, points: int = POINTS) -> Iterator[Figure]:
    """Let so many calls of an import fail, evenly spread over all that touch files; verify and resume after each."""
    told = run_apart("bench.disk_faults:fail_at_points", str(folder), photos, points)
    yield Figure("system calls of the import on its files", str(told["calls"]), f"{told['points']} of them failed")
    for name, count in told["kinds"].items():
        yield Figure(name, f"{count} points")
    yield Figure("ended with a named error and exit code 1", f"{told['named']} points")
    yield Figure("went on: the library passes over the fault, and all is there", f"{told['passed']} points")
    yield held_against("ended in another way", "", len(told["unnamed"]), "must be", 0)
    yield from (Figure("  another way", one) for one in told["unnamed"][:_SHOWN])
    yield held_against("verifications that failed right after", "", told["unverified"], "must be", 0)
    yield held_against("resumed imports that failed", "", told["failed"], "must be", 0)
    for name, count in told["harm"].items():
        yield held_against(name.replace("_", " "), "", count, "must be", 0)


def fail_at_points(folder: str, photos: int, points: int) -> dict[str, object]:
    """Count the calls of an undisturbed import, then let one chosen call of each further import fail."""
    failing = Failing(Path(folder), photos)
    calls = failing.count()
    harm, kinds, unnamed = Harm(), Counter[str](), list[str]()
    named = passed = unverified = failed = 0
    for number, point in enumerate(spread(calls, points)):
        ended, fault, call = failing.fail(point, number)
        kinds[fault.name] += 1
        is_named = ended.code == 1 and _NAMED.search(ended.err) is not None
        is_passed = ended.code == 0 and not failing.harm_after(ended.acknowledged, failing.expected)
        named, passed = named + is_named, passed + is_passed
        if not is_named and not is_passed:
            unnamed.append(f"point {point}, {fault.name}, {call}: exit {ended.code}, {ended.err.strip()[-300:]}")
        harm += failing.harm_after(ended.acknowledged)
        unverified += failing.commands.run(failing.instance, "verify").code != 0
        failed += failing.resume_fails()
        # A source file that could not be read comes after the others.
        harm += failing.harm_after(ended.acknowledged, failing.expected, in_order="unreadable_file" not in ended.out)
    return {
        "calls": calls, "points": len(spread(calls, points)), "kinds": kinds, "named": named, "passed": passed,
        "unnamed": unnamed, "unverified": unverified, "failed": failed, "harm": asdict(harm),
    }  # fmt: skip


class Failing(Killing):
    """Let calls fail instead of ending the process; what the source files are read with may fail too."""

    def is_ours(self, call: Call) -> bool:
        """Tell whether a call changes or reads files of the instance, or reads the source files."""
        if call.name in _READS:
            return any(Path(path).is_relative_to(one) for path in call.paths for one in (self.instance, self.press))
        return super().is_ours(call)

    def fail(self, point: int, number: int) -> tuple[Ended, Fault, str]:
        """Run an import on an empty instance whose call of this number fails; `number` chooses among the faults that fit."""
        seen, met, where = 0, FULL[0], ""

        def before(call: Call) -> Answer:
            nonlocal seen, met, where
            if not self.is_ours(call):
                return LET_PASS
            seen += 1
            if seen == point + 1:
                met, where = _fitting(call, number), f"{call.name} {call.paths[0]}"
                return Answer(halve=True) if met.halves else Answer(error=met.error)
            needs_room = call.name not in _READS | _TAKING_AWAY | SYNCS
            return Answer(error=met.error) if where and met.lasts and needs_room else LET_PASS

        return self._watched(Watcher(before)), met, where


def _fitting(call: Call, number: int) -> Fault:
    if call.name in _READS:
        return FAILED_READ
    if call.name in SYNCS:
        return FAILED_SYNC
    fault = FULL[number % len(FULL)]
    if call.name in _TAKING_AWAY or (fault.halves and call.name not in {"write", "pwrite64"}):
        return FULL[-1] if call.name in _TAKING_AWAY else FULL[1]
    return fault
