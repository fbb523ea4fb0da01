"""What is lost, doubled or left over when an import is ended at a chosen system call, and resumed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.durability.apart import run_apart
from bench.durability.commands import Commands, Ended
from bench.durability.holdings import Contents, Harm, contents_of, harm_to
from bench.durability.system_calls import LET_PASS, Answer, Call, Watcher
from bench.figures import Figure, held_against
from tests.journeys.killing import make_collection

PHOTOS, POINTS = 8, 500
SUITE, IN_MEMORY = "reliability", True


def run(folder: Path, photos: int = PHOTOS, points: int = POINTS) -> Iterator[Figure]:
    """End an import by SIGKILL right before so many of its calls that change files, evenly spread; resume after each."""
    told = run_apart("bench.kill_points:kill_at_points", str(folder), photos, points)
    yield Figure("system calls of the import that change files", str(told["calls"]), f"ended before {told['points']} of them")
    yield Figure("acknowledged before their end", f"{told['acknowledged']} items")
    for name, count in told["harm"].items():
        yield held_against(name.replace("_", " "), "", count, "must be", 0)
    yield held_against("verifications that failed right after the end", "", told["unverified"], "must be", 0)
    yield held_against("resumed imports or verifications that failed", "", told["failed"], "must be", 0)


def kill_at_points(folder: str, photos: int, points: int) -> dict[str, object]:
    """Count the calls of an undisturbed import, then end one import before each chosen call, resume it and compare."""
    killing = Killing(Path(folder), photos)
    calls = killing.count()
    chosen = spread(calls, points)
    harm, acknowledged, unverified, failed = Harm(), 0, 0, 0
    for point in chosen:
        ended = killing.kill(point)
        acknowledged += len(ended.acknowledged)
        harm += killing.harm_after(ended.acknowledged)
        unverified += killing.commands.run(killing.instance, "verify").code != 0
        failed += killing.resume_fails()
        harm += killing.harm_after(ended.acknowledged, killing.expected)
    return {
        "calls": calls, "points": len(chosen), "acknowledged": acknowledged, "harm": asdict(harm), "unverified": unverified,
        "failed": failed,
    }  # fmt: skip


def spread(whole: int, points: int) -> list[int]:
    """Return so many numbers below `whole`, evenly spread from the first to the last; all of them where there are no more."""
    return sorted({round(place * (whole - 1) / max(1, points - 1)) for place in range(min(points, whole))})


class Killing:
    """Hold a small collection, what an undisturbed import makes of it, and one instance to be harmed."""

    def __init__(self, folder: Path, photos: int) -> None:
        """Import the collection once, undisturbed."""
        self.commands = Commands(folder / "output")
        self.press = make_collection(folder / "press", photos)
        self.arguments = ("import", self.press, "--manifest", self.press / "manifest.csv", "--json")
        self.instance = folder / "instance"
        self.commands.warm(folder / "undisturbed", *self.arguments)
        self.expected: Contents = contents_of(folder / "undisturbed")

    def is_ours(self, call: Call) -> bool:
        """Tell whether a call changes files of the instance."""
        return call.is_change and any(Path(path).is_relative_to(self.instance) for path in call.paths)

    def count(self) -> int:
        """Count the calls of one whole import that change files."""
        seen = 0

        def before(call: Call) -> Answer:
            nonlocal seen
            seen += self.is_ours(call)
            return LET_PASS

        self._watched(Watcher(before))
        return seen

    def kill(self, point: int) -> Ended:
        """End an import on an empty instance right before its call of this number, counted from 0."""
        seen = 0

        def before(call: Call) -> Answer:
            nonlocal seen
            if not self.is_ours(call):
                return LET_PASS
            seen += 1
            return Answer(kill=seen == point + 1)

        return self._watched(Watcher(before))

    def resume_fails(self) -> bool:
        """Run the same import again, then verify; tell whether either fails."""
        return bool(self.commands.run(self.instance, *self.arguments).code or self.commands.run(self.instance, "verify").code)

    def harm_after(self, acknowledged: dict[str, str], expected: Contents | None = None, *, in_order: bool = True) -> Harm:
        """Look at the instance."""
        return harm_to(self.instance, acknowledged, expected, in_order=in_order)

    def _watched(self, watcher: Watcher) -> Ended:
        shutil.rmtree(self.instance, ignore_errors=True)
        return self.commands.watch(self.instance, watcher, *self.arguments)
