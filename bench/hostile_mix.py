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
    """Import so many small pieces of photos alone, and the same with this share of all files hostile among them.

    Each import is of two halves, and the four runs go alone, among, among, alone: what else the machine does falls on both.
    """
    good = pieces(folder / "good", photos)
    bad = _bad(folder, round(photos * share / (1 - share)), corpus or corpus_folder())
    for number, path in enumerate(good):
        for kind in ("alone", "among"):
            (_half(folder, kind, number, photos) / path.name).hardlink_to(path)
    for number, path in enumerate(bad):
        # Spread among the good ones, as names are read in order.
        place = number * photos // max(1, len(bad))
        name = f"{place:05d}-bad-{number}{path.suffix if path.suffix.lower() != '.xmp' else '.bin'}"
        shutil.copyfile(path, _half(folder, "among", place, photos) / name)
    order = (("alone", 1), ("among", 1), ("among", 2), ("alone", 2))
    ended = {
        (kind, half): run_catalog_ended(folder / f"instance-{kind}", "import", folder / kind / str(half), "--json", "--no-match")
        for kind, half in order
    }
    out = "".join(ended["among", half].out for half in (1, 2))
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    told = Counter(Path(line["item"]).name for line in lines if "item" in line)
    kept = {Path(line["item"]).name for line in lines if line.get("outcome") in {"added", "known"}}
    refused = [line["item"] for line in lines if line.get("outcome") == "rejected"]
    said = [line for line in out.splitlines() if "Rejected" in line]
    yield Figure("files", f"{photos} photos of 160x120", f"{len(bad)} hostile files among them, {len(refused)} of them rejected")
    yield held_against("good photos that did not come in", "", sum(path.name not in kept for path in good), "must be", 0)
    yield held_against("files told more or less than once", "", sum(count != 1 for count in told.values()), "must be", 0)
    yield held_against("files not told", "", len(good) + len(bad) - len(told), "must be", 0)
    yield held_against("rejections not told to the person once", "", abs(len(said) - len(refused)), "must be", 0)
    peak = {kind: max(ended[kind, half].cost.peak_mib for half in (1, 2)) for kind in ("alone", "among")}
    more = peak["among"] - peak["alone"]
    yield held_against("memory of the program itself above that without", "MiB", more, "at most", MOST_MORE_MIB)
    for what, attribute in (("CPU", "cpu_seconds"), ("wall time", "wall_seconds")):
        mine, alone = (sum(getattr(ended[kind, half].cost, attribute) for half in (1, 2)) for kind in ("among", "alone"))
        yield held_against(f"{what} with hostile files", "s", mine, "without", alone)
        yield held_against(f"  times as much {what}", "", mine / alone, "at most", 1 + MOST_SLOWER)


def _half(folder: Path, kind: str, place: int, photos: int) -> Path:
    """Return the folder of the half in which the photo of this number lies, made when it is not there."""
    half = folder / kind / ("1" if 2 * place < photos else "2")
    half.mkdir(parents=True, exist_ok=True)
    return half


def _bad(folder: Path, count: int, corpus: Path | None) -> list[Path]:
    """Return files of the corpus, one in so many; mutants of our own where there is no corpus."""
    if corpus is None:
        return list(write_mutants(folder / "mutants", count))
    paths = [row.path for row in corpus_rows(corpus) if row.feature == "image-import"]
    return [paths[number * len(paths) // count] for number in range(count)] if count <= len(paths) else paths
