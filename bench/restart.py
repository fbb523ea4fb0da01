"""What it costs to import again what is there already, against the first import and against reading it all twice."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, held_against
from bench.photo_sets import pieces
from bench.processes import run_catalog_measured

PHOTOS = 400


def run(folder: Path, photos: int = PHOTOS) -> Iterator[Figure]:
    """Import a folder twice without matching, then one known photo; the floor reads and digests source and stored original."""
    made = pieces(folder / "pieces", photos)
    one = folder / "one"
    one.mkdir()
    shutil.copy(made[0], one)
    instance = folder / "instance"
    first, second, start = (
        run_catalog_measured(instance, "import", source, "--no-match").cpu_seconds
        for source in (folder / "pieces", folder / "pieces", one)
    )
    begun = time.process_time()
    for path in (*made, *(instance / "originals").glob("*/*")):
        hashlib.sha256(path.read_bytes()).hexdigest()
    floor = time.process_time() - begun
    yield Figure("start of an import: one known photo", f"{start:.2f} s CPU")
    unit = "ms CPU a photo"
    yield held_against(f"{photos} pieces again", unit, 1e3 * second / photos, "first import of them", 1e3 * first / photos)
    yield held_against(
        f"{photos} pieces again, start left out", unit, 1e3 * max(0.0, second - start) / photos,
        "source and original read and digested", 1e3 * floor / photos,
    )  # fmt: skip
