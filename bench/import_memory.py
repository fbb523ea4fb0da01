"""Whether an import's memory grows with the number of photos, and how much the matching of each photo keeps in memory."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure, held_against
from bench.photo_sets import pieces
from bench.processes import run_catalog_measured, run_measured
from catalog.cli.opening import open_catalogue
from catalog.workflow.match_photos import indexed
from tests.conftest import environment

COUNTS = (1_000, 10_000)


def run(folder: Path, counts: Sequence[int] = COUNTS) -> Iterator[Figure]:
    """Import sets of small pieces of photos without matching, then build the index that matching holds over each of them.

    Peaks are resident memory of the parent and of the largest worker. The first count is what the others are held against.
    """
    peaks, index_bytes = [], []
    for count in counts:
        instance = folder / f"instance-{count}"
        made = pieces(folder / f"pieces-{count}", count)
        cost = run_catalog_measured(instance, "import", made[0].parent, "--no-match")
        peaks.append(cost)
        index_bytes.append(float(run_measured([sys.executable, "-m", "bench.import_memory"], environment(instance)).out))
        cpu = 1e3 * cost.cpu_seconds / count
        yield Figure(f"{count} pieces of 160x120: import, start included", f"{cpu:.1f} ms CPU a photo")
    first = f"at {counts[0]} photos"
    for count, cost in zip(counts, peaks, strict=True):
        yield held_against(f"{count} photos: peak of the parent", "MiB", cost.peak_mib, first, peaks[0].peak_mib)
        yield held_against(f"{count} photos: peak of a worker", "MiB", cost.child_peak_mib, first, peaks[0].child_peak_mib)
    grown = (index_bytes[-1] - index_bytes[0]) / (counts[-1] - counts[0])
    yield Figure("matching: growth of resident memory by the index", f"{grown:.0f} bytes a photo")


def _resident() -> int:
    """Return the bytes of this process that lie in memory and in no file (Linux proc(5): RssAnon)."""
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))


if __name__ == "__main__":
    with open_catalogue() as catalogue:
        before = _resident()
        held = indexed(catalogue)
        gc.collect()
        print(_resident() - before)
