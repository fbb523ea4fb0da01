"""A folder of hostile files with a manifest that says what may become of each; it is no part of the repository.

`BENCH_HOSTILE_FOLDER` names it. `manifest.csv` has the columns name, feature, expected (ok, ok-with-warning, reject) and
tolerance (strict: just that; not-reject: not refused; any-safe: anything that has a name).
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "BENCH_HOSTILE_FOLDER"
NOT_GIVEN = f"not measured: {VARIABLE} names no folder of hostile files"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what the manifest says of one file."""

    path: Path
    feature: str
    expected: str
    tolerance: str

    def allows(self, outcome: str) -> bool:
        """Tell whether an outcome (ok, ok-with-warning, reject) is what the manifest says."""
        if self.tolerance == "any-safe":
            return True
        return outcome != "reject" if self.tolerance == "not-reject" else outcome == self.expected


def corpus_folder() -> Path | None:
    """Return the folder that the environment names, None when it names none."""
    return Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None


def corpus_rows(folder: Path) -> list[Row]:
    """Read the manifest of a corpus."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return [Row(folder / row["name"], row["feature"], row["expected"], row["tolerance"]) for row in csv.DictReader(file)]
