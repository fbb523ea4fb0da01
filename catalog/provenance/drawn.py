"""A chain as drawn, before anybody asks what is wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.provenance.comparison import Comparison
from catalog.records.match import Verification
from catalog.records.provenance import Derivation
from catalog.records.traces import TracedPhoto


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold what rules look at: photos, derivations, origins, pairs laid over each other, frames of the same scene.

    `comparisons` has the pair's first photo as its key's first. `same_scene` are photos outside the chain.
    """

    photos: Mapping[str, TracedPhoto]
    derivations: tuple[Derivation, ...]
    origin: tuple[str, ...]
    comparisons: Mapping[tuple[str, str], Comparison]
    same_scene: tuple[tuple[TracedPhoto, Verification], ...] = ()

    def parents(self, photo: str) -> tuple[str, ...]:
        """Return what a photo was made from, directed derivations only."""
        return tuple(item.parent for item in self.derivations if item.directed and item.child == photo)

    def ancestors(self, photo: str) -> frozenset[str]:
        """Return everything a photo was made from, near and far."""
        found: set[str] = set()
        todo = list(self.parents(photo))
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo += self.parents(current)
        return frozenset(found)

    def is_same_picture(self, one: str, other: str) -> bool:
        """Tell whether two photos are joined by derivations with one parent: a composite is a picture of its own."""
        parents = Counter(item.child for item in self.derivations)
        near: dict[str, set[str]] = defaultdict(set)
        for item in self.derivations:
            if parents[item.child] == 1:
                near[item.parent].add(item.child)
                near[item.child].add(item.parent)
        found, todo = {one}, [one]
        while todo:
            fresh = near[todo.pop()] - found
            found |= fresh
            todo += fresh
        return other in found
