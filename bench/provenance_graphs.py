"""Derivation graphs with known answers, described as an import describes photos; scores of drawn chains.

A graph set is a folder with `truth.json` (graphs of nodes with `id`, `file`, `published`, edges as [parent, child], `root`,
`donors`) and `files/`. Nothing here is read by the catalogue.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from catalog.descriptors.registry import describe
from catalog.imaging import encode_preview, image_data_sha256, pixels_sha256, reduce_picture
from catalog.matching.verification import verify
from catalog.metadata.reading import read_metadata
from catalog.provenance.traces import read_traces
from catalog.records.comparable import Comparable
from catalog.records.match import Verification
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain
from catalog.records.traces import TracedPhoto, TracedPublication
from catalog.workflow.state_facts import stated_facts

Edge = tuple[str, str]
WRONG_SHARE = 0.1
SAID = (0.0, 0.6, 0.7, 0.85, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold a preview so that it can be kept in a file."""

    jpeg: bytes

    def __call__(self) -> bytes:
        """Return the JPEG."""
        return self.jpeg


@dataclass(frozen=True, slots=True)
class Graph:
    """Hold one graph: photos in the order of their SHA-256, verified pairs, and the truth by SHA-256."""

    name: str
    photos: tuple[TracedPhoto, ...]
    verifications: tuple[Verification, ...]
    edges: frozenset[Edge]
    root: str
    donors: frozenset[str]

    def without_dates(self) -> Graph:
        """Return the same graph as if nobody had dated a publication."""
        return replace(self, photos=tuple(replace(photo, publications=()) for photo in self.photos))

    def with_wrong_dates(self) -> Graph:
        """Return the same graph with every tenth dated copy dated before anything else: a repost under an older date."""
        chance = random.Random(self.name)
        shown = [date for photo in self.photos if (date := photo.publications[0].published_at) and date.earliest]
        if not shown:
            return self
        start = min(date.earliest for date in shown if date.earliest)
        photos = []
        for photo in self.photos:
            first = photo.publications[0]
            if first.published_at and photo.sha256 != self.root and chance.random() < WRONG_SHARE:
                told = start - timedelta(days=chance.randrange(1, 900))
                first = replace(first, published_at=PartialDate.parse(told.strftime("%Y-%m-%dT%H:%M:%SZ")))
            photos.append(replace(photo, publications=(first,)))
        return replace(self, photos=tuple(photos))


def read_graphs(folder: Path, cache: Path | None = None) -> list[Graph]:
    """Describe and verify a graph set; with a cache, only once."""
    if cache is not None and cache.exists():
        kept: list[Graph] = pickle.loads(cache.read_bytes())
        return kept
    graphs = [_described(item, folder / "files") for item in json.loads((folder / "truth.json").read_text("utf-8"))]
    if cache is not None:
        cache.write_bytes(pickle.dumps(graphs))
    return graphs


def _described(item: Mapping[str, Any], files: Path) -> Graph:
    names: dict[str, str] = {}
    described = []
    for node in item["nodes"]:
        data = (files / node["file"]).read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        names[node["id"]] = sha256
        picture = reduce_picture(data)
        preview = encode_preview(picture)
        published = PartialDate.parse(node["published"] + "Z") if node["published"] else None
        photo = TracedPhoto(
            sha256=sha256, stored_order=0, width=picture.width, height=picture.height, size_bytes=len(data),
            media_type=picture.media_type, traces=read_traces(data, picture), facts=stated_facts(read_metadata(data)[0]),
            publications=(TracedPublication(id=sha256, published_at=published),), preview=Preview(preview),
        )  # fmt: skip
        comparable = Comparable(
            sha256, image_data_sha256(data), len(data), picture.width, picture.height, False, describe(picture), preview
        )
        described.append((photo, comparable, pixels_sha256(data)))
    described.sort(key=lambda found: found[0].sha256)
    photos = tuple(replace(photo, stored_order=order) for order, (photo, _, _) in enumerate(described))
    found = [verify(one, other, same_pixels=own == others)[0] for (_, one, own), (_, other, others) in combinations(described, 2)]
    return Graph(
        name=item["graph"], photos=photos, verifications=tuple(found),
        edges=frozenset((names[parent], names[child]) for parent, child in item["edges"]),
        root=names[item["root"]], donors=frozenset(names[donor] for donor in item["donors"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Hold how well one drawn graph fits the truth: F1 of edges, F1 without direction, share of those rightly directed, root."""

    edges: float
    undirected: float
    direction: float | None
    root: float


def score(graph: Graph, chains: Iterable[Chain]) -> Score:
    """Score chains against a graph; an undirected derivation counts as found without direction."""
    directed, either = set(), set()
    for chain in chains:
        for item in chain.derivations:
            either.add(frozenset((item.parent, item.child)))
            if item.directed:
                directed.add((item.parent, item.child))
    true_either = {frozenset(edge) for edge in graph.edges}
    shared = true_either & {frozenset(edge) for edge in directed}
    right = len(graph.edges & directed)
    return Score(
        edges=_f1(len(graph.edges), len(directed), right),
        undirected=_f1(len(true_either), len(either), len(true_either & either)),
        direction=right / len(shared) if shared else None,
        root=float(_root(graph, directed) == graph.root),
    )


def _f1(wanted: int, found: int, right: int) -> float:
    return 2 * right / (wanted + found) if wanted or found else 1.0


def _root(graph: Graph, directed: set[Edge]) -> str | None:
    """Return the photo without parents that most others lead back to."""
    children: dict[str, set[str]] = {}
    for parent, child in directed:
        children.setdefault(parent, set()).add(child)
    below = {photo.sha256: len(set(_below(photo.sha256, children))) for photo in graph.photos}
    starts = [photo.sha256 for photo in graph.photos if photo.sha256 not in {child for _, child in directed}]
    return max(starts, key=lambda name: below[name]) if starts else None


def _below(start: str, children: Mapping[str, set[str]]) -> Iterator[str]:
    todo, seen = [start], {start}
    while todo:
        for child in children.get(todo.pop(), ()):
            if child not in seen:
                seen.add(child)
                todo.append(child)
                yield child


def mean(scores: Sequence[Score]) -> dict[str, float]:
    """Return the means over graphs."""
    directions = [item.direction for item in scores if item.direction is not None]
    return {
        "EO": float(np.mean([item.edges for item in scores])),
        "undirected": float(np.mean([item.undirected for item in scores])),
        "direction": float(np.mean(directions)) if directions else 0.0,
        "root": float(np.mean([item.root for item in scores])),
    }


def sureness(graph: Graph, chains: Iterable[Chain]) -> list[tuple[float, bool]]:
    """Return how sure each directed edge is said to be, and whether it is right."""
    every = (item for chain in chains for item in chain.derivations if item.directed)
    return [(item.confidence, (item.parent, item.child) in graph.edges) for item in every]


def calibration(sure: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int, float, float]]:
    """Yield, for each span of confidence that occurs: its ends, its edges, their mean confidence, the share that is right."""
    for low, high in pairwise(SAID):
        within = [(said, right) for said, right in sure if low <= said < high or said == high == SAID[-1]]
        if within:
            said, right = (float(mean) for mean in np.mean(within, axis=0))
            yield low, high, len(within), said, right
