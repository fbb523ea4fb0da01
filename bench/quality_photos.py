"""Photos to measure quality on: samples of which none was made from another, or those of a folder that is given."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.conftest import SAMPLES


def unrelated_photos(folder: str | None = None) -> list[Path]:
    """Return the photos of a folder, or those samples that are originals, one of each scene, sorted by name."""
    if folder:
        return sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    with (SAMPLES / "LICENCES.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["kind"] == "base" and "frame" not in row["file"]]
    return sorted(SAMPLES / row["file"] for row in {row["path"]: row for row in rows}.values())
