"""The least an import can do with a file: read it, digest it, decode it at reduced size. Run as a process, it says its cost."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from bench.processes import run_measured
from tests.conftest import ROOT, environment

BOX = 1280  # the longer side that the catalogue keeps of a picture


def take_in(path: Path) -> None:
    """Read one file, digest it, and decode it no larger than needed for the box."""
    content = path.read_bytes()
    hashlib.sha256(content).hexdigest()
    with Image.open(BytesIO(content)) as picture:
        scale = min(1.0, BOX / max(picture.size))
        picture.draft("RGB", (round(picture.width * scale), round(picture.height * scale)))
        picture.load()


def floor_seconds(files: Sequence[Path], processes: int) -> float:
    """Return the CPU seconds that so many processes together spend on the files, without their start."""
    total = 0.0
    for share in range(processes):
        mine = [str(path) for path in files[share::processes]]
        total += float(run_measured([sys.executable, "-m", "bench.floor", *mine], environment(ROOT)).out) if mine else 0.0
    return total


if __name__ == "__main__":
    begun = time.process_time()
    for argument in sys.argv[1:]:
        take_in(Path(argument))
    print(time.process_time() - begun)
