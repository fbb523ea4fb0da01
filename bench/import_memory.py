"""Whether the memory of an import, matching included, grows with the number of photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure, held_against
from bench.photo_sets import drawings
from bench.processes import run_catalog_measured

COUNTS = (1_000, 10_000)


def run(folder: Path, counts: Sequence[int] = COUNTS) -> Iterator[Figure]:
    """Import sets of small drawings with everything an import does, and hold the peaks against those of the first set.

    Peaks are memory of the parent and of the largest worker that lies in no file. Drawings stand in for photos because no two
    show the same: pieces of a few photos would be one group of hundreds.
    """
    peaks = []
    for count in counts:
        made = drawings(folder / f"drawings-{count}", count)
        instance = folder / f"instance-{count}"
        peaks.append(run_catalog_measured(instance, "import", made[0].parent))
        cpu = 1e3 * peaks[-1].cpu_seconds / count
        yield Figure(f"{count} drawings of 160x120: import with matching, start included", f"{cpu:.1f} ms CPU a picture")
        size = sum(path.stat().st_size for path in (instance / "index").rglob("*.npy"))
        yield Figure(f"{count} pictures: index on disk", f"{size / count:.0f} bytes a picture")
    first = f"at {counts[0]} pictures"
    for count, cost in zip(counts, peaks, strict=True):
        yield held_against(f"{count} pictures: peak of the parent", "MiB", cost.peak_mib, first, peaks[0].peak_mib)
        yield held_against(f"{count} pictures: peak of a worker", "MiB", cost.child_peak_mib, first, peaks[0].child_peak_mib)
