"""What taking in a photo costs, against the floor: read, SHA-256 and reduced decode of the same files in as many processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, held_against
from bench.floor import floor_seconds
from bench.photo_sets import enlarged, samples
from bench.processes import Cost, run_catalog_measured


@dataclass(frozen=True, slots=True)
class Size:
    """Hold one set: its name, how many photos, and to how many megapixels they are enlarged (None: as they are)."""

    name: str
    photos: int
    megapixels: float | None


SIZES = (Size("samples as they are", 60, None), Size("3 MP", 24, 3.0), Size("12 MP", 12, 12.0))


def run(folder: Path, sizes: Sequence[Size] = SIZES) -> Iterator[Figure]:
    """Import each set with and without matching; CPU time of the command and its workers, less that of an import of one photo."""
    workers = len(os.sched_getaffinity(0))
    start = _imported(folder, samples(folder / "one", 1), "one", "--no-match")
    yield Figure("start of an import: one photo", f"{start.cpu_seconds:.2f} s CPU")
    for size in sizes:
        made = _made(folder / size.name.replace(" ", "-"), size)
        floor = 1e3 * floor_seconds(made, workers) / len(made)
        for what, options in (("taken in and described", ("--no-match",)), ("taken in, described, matched, traced", ())):
            cost = _imported(folder, made, f"{size.name}-{len(options)}", *options)
            each = 1e3 * (cost.cpu_seconds - start.cpu_seconds) / max(1, len(made) - 1)
            mean = sum(path.stat().st_size for path in made) / len(made) / 1e6
            yield held_against(f"{size.name} ({len(made)} photos, {mean:.2f} MB): {what}", "ms CPU a photo", each, "floor", floor)


def _made(folder: Path, size: Size) -> list[Path]:
    return samples(folder, size.photos) if size.megapixels is None else enlarged(folder, size.photos, size.megapixels)


def _imported(folder: Path, made: Sequence[Path], name: str, *options: str) -> Cost:
    return run_catalog_measured(folder / f"instance-{name}", "import", made[0].parent, *options)
