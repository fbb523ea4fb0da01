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
RULINGS = Path(__file__).with_name("hostile_rulings.csv")
NOT_GIVEN = f"not measured: {VARIABLE} names no folder of hostile files"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what the manifest says of one file."""

    path: Path
    feature: str
    expected: str
    tolerance: str
    sha256: str = ""

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
        return [
            Row(folder / row["name"], row["feature"], row["expected"], row["tolerance"], row.get("sha256", ""))
            for row in csv.DictReader(file)
        ]


def rulings(path: Path = RULINGS) -> dict[tuple[str, str], str]:
    """Read the outcomes that we hold to be right against a manifest: (sha256, outcome) to the reason."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["sha256"], row["outcome"]): row["reason"] for row in csv.DictReader(file)}
