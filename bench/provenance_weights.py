"""Learn what each quantity of provenance weighs from sets of derivation graphs, and say how well it does.

    python -m bench.provenance_weights GRAPHS [GRAPHS …] [--cache FOLDER] [--shipped] [--write]

GRAPHS are folders as bench/provenance_graphs.py reads them. Printed for each set: the scores of weights learnt from the other
sets (with one set: from other fifths of it), with dates, without, and with every tenth date wrong; how sure edges are against how
often they are right. `--shipped` scores the weights in force instead. With `--write` the weights learnt from all sets replace the
measured ones in catalog/provenance/weights.py.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.provenance_graphs import Graph, Score, calibration, mean, read_graphs, score, sureness
from catalog.provenance.chains import trace_chain
from catalog.provenance.examination import Pair, examine
from catalog.provenance.quantities import (
    QUANTITIES,
    ROOT_QUANTITIES,
    OrderedPair,
    first_shown,
    quantify,
    quantify_root,
)
from catalog.provenance.weights import QUANTITY_WEIGHTS, SET
from catalog.records.match import Verification

NAMES = QUANTITIES + ROOT_QUANTITIES
FOLDS = 5
VARIANTS = ("dates", "no dates", "wrong dates")
# Gaussian prior on each weight; 0.1 and 1 differ by less than a graph's noise.
RIDGE = 0.3
# What the maker of graphs decided rather than the world (which qualities files are saved at, how often a program's name is
# left) is held down, so that a chain does not lean on it.
HELD_DOWN = {"root_quality": 30.0, "quality_gained": 10.0, "software_added": 10.0, "software_lost": 10.0, "root_software": 10.0}
Numbers = NDArray[np.float64]


_PRIOR: Numbers = np.array([HELD_DOWN.get(name, RIDGE) for name in NAMES])


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold one component of a graph: quantities of edges and roots, which edges are candidates, and the sums of the truth."""

    edges: Numbers
    roots: Numbers
    candidates: NDArray[np.bool_]
    true_edges: Numbers
    true_roots: Numbers


def trees_of(graph: Graph) -> list[Tree]:
    """Examine a graph and return its trees in all variants; donors are left out, a tree knows one parent."""
    numbers = {photo.sha256: number for number, photo in enumerate(graph.photos)}
    accepted: dict[Pair, Verification] = {}
    for found in graph.verifications:
        if found.is_match:
            low, high = sorted((numbers[found.query], numbers[found.reference]))
            accepted[low, high] = found
    pairs = dict(examine(graph.photos, accepted).pairs)
    parents = {numbers[child]: numbers[parent] for parent, child in graph.edges if parent not in graph.donors}
    usable = [number for number, photo in enumerate(graph.photos) if photo.sha256 not in graph.donors]
    found_trees = []
    for members in _components(usable, pairs):
        inside = set(members)
        starts = [number for number in members if parents.get(number) not in inside]
        broken = any((parents[number], number) not in pairs for number in members if parents.get(number) in inside)
        if len(members) > 1 and len(starts) == 1 and not broken:
            found_trees += [_tree(told, pairs, members, parents) for told in variants(graph).values()]
    return found_trees


def variants(graph: Graph) -> dict[str, Graph]:
    """Return a graph as it is, as if nobody had dated anything, and with every tenth date wrong, by the names of VARIANTS."""
    return dict(zip(VARIANTS, (graph, graph.without_dates(), graph.with_wrong_dates()), strict=True))


def _tree(graph: Graph, pairs: dict[Pair, OrderedPair], members: list[int], parents: dict[int, int]) -> Tree:
    photos = graph.photos
    count = len(members)
    edges, candidates = np.zeros((count, count, len(QUANTITIES))), np.zeros((count, count), np.bool_)
    roots = np.zeros((count, len(ROOT_QUANTITIES)))
    shown = [first_shown(photos[number]) for number in members]
    for at, one in enumerate(members):
        own = shown[at]
        first = own is not None and not any(other is not None and other.is_before(own) for other in shown)
        root = quantify_root(photos[one], is_dated_first=first)
        roots[at] = [root.get(name, 0.0) for name in ROOT_QUANTITIES]
        for below, other in enumerate(members):
            if (one, other) in pairs:
                found = quantify(replace(pairs[one, other], parent=photos[one], child=photos[other]))
                edges[at, below] = [found.get(name, 0.0) for name in QUANTITIES]
                candidates[at, below] = True
    place = {number: at for at, number in enumerate(members)}
    kept = [(place[parents[number]], place[number]) for number in members if parents.get(number) in place]
    start = next(at for at, number in enumerate(members) if parents.get(number) not in place)
    true_edges = np.sum([edges[pair] for pair in kept], axis=0) if kept else np.zeros(len(QUANTITIES))
    return Tree(edges, roots, candidates, np.asarray(true_edges), roots[start])


def _components(numbers: list[int], pairs: dict[Pair, OrderedPair]) -> list[list[int]]:
    left, found = set(numbers), []
    while left:
        todo, inside = [min(left)], {min(left)}
        while todo:
            current = todo.pop()
            for other in left - inside:
                if (current, other) in pairs:
                    inside.add(other)
                    todo.append(other)
        found.append(sorted(inside))
        left -= inside
    return found


def loss(weights: Numbers, trees: Sequence[Tree]) -> tuple[float, Numbers]:
    """Return minus the log-likelihood of the true trees, with the prior, and its gradient (Koo and others 2007)."""
    total, gradient, split = 0.0, np.zeros_like(weights), len(QUANTITIES)
    for tree in trees:
        edge = np.where(tree.candidates, tree.edges @ weights[:split], -np.inf)
        root = tree.roots @ weights[split:]
        top = np.maximum(edge.max(0), root)
        grown = np.exp(np.clip(edge - top, -60, 0)) * tree.candidates
        started = np.exp(np.clip(root - top, -60, 0))
        laplacian = np.diag(grown.sum(0)) - grown
        laplacian[0] = started
        sign, logarithm = np.linalg.slogdet(laplacian)
        if sign <= 0:
            continue
        inverse = np.linalg.inv(laplacian)
        into, away = np.diag(inverse).copy(), inverse.T.copy()
        into[0], away[0] = 0.0, 0.0
        probable = (grown * into - grown * away).clip(0, 1)
        rooted = (started * inverse[:, 0]).clip(0, 1)
        total -= float(tree.true_edges @ weights[:split] + tree.true_roots @ weights[split:] - logarithm - top.sum())
        gradient[:split] += np.tensordot(probable, tree.edges, 2) - tree.true_edges
        gradient[split:] += rooted @ tree.roots - tree.true_roots
    return total + float(_PRIOR @ np.square(weights)) / 2, gradient + _PRIOR * weights


def learn(trees: Sequence[Tree], start: Numbers | None = None, rounds: int = 200) -> Numbers:
    """Return the weights, in the order of NAMES, under which the true trees are most likely."""
    first = np.zeros(len(NAMES)) if start is None else start
    return np.asarray(minimize(loss, first, args=(trees,), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x)


def evaluate(graphs: Sequence[Graph]) -> tuple[list[Score], list[tuple[float, bool]]]:
    """Draw graphs with the weights in force: scores, and (confidence, right) of their directed edges."""
    scores, sure = [], []
    for graph in graphs:
        chains = trace_chain(graph.photos, graph.verifications)
        scores.append(score(graph, chains))
        sure += sureness(graph, chains)
    return scores, sure


def use(weights: Numbers) -> None:
    """Put learnt weights in force for this process; those that nothing was learnt for stay as they are."""
    for name, weight in zip(NAMES, weights, strict=True):
        if name not in SET and abs(weight) > 1e-9:
            QUANTITY_WEIGHTS[name] = float(weight)


def sureness_map(sure: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and offset that turn the log-odds said into those of being right (Platt 1999); 1 and 0 change nothing.

    What they say is put behind the map in force, SURENESS of catalog/provenance/weights.py.
    """
    said = np.array([confidence for confidence, _ in sure]).clip(1e-6, 1 - 1e-6)
    odds, signs = np.log(said / (1 - said)), np.array([1.0 if right else -1.0 for _, right in sure])

    def wrong(map_: Numbers) -> float:
        return float(np.logaddexp(0, -signs * (map_[0] * odds + map_[1])).mean())

    slope, offset = minimize(wrong, [1.0, 0.0], method="Nelder-Mead").x
    return float(slope), float(offset)


def report(title: str, parts: Sequence[tuple[Numbers | None, Sequence[Graph]]]) -> None:
    """Print the scores of graphs, each part drawn with its weights, None for those in force."""
    shipped = dict(QUANTITY_WEIGHTS)
    for variant in VARIANTS:
        scores, sure = [], []
        for weights, graphs in parts:
            if weights is not None:
                use(weights)
            found, said = evaluate([variants(graph)[variant] for graph in graphs])
            QUANTITY_WEIGHTS.update(shipped)
            scores += found
            sure += said
        figures = "  ".join(f"{name} {value:.3f}" for name, value in mean(scores).items())
        print(f"{title:24s} {variant:12s} {figures}")
        for low, high, count, told, right in calibration(sure):
            print(f"    said {low:.2f}-{high:.2f}: {count:4d} edges, {told:.3f} on the mean, {right:.3f} right")
        slope, offset = sureness_map(sure)
        print(f"    would be right as said with slope {slope:.2f} and offset {offset:+.2f} in log-odds")


def parts_of(sets: Sequence[Sequence[Graph]], number: int) -> list[tuple[Numbers, Sequence[Graph]]]:
    """Return the graphs of one set beside weights that none of them helped to learn."""
    if len(sets) > 1:
        others = [graph for other, graphs in enumerate(sets) if other != number for graph in graphs]
        return [(learn([tree for graph in others for tree in trees_of(graph)]), sets[number])]
    trees = [trees_of(graph) for graph in sets[0]]
    start = learn([tree for own in trees for tree in own])
    parts: list[tuple[Numbers, Sequence[Graph]]] = []
    for fold in range(FOLDS):
        kept = [tree for place, own in enumerate(trees) if place % FOLDS != fold for tree in own]
        parts.append((learn(kept, start, 40), [graph for place, graph in enumerate(sets[0]) if place % FOLDS == fold]))
    return parts


def write(weights: Numbers) -> None:
    """Replace the measured weights in the catalogue's own file."""
    path = Path(sys.modules["catalog.provenance.weights"].__file__ or "")
    learnt = [(name, weight) for name, weight in zip(NAMES, weights, strict=True) if name not in SET and abs(weight) >= 0.005]
    rows = "\n".join(f'    "{name}": {weight:.2f},' for name, weight in learnt)
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"MEASURED = \{.*?\n\}", f"MEASURED = {{\n{rows}\n}}", text, count=1, flags=re.DOTALL), "utf-8")


def main() -> None:
    """Read the arguments, learn, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("graphs", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was described and verified")
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sets = [read_graphs(folder, asked.cache and asked.cache / f"graphs-{number}") for number, folder in enumerate(asked.graphs)]
    for number, folder in enumerate(asked.graphs):
        report(str(folder)[-24:], [(None, sets[number])] if asked.shipped else parts_of(sets, number))
    if asked.write:
        write(learn([tree for graphs in sets for graph in graphs for tree in trees_of(graph)]))


if __name__ == "__main__":
    main()
