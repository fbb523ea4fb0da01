"""What hostile files cost the import of good photos: all of these come in, each bad one is told once, and how much slower."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import corpus_folder, corpus_rows
from bench.figures import Figure, held_against
from bench.mutants import write_mutants
from bench.photo_sets import pieces
from bench.processes import run_catalog_ended

PHOTOS, SHARE = 10_000, 0.05
SUITE, ALONE = "reliability", True
MOST_SLOWER = 0.15
MOST_MORE_MIB = 50.0


def run(folder: Path, photos: int = PHOTOS, share: float = SHARE, corpus: Path | None = None) -> Iterator[Figure]:
    """Import so many small pieces of photos alone, then the same with this share of all files hostile among them."""
    good = pieces(folder / "clean", photos)
    bad = _bad(folder, round(photos * share / (1 - share)), corpus or corpus_folder())
    mixed = folder / "mixed"
    mixed.mkdir()
    for path in good:
        (mixed / path.name).hardlink_to(path)
    for number, path in enumerate(bad):
        # Spread among the good ones, as names are read in order.
        place = number * photos // max(1, len(bad))
        shutil.copyfile(path, mixed / f"{place:05d}-bad-{number}{path.suffix if path.suffix.lower() != '.xmp' else '.bin'}")
    clean = run_catalog_ended(folder / "instance-clean", "import", folder / "clean", "--json", "--no-match")
    both = run_catalog_ended(folder / "instance-mixed", "import", mixed, "--json", "--no-match")
    lines = [json.loads(line) for line in both.out.splitlines() if line.startswith("{")]
    told = Counter(Path(line["item"]).name for line in lines if "item" in line)
    kept = {Path(line["item"]).name for line in lines if line.get("outcome") in {"added", "known"}}
    refused = [line["item"] for line in lines if line.get("outcome") == "rejected"]
    said = [line for line in both.out.splitlines() if "Rejected" in line]
    yield Figure("files", f"{photos} photos of 160x120", f"{len(bad)} hostile files among them, {len(refused)} of them rejected")
    yield held_against("good photos that did not come in", "", sum(path.name not in kept for path in good), "must be", 0)
    yield held_against("files told more or less than once", "", sum(count != 1 for count in told.values()), "must be", 0)
    yield held_against("files not told", "", len(good) + len(bad) - len(told), "must be", 0)
    yield held_against("rejections not told to the person once", "", abs(len(said) - len(refused)), "must be", 0)
    more = both.cost.peak_mib - clean.cost.peak_mib
    yield held_against("memory of the program itself above that without", "MiB", more, "at most", MOST_MORE_MIB)
    for what, unit, mine, alone in (
        ("CPU", "s", both.cost.cpu_seconds, clean.cost.cpu_seconds),
        ("wall time", "s", both.cost.wall_seconds, clean.cost.wall_seconds),
    ):
        yield held_against(f"{what} with hostile files", unit, mine, "without", alone)
        yield held_against(f"  times as much {what}", "", mine / alone, "at most", 1 + MOST_SLOWER)


def _bad(folder: Path, count: int, corpus: Path | None) -> list[Path]:
    """Return files of the corpus, one in so many; mutants of our own where there is no corpus."""
    if corpus is None:
        return list(write_mutants(folder / "mutants", count))
    paths = [row.path for row in corpus_rows(corpus) if row.feature == "image-import"]
    return [paths[number * len(paths) // count] for number in range(count)] if count <= len(paths) else paths
