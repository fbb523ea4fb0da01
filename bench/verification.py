"""What `catalog verify` costs over many photos, against reading and digesting the originals alone."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, held_against
from bench.photo_sets import pieces
from bench.processes import run_catalog_measured
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated

PHOTOS = 2_000
ONE_BATCH = 64


def run(folder: Path, photos: int = PHOTOS) -> Iterator[Figure]:
    """Keep so many photos with one publication each, without describing them, and verify them; then an empty catalogue."""
    keeping = Keeping(folder / "instance")
    keeping.begin()
    made = pieces(folder / "pieces", photos)
    for start in range(0, len(made), ONE_BATCH):
        with keeping.store.write() as change:
            for number, path in enumerate(made[start : start + ONE_BATCH], start):
                item = keeping.item(path.read_bytes(), stated(url=f"https://courier.example/{number}"), path=path.name)
                change.keep(keeping.run, item)
    keeping.close()
    run_catalog_measured(folder / "empty", "init")
    empty = run_catalog_measured(folder / "empty", "verify").cpu_seconds
    checked = run_catalog_measured(folder / "instance", "verify")
    begun = time.process_time()
    for path in (folder / "instance" / "originals").glob("*/*"):
        hashlib.sha256(path.read_bytes()).hexdigest()
    floor = time.process_time() - begun
    yield Figure("start: an empty catalogue", f"{empty:.2f} s CPU")
    each = 1e3 * max(0.0, checked.cpu_seconds - empty) / photos
    yield held_against(
        f"{photos} photos, 9 evidence rows each", "ms CPU a photo", each, "originals read and digested", 1e3 * floor / photos
    )
    yield Figure("peak of the process", f"{checked.peak_mib:.0f} MiB")
