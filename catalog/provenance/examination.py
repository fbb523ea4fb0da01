"""Examine the verified pairs of one picture: all at a glance, the nearest in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.provenance.collages import collage_parts
from catalog.provenance.comparison import compare
from catalog.provenance.direction import contribution
from catalog.provenance.earlier_saves import share_of_steps_seen
from catalog.provenance.equal_pixels import shared_scores, with_same_pixels
from catalog.provenance.lettering import NOT_READ, Lettering, Rows, keeps_upright, read_lettering, rows_of
from catalog.provenance.pairs_of_views import GLANCE_BOX, Views, is_on_one_grid, transform_of
from catalog.provenance.quantities import (
    GLANCE_QUANTITIES,
    QUANTITIES,
    ROOT_QUANTITIES,
    OrderedPair,
    first_shown,
    quantify,
    quantify_root,
)
from catalog.provenance.remaking import remake
from catalog.provenance.views import Matrix, inverted
from catalog.records.match import Verification
from catalog.records.traces import TracedPhoto

Pair = tuple[int, int]
# In full they are looked at in this size, luma alone: photos on the web are seldom larger, and JPEG noise needs its own pixels.
# docs/provenance.md says what that adds.
VIEW_BOX = 1280
# Every pair of a chain up to this size is laid over each other; beyond, each photo's surest only, so that the cost grows
# linearly.
ALL_PAIRS_UP_TO = 12
SUREST = 8
# Each photo is made again from this many others, those it can most likely come from.
NEAREST = 4


@dataclass(frozen=True, slots=True)
class Examined:
    """Hold the pairs of one picture, photos by number.

    `edges[i, j]` is what speaks for j being made from i, in natural-log odds, -inf where the pair is no candidate;
    `roots[j]` what speaks for j being made from nothing held here. `pairs` holds both orders of every candidate. `alike` are for
    each photo the others with its pixels: what tells them apart as parents is in `edges`, nothing else.
    """

    edges: Scores
    roots: Scores
    pairs: Mapping[Pair, OrderedPair]
    verifications: Mapping[Pair, Verification]
    alike: tuple[tuple[int, ...], ...]


def examine(photos: Sequence[TracedPhoto], accepted: Mapping[Pair, Verification]) -> Examined:
    """Examine accepted pairs, lower number first, that join all photos.

    Raises ImageError where a preview is not one this program made.
    """
    transforms = {
        pair: transform_of(found, photos[pair[0]], photos[pair[1]])
        for pair, found in sorted(_surest(len(photos), accepted).items())
    }
    same_pixels = {pair for pair, found in accepted.items() if found.relation == "same_pixels"}
    glanced = _glance(photos, transforms, Views(photos, GLANCE_BOX, planes=3), same_pixels)
    alike = with_same_pixels(len(photos), same_pixels)
    pairs = _look_closely(photos, glanced, transforms, Views(photos, VIEW_BOX, planes=1), alike)
    edges = np.full((len(photos), len(photos)), -np.inf)
    for (one, other), pair in pairs.items():
        edges[one, other] = contribution(QUANTITIES, quantify(pair))
    return Examined(shared_scores(edges, pairs, alike), _roots(photos), pairs, accepted, alike)


def _glance(
    photos: Sequence[TracedPhoto], transforms: Mapping[Pair, Matrix | None], views: Views, same_pixels: Set[Pair]
) -> dict[Pair, OrderedPair]:
    """Lay every pair over each other once; the result has both orders."""
    compared = {}
    for (low, high), transform in transforms.items():
        first, second = (None, None) if transform is None else (views[low], views[high])
        if first is not None and second is not None and transform is not None:
            found = compare(first, second, transform)
            if found is not None:
                compared[low, high], compared[high, low] = found, found.reversed()
    parts = collage_parts(len(photos), compared)
    both = [order for low, high in transforms for order in ((low, high), (high, low))]
    return {
        (one, other): OrderedPair(
            photos[one],
            photos[other],
            compared.get((one, other)),
            is_collage_part=(one, other) in parts,
            has_same_pixels=(min(one, other), max(one, other)) in same_pixels,
            steps_seen=_steps_seen(photos[one], photos[other], transforms[min(one, other), max(one, other)]),
        )
        for one, other in both
    }


def _steps_seen(parent: TracedPhoto, child: TracedPhoto, transform: Matrix | None) -> float | None:
    """Say how far the child stands at the parent's steps, None where the two do not lie on one 8-pixel grid."""
    if transform is None or parent.traces is None or child.traces is None or not is_on_one_grid(transform, parent, child):
        return None
    return share_of_steps_seen(parent.traces, child.traces)


def _look_closely(
    photos: Sequence[TracedPhoto],
    glanced: Mapping[Pair, OrderedPair],
    transforms: Mapping[Pair, Matrix | None],
    views: Views,
    alike: Sequence[Sequence[int]],
) -> dict[Pair, OrderedPair]:
    """Make each photo again from the few it can most likely come from; other pairs are no candidates any more.

    Photos with the same pixels, which `alike` names, are candidates together.
    """
    likely = {pair: contribution(GLANCE_QUANTITIES, quantify(found)) for pair, found in glanced.items()}
    kept = set(_spanning(len(photos), {pair: max(likely[pair], likely[pair[1], pair[0]]) for pair in transforms}))
    for child in range(len(photos)):
        into = sorted((pair for pair in likely if pair[1] == child), key=lambda pair: (-likely[pair], pair))
        nearest = [one for parent, _ in into[:NEAREST] for one in (parent, *alike[parent])]
        kept.update(pair for one in nearest if (pair := (min(one, child), max(one, child))) in transforms)
    found = {}
    lettering = _lettering(kept, glanced, transforms, views)
    for low, high in sorted(kept):
        read = lettering.get((low, high), NOT_READ)
        for one, other in ((low, high), (high, low)):
            transform = transforms[low, high]
            parent, child_view = (None, None) if transform is None else (views[one], views[other])
            remade = None
            if parent is not None and child_view is not None and transform is not None:
                remade = remake(parent, child_view, transform if one == low else inverted(transform), _table(photos[other]))
            said = read if one == low else read.reversed()
            found[one, other] = replace(glanced[one, other], remaking=remade, lettering=said)
    return _with_closest(found)


def _lettering(
    kept: Set[Pair], glanced: Mapping[Pair, OrderedPair], transforms: Mapping[Pair, Matrix | None], views: Views
) -> dict[Pair, Lettering]:
    """Read the lettering of pairs, lower number first, that mirror each other: elsewhere it reads alike in both."""
    rows: dict[int, Rows] = {}
    found = {}
    for low, high in sorted(kept):
        transform, comparison = transforms[low, high], glanced[low, high].comparison
        if transform is None or comparison is None or not comparison.is_mirrored:
            continue
        first, second = views[low], views[high]
        if first is not None and second is not None and keeps_upright(transform, first, second):
            for number, view in ((low, first), (high, second)):
                rows[number] = rows[number] if number in rows else rows_of(view)
            found[low, high] = read_lettering(rows[low], rows[high], transform)
    return found


def _with_closest(pairs: Mapping[Pair, OrderedPair]) -> dict[Pair, OrderedPair]:
    """Mark, for each child, the parents that leave least over."""
    least: dict[int, float] = {}
    least_beyond: dict[int, float] = {}
    for (_, child), pair in pairs.items():
        if pair.remaking is not None:
            least[child] = min(least.get(child, np.inf), pair.remaking.left_over)
            least_beyond[child] = min(least_beyond.get(child, np.inf), pair.remaking.beyond_coding)
    return {
        (parent, child): pair
        if pair.remaking is None
        else replace(
            pair,
            is_closest=pair.remaking.left_over <= least[child],
            is_closest_beyond_coding=pair.remaking.beyond_coding <= least_beyond[child],
        )
        for (parent, child), pair in pairs.items()
    }


def _table(photo: TracedPhoto) -> tuple[int, ...]:
    """Return the luma quantisation table where the view has the file's own pixels, else nothing."""
    traces = photo.traces
    return traces.tables[0] if traces is not None and traces.tables and max(photo.width, photo.height) <= VIEW_BOX else ()


def _roots(photos: Sequence[TracedPhoto]) -> Scores:
    dates = [first_shown(photo) for photo in photos]
    roots = np.empty(len(photos))
    for number, photo in enumerate(photos):
        own = dates[number]
        is_first = own is not None and not any(other is not None and other.is_before(own) for other in dates)
        roots[number] = contribution(ROOT_QUANTITIES, quantify_root(photo, is_dated_first=is_first))
    return roots


def _surest(count: int, accepted: Mapping[Pair, Verification]) -> dict[Pair, Verification]:
    """Return the pairs to lay over each other: all of a small chain, else a spanning tree and each photo's surest few."""
    if count <= ALL_PAIRS_UP_TO:
        return dict(accepted)
    sure = {pair: _sureness(found) for pair, found in accepted.items()}
    kept = set(_spanning(count, sure))
    near: dict[int, int] = defaultdict(int)
    for low, high in sorted(sure, key=lambda pair: (-sure[pair], pair)):
        if near[low] < SUREST or near[high] < SUREST:
            near[low] += 1
            near[high] += 1
            kept.add((low, high))
    return {pair: accepted[pair] for pair in sorted(kept)}


def _sureness(found: Verification) -> float:
    overlap = found.overlap
    return found.score + (min(overlap.query, overlap.reference) if overlap is not None else 0.0)


def _spanning(count: int, weights: Mapping[Pair, float]) -> list[Pair]:
    """Return the pairs of the greatest spanning tree, or of one for each part that no pair joins (Kruskal 1956)."""
    leader = list(range(count))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    taken = []
    for low, high in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        first, second = lead(low), lead(high)
        if first != second:
            leader[second] = first
            taken.append((low, high))
    return taken
