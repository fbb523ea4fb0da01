"""Find the points that agree between two photos that were matched, for a page that shows why."""

from __future__ import annotations

from dataclasses import replace

from catalog.matching.point_pairs import point_pairs
from catalog.records.pages.pairs import ComparePage
from catalog.workflow.catalogue import Catalogue


def with_points(catalogue: Catalogue, shown: ComparePage) -> ComparePage:
    """Return the page with the points that agree under the transform that was measured; none where nothing was measured."""
    pair = shown.pair
    if pair is None or pair.transform is None:
        return shown
    held = {one.sha256: one for one in catalogue.store.comparables([pair.query.sha256, pair.reference.sha256])}
    query, reference = held.get(pair.query.sha256), held.get(pair.reference.sha256)
    if query is None or reference is None:
        return shown
    return replace(shown, points=point_pairs(query, reference, pair.transform))
