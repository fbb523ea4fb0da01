"""How captions of one picture are compared, on labelled pairs: precision and recall of contradictions, relations told right.

Every third story is held out: nothing was tuned on it, and its figures stand apart.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure
from catalog.workflow.compare_captions import compare_pair

_WANTED = {"precision": "0.95 wanted", "recall": "0.85 wanted"}
PAIRS = Path(__file__).parents[1] / "tests" / "captions" / "pairs.csv"


def run(folder: Path) -> Iterator[Figure]:
    """Compare every pair and count; the folder is not used."""
    del folder
    rows = list(csv.DictReader(PAIRS.read_text("utf-8").splitlines()))
    began = time.process_time()
    told = [compare_pair(row) for row in rows]
    yield Figure("CPU a pair, names loaded once", f"{(time.process_time() - began) * 1000 / len(rows):.1f} ms")
    for part in ("dev", "held_out", "made"):
        chosen = [
            (row, found.relation, "|".join(found.contradictions))
            for row, found in zip(rows, told, strict=True)
            if row["part"] == part
        ]
        yield Figure(f"{part}: pairs", str(len(chosen)))
        for name, value in rates(chosen).items():
            yield Figure(f"{part}: {name.replace('_', ' ')}", f"{value:.3f}", _WANTED.get(name, ""))


def rates(told: Sequence[tuple[dict[str, str], str, str]]) -> dict[str, float]:
    """Return precision and recall of "contradicting", the share of relations told right, and that of the kinds named."""
    counts = Counter((row["relation"] == "contradicting", relation == "contradicting") for row, relation, _ in told)
    both = counts[True, True]
    kinds = [(set(row["contradictions"].split("|")), set(named.split("|"))) for row, relation, named in told if both and relation]
    right = [(want, got) for want, got in kinds if want != {""}]
    return {
        "precision": both / max(1, both + counts[False, True]),
        "recall": both / max(1, both + counts[True, False]),
        "relations_right": sum(row["relation"] == relation for row, relation, _ in told) / max(1, len(told)),
        "kinds_precision": sum(len(want & got) for want, got in right) / max(1, sum(len(got - {""}) for _, got in right)),
        "kinds_recall": sum(len(want & got) for want, got in right) / max(1, sum(len(want) for want, _ in right)),
    }
