"""What is lost or damaged when power fails during an import, in thousands of states of a simulated disk."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from bench.durability.apart import run_apart
from bench.durability.commands import Commands
from bench.durability.disk import Recorder, Step
from bench.durability.holdings import Contents, Harm, contents_of, harm_to
from bench.durability.states import make_state, states_of
from bench.durability.without_syncs import Place, taking_out, waiting_modules, waiting_places
from bench.figures import Figure, held_against
from tests.journeys.killing import make_collection

PHOTOS, STATES, RESUMED_EACH, STATES_WITHOUT_A_SYNC = 8, 10_000, 100, 2_000
SUITE, IN_MEMORY = "reliability", True


def run(
    folder: Path,
    photos: int = PHOTOS,
    states: int = STATES,
    resumed_each: int = RESUMED_EACH,
    without: int = STATES_WITHOUT_A_SYNC,
) -> Iterator[Figure]:
    """Record an import, cut its power in so many states, resume after each hundredth; then take every sync out in turn."""
    told = run_apart("bench.power_cuts:cut_power", str(folder / "whole"), photos, states, resumed_each)
    yield Figure(
        "steps of the import on the disk", str(told["steps"]), f"{told['states']} states, {told['distinct']} of them distinct"
    )
    for name, count in told["harm"].items():
        yield held_against(name.replace("_", " "), "", count, "must be", 0)
    yield held_against("previews and features that were cut or missing", "", told["torn"], "must be", 0)
    yield Figure("resumed after a cut and compared with an undisturbed import", f"{told['resumed']}")
    yield held_against("of these unlike it", "", told["unlike"], "must be", 0)
    places = run_apart("bench.power_cuts:cut_power_without_syncs", str(folder / "without"), photos, without)
    for place, after in places.items():
        seen = f"harm in state {after}" if after else "no harm seen"
        yield Figure(f"sync taken out: {place}", seen, "must be seen", holds=bool(after))


def cut_power(folder: str, photos: int, states: int, resumed_each: int) -> dict[str, object]:
    """Look at so many states of the disk of one import, and resume the import after some of them."""
    cutting = Cutting(Path(folder), photos)
    steps = cutting.record()
    harm, torn, distinct, resumed, unlike = Harm(), 0, set[str](), 0, 0
    for number, (found, lines) in enumerate(states_of(cutting.disk, steps, states), 1):
        key = _key(found, lines)
        is_resumed = number % resumed_each == 0
        if key in distinct and not is_resumed:
            continue
        distinct.add(key)
        acknowledged = acknowledged_in(lines)
        make_state(cutting.disk, found)
        seen, torn_here = cutting.look(acknowledged)
        harm, torn = harm + seen, torn + torn_here
        if is_resumed:
            resumed += 1
            unlike += cutting.resume_differs(acknowledged)
    return {
        "steps": len(steps), "states": states, "distinct": len(distinct), "harm": asdict(harm), "torn": torn, "resumed": resumed,
        "unlike": unlike,
    }  # fmt: skip


def cut_power_without_syncs(folder: str, photos: int, states: int) -> dict[str, int]:
    """Take every sync out of the store in turn; return by place the number of the first state that showed harm, 0 for none."""
    cutting = Cutting(Path(folder), photos)
    found_after: dict[str, int] = {}
    for place in places_of_import():
        cut = states_of(cutting.disk, cutting.record(before=taking_out(place)), states, between=0.1)
        harmed = (number for number, (found, lines) in enumerate(cut, 1) if cutting.is_harmed(found, lines))
        found_after[str(place)] = next(harmed, 0)
    return found_after


def places_of_import() -> list[Place]:
    """Return the places that an import needs to wait at; the index it can make anew, and copies are no part of it."""
    waits, others = ("store.", "lasting.sync_names", "lasting.make_lasting_folder"), "store.online_copy."
    places = [(place, str(place)) for place in waiting_places(waiting_modules())]
    return [place for place, said in places if said.startswith(waits) and not said.startswith(others)]


class Cutting:
    """Hold a small collection, the disk of its import, and a folder in which states of that disk are made."""

    def __init__(self, folder: Path, photos: int) -> None:
        """Import the collection once, undisturbed."""
        self.commands = Commands(folder / "output")
        self.press = make_collection(folder / "press", photos)
        self.arguments = ("import", self.press, "--manifest", self.press / "manifest.csv", "--json")
        self.commands.warm(folder / "undisturbed", *self.arguments)
        self.expected: Contents = contents_of(folder / "undisturbed")
        self.disk = folder / "disk"
        self.instance = self.disk / "instance"
        self._whole: dict[str, bytes] = {}

    def record(self, before: Callable[[], None] | None = None) -> list[Step]:
        """Return the steps of one import on an empty disk; `before` is called in its process first."""
        shutil.rmtree(self.disk, ignore_errors=True)
        self.disk.mkdir()
        recorder = Recorder(self.disk, self.commands.output)
        ended = self.commands.watch(self.instance, recorder.watcher, *self.arguments, before=before)
        if ended.code:
            raise RuntimeError(f"the import to be recorded ended with {ended.code}: {ended.err[-1000:]}")
        paths = (path for name in ("previews", "arrays") for path in (self.instance / name).rglob("*") if path.is_file())
        self._whole = {str(path.relative_to(self.instance)): path.read_bytes() for path in paths}
        return recorder.steps

    def look(self, acknowledged: dict[str, str]) -> tuple[Harm, int]:
        """Return the harm of the state that was made, and how many committed previews and features are cut or missing."""
        harm = harm_to(self.instance, acknowledged)
        return harm, 0 if harm else self._torn()

    def is_harmed(self, found: dict[str, bytes | None], lines: bytes) -> bool:
        """Make a state and tell whether anything is wrong with it."""
        make_state(self.disk, found)
        return any(self.look(acknowledged_in(lines)))

    def resume_differs(self, acknowledged: dict[str, str]) -> bool:
        """Verify, run the import again, verify, and tell whether anything failed or differs from an undisturbed import."""
        commands = (("verify",), self.arguments, ("verify",))
        failed = [self.commands.run(self.instance, *one).code for one in commands]
        return any(failed) or bool(harm_to(self.instance, acknowledged, self.expected))

    def _torn(self) -> int:
        path = self.instance / "catalog.sqlite"
        if not path.exists():
            return 0
        with closing(sqlite3.connect(path)) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'descriptor'").fetchone():
                return 0
            shown = database.execute("SELECT sha256 FROM rendition JOIN photo ON photo.id = photo_id WHERE preview_width > 0")
            wanted = [(f"previews/{row[0][:2]}/{row[0]}.jpg", 0, -1) for row in shown]
            packed = database.execute(
                "SELECT algorithm, version, array_offset, array_length FROM descriptor WHERE array_offset IS NOT NULL"
            )
            wanted += [(f"arrays/{row[0]}-{row[1]}.bin", row[2], row[3]) for row in packed]
        return sum(not self._is_whole(*one) for one in wanted)

    def _is_whole(self, name: str, offset: int, length: int) -> bool:
        path = self.instance / name
        end = len(self._whole[name]) if length < 0 else offset + length
        return path.exists() and path.read_bytes()[offset:end] == self._whole[name][offset:end]


def acknowledged_in(lines: bytes) -> dict[str, str]:
    """Return the photo of each item that was told to be added or known."""
    told = [json.loads(line) for line in lines.splitlines()]
    return {line["item"]: line["photo"] for line in told if line.get("outcome") in {"added", "known"}}


def _key(found: dict[str, bytes | None], lines: bytes) -> str:
    digest = hashlib.sha256(lines)
    for path, content in sorted(found.items()):
        digest.update(repr((path, content is None, len(content or b""))).encode())
        digest.update(content or b"")
    return digest.hexdigest()
