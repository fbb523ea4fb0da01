"""How well `catalog import` and `catalog chains` draw graphs with known answers: dated, undated, wrongly dated, by search.

`python -m bench provenance_commands` makes the graphs of the samples; `python -m bench.provenance_commands GRAPHS
[--others PHOTOS]` takes those that bench/provenance_made.py wrote, and imports other photos beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from csv import writer
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.figures import Figure
from bench.photo_sets import sample_photos
from bench.provenance_made import make_graphs
from tests.conftest import run_catalog

GRAPHS = 12
WRONG_SHARE = 0.1
VARIANTS = ("dates", "no dates", "wrong dates")
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold what the commands said: derivations of every chain with photos by node, and the lines themselves."""

    chains: list[dict[str, Any]]
    node: dict[str, str]
    seconds: float

    def directed(self, nodes: set[str]) -> list[tuple[Edge, float]]:
        """Return the directed edges between some nodes, each with how sure it is said to be."""
        every = ((self._edge(one), one) for chain in self.chains for one in chain["derivations"] if one["directed"])
        return [(edge, one["confidence"]) for edge, one in every if set(edge) <= nodes]

    def either(self, nodes: set[str]) -> set[frozenset[str]]:
        """Return all edges between some nodes without their direction."""
        every = (frozenset(self._edge(one)) for chain in self.chains for one in chain["derivations"])
        return {edge for edge in every if edge <= nodes}

    def held_with(self, node: str) -> set[str]:
        """Return the nodes of the chain that holds one; photos of no graph count by their own digest."""
        for chain in self.chains:
            names = {self.node.get(one["photo"], one["photo"]) for one in chain["photos"]}
            if node in names:
                return names
        return {node}

    def told_against(self, node: str) -> bool:
        """Tell whether a finding of dates names a photo, or an edge of it goes against the dates of publication."""
        sha256 = next(photo for photo, name in self.node.items() if name == node)
        for chain in self.chains:
            if any(one["rule"] == "copy_seen_before_original" and sha256 in one["subjects"] for one in chain["findings"]):
                return True
        return False

    def _edge(self, one: dict[str, Any]) -> Edge:
        return (self.node.get(one["from"], one["from"]), self.node.get(one["to"], one["to"]))


def run(folder: Path, graphs: int = GRAPHS, photos: Sequence[Path] | None = None) -> Iterator[Figure]:
    """Make graphs of some of the samples, import them beside the other samples, and score what the commands say."""
    pool = list(sample_photos() if photos is None else photos)
    used = pool[: 2 * graphs]
    make_graphs(used, folder / "graphs", graphs)
    yield from measured(folder / "graphs", pool[len(used) :], folder)


def measured(graphs: Path, others: Sequence[Path], scratch: Path) -> Iterator[Figure]:
    """Import graphs beside other photos in each variant, and yield the scores."""
    truth = json.loads((graphs / "truth.json").read_text("utf-8"))
    for variant in VARIANTS:
        dates, wrong = _dates(truth, variant)
        drawn = _drawn(graphs / "files", dates, others, scratch / variant.replace(" ", "-"))
        yield from _scores(truth, drawn, variant)
        if variant == "dates":
            yield from _search(truth, drawn)
            yield from _sureness(truth, drawn)
            yield Figure("drawing and reading, a graph", f"{drawn.seconds / len(truth):.3f} s", "promised 0.8 s")
        if wrong:
            named = sum(drawn.told_against(node) for node in wrong)
            yield Figure(f"{variant}: named in a finding", f"{named} of {len(wrong)}")


def _dates(truth: Sequence[dict[str, Any]], variant: str) -> tuple[dict[str, str], set[str]]:
    """Return the stated date of every node's file, and the nodes whose date was made wrong."""
    chance, dates, wrong = random.Random(7), {}, set()
    for graph in truth:
        shown = {one["id"]: one["published"] for one in graph["nodes"] if one["published"]}
        start = min((datetime.fromisoformat(text) for text in shown.values()), default=None)
        for one in graph["nodes"]:
            text = shown.get(one["id"], "")
            if variant == "wrong dates" and text and start and one["id"] != graph["root"] and chance.random() < WRONG_SHARE:
                text = (start - timedelta(days=chance.randrange(1, 900))).isoformat(timespec="seconds")
                wrong.add(one["id"])
            dates[one["file"]] = f"{text}Z" if text and variant != "no dates" else ""
    return dates, wrong


def _drawn(files: Path, dates: dict[str, str], others: Sequence[Path], scratch: Path) -> Drawn:
    """Import files under a manifest into an instance of its own and ask for its chains."""
    folder = scratch / "in"
    folder.mkdir(parents=True)
    node = {}
    with (folder / "manifest.csv").open("w", newline="", encoding="utf-8") as stream:
        rows = writer(stream)
        rows.writerow(["file", "publisher", "published_at"])
        for number, (name, date) in enumerate(sorted(dates.items())):
            shutil.copyfile(files / name, folder / name)
            node[hashlib.sha256((folder / name).read_bytes()).hexdigest()] = Path(name).stem
            rows.writerow([name, f"Outlet {number}", date])
        for number, path in enumerate(others):
            shutil.copyfile(path, folder / f"other-{number}{path.suffix}")
            rows.writerow([f"other-{number}{path.suffix}", f"Archive {number}", ""])
    done = run_catalog(scratch / "instance", "import", folder, "--manifest", folder / "manifest.csv", "--json")
    told = run_catalog(scratch / "instance", "chains", "--json")
    if done.code not in (0, 1) or told.code:
        raise RuntimeError(f"the commands ended with {done.code} and {told.code}: {done.err[-500:]}{told.err[-500:]}")
    return Drawn([line for line in told.lines if "chain" in line], node, told.lines[-1]["summary"]["seconds"])


def _scores(truth: Sequence[dict[str, Any]], drawn: Drawn, variant: str) -> Iterator[Figure]:
    edges, either, right, origins = [], [], [], []
    for graph in truth:
        nodes, wanted = {one["id"] for one in graph["nodes"]}, {(a, b) for a, b in graph["edges"]}
        found = {edge for edge, _ in drawn.directed(nodes)}
        joined, wanted_joined = drawn.either(nodes), {frozenset(edge) for edge in wanted}
        edges.append(_f1(wanted, found))
        either.append(_f1(wanted_joined, joined))
        met = wanted_joined & {frozenset(edge) for edge in found}
        if met:
            right.append(len(wanted & found) / len(met))
        starts = nodes - {child for _, child in found}
        below = {start: _below(start, found) for start in starts}
        origins.append(max(starts, key=lambda start: (len(below[start]), start), default="") == graph["root"])
    yield Figure(f"{variant}: edges (F1)", f"{np.mean(edges):.3f}")
    yield Figure(f"{variant}: edges without direction (F1)", f"{np.mean(either):.3f}")
    yield Figure(f"{variant}: direction right", f"{np.mean(right) if right else 0:.3f}")
    yield Figure(f"{variant}: origin right", f"{np.mean(origins):.3f}")


def _search(truth: Sequence[dict[str, Any]], drawn: Drawn) -> Iterator[Figure]:
    """Score the chain that holds one photo of each graph, found among everything that was imported."""
    chance, vertices, edges, both = random.Random(11), [], [], []
    for graph in truth:
        nodes, wanted = {one["id"] for one in graph["nodes"]}, {(a, b) for a, b in graph["edges"]}
        probe = chance.choice(sorted(nodes))
        held = drawn.held_with(probe)
        found = {edge for edge, _ in drawn.directed(held)}
        vertices.append(_f1(nodes, held))
        edges.append(_f1(wanted, found))
        both.append(2 * (len(nodes & held) + len(wanted & found)) / (len(nodes) + len(held) + len(wanted) + len(found)))
    yield Figure("search: vertices (F1)", f"{np.mean(vertices):.3f}")
    yield Figure("search: edges (F1)", f"{np.mean(edges):.3f}")
    yield Figure("search: both (F1)", f"{np.mean(both):.3f}")


def _sureness(truth: Sequence[dict[str, Any]], drawn: Drawn) -> Iterator[Figure]:
    wanted = {(a, b) for graph in truth for a, b in graph["edges"]}
    nodes = {one["id"] for graph in truth for one in graph["nodes"]}
    said = [(sure, edge in wanted) for edge, sure in drawn.directed(nodes) if 0.85 <= sure < 0.95]
    if said:
        share = np.mean([right for _, right in said])
        yield Figure("of edges said to be 85 to 95 % sure, right", f"{share:.2f} of {len(said)}", "promised 0.85 to 0.95")


def _f1(wanted: set[Any], found: set[Any]) -> float:
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if wanted or found else 1.0


def _below(start: str, edges: set[Edge]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        above = waiting.pop()
        fresh = {child for parent, child in edges if parent == above} - found
        found |= fresh
        waiting += fresh
    return found


def main() -> None:
    """Read the arguments and score the graphs of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("graphs", type=Path)
    parser.add_argument("--others", type=Path, help="a folder of photos to import beside them")
    asked = parser.parse_args()
    others = sorted(path for path in asked.others.rglob("*.jpg")) if asked.others else []
    with TemporaryDirectory(prefix="bench-provenance-") as scratch:
        for figure in measured(asked.graphs, others, Path(scratch)):
            print(f"{figure.what:48s} {figure.measured}  {figure.against}")


if __name__ == "__main__":
    main()
