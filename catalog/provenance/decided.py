"""Let what people decided about derivations and findings stand above what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from catalog.provenance.arborescence import Scores
from catalog.records.provenance import ChainDecision, Derivation, Finding

# More than any ledger adds up to, in natural-log odds, and small enough to add up a thousand times.
SURE = 1000.0
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decided:
    """Hold the decisions on the derivations of one chain, photos by number, parent first."""

    made_from: Mapping[Pair, ChainDecision]
    not_made_from: Mapping[Pair, ChainDecision]

    def above(self, edges: Scores) -> Scores:
        """Return the scores of edges as people left them; what they denied stays possible only where nothing else is."""
        changed = edges.copy()
        for parent, child in self.not_made_from:
            changed[parent, child] -= SURE
        for parent, child in self.made_from:
            changed[parent, child] = SURE
            changed[child, parent] = -np.inf
        return changed

    def further(self, parents: Sequence[int]) -> list[Pair]:
        """Return what people decided and a tree has no room for: second parents that do not lead back to themselves."""
        links = {(parent, child) for child, parent in enumerate(parents) if parent >= 0}
        added = []
        for parent, child in sorted(self.made_from):
            if (parent, child) not in links and child not in _above(parent, links):
                links.add((parent, child))
                added.append((parent, child))
        return added

    def of(self, parent: int, child: int) -> ChainDecision | None:
        """Return the last word on a derivation, None when nobody said one."""
        return self.made_from.get((parent, child)) or self.not_made_from.get((parent, child))


def decided(names: Sequence[str], decisions: Iterable[ChainDecision]) -> Decided:
    """Pick the decisions on derivations between the named photos."""
    place = {name: number for number, name in enumerate(names)}
    by_verdict: dict[str, dict[Pair, ChainDecision]] = {"made_from": {}, "not_made_from": {}}
    for made in decisions:
        if made.kind == "derivation" and set(made.subject) <= set(place) and made.verdict in by_verdict:
            by_verdict[made.verdict][place[made.subject[0]], place[made.subject[1]]] = made
    return Decided(by_verdict["made_from"], by_verdict["not_made_from"])


def judged(findings: Sequence[Finding], decisions: Iterable[ChainDecision]) -> tuple[Finding, ...]:
    """Return the findings with what people decided about them beside what the rule says."""
    last = {made.subject: made for made in decisions if made.kind == "finding"}
    return tuple(replace(found, decision=last.get((found.rule, *found.subjects))) for found in findings)


def without_parted_ways(drawn: Sequence[Derivation], parted: Set[frozenset[str]]) -> list[Derivation]:
    """Return the derivations without a directed way between two photos, by SHA-256, that people parted.

    Of such a way the line loses its direction that is least sure, one that nobody decided before one that a person did; and no
    photo is named as what another was perhaps made from as well where the two were parted.
    """
    told = [
        replace(one, or_from=tuple(name for name in one.or_from if frozenset((name, one.child)) not in parted)) for one in drawn
    ]
    for pair in sorted(parted, key=sorted):
        for start, end in permutations(sorted(pair)):
            while way := _way(told, start, end):
                least = min(way, key=lambda at: (told[at].decision is not None, told[at].confidence, at))
                told[least] = replace(told[least], directed=False)
    return told


def _way(drawn: Sequence[Derivation], start: str, end: str) -> list[int]:
    """Return the directed derivations, by place, that lead from one photo down to another; none where no way does."""
    ways: dict[str, list[int]] = {start: []}
    waiting = [start]
    for above in waiting:
        for at, one in enumerate(drawn):
            if one.directed and one.parent == above and one.child not in ways:
                ways[one.child] = [*ways[above], at]
                waiting.append(one.child)
    return ways.get(end, [])


def _above(photo: int, links: Iterable[Pair]) -> set[int]:
    known, found, waiting = tuple(links), {photo}, [photo]
    while waiting:
        below = waiting.pop()
        for parent, child in known:
            if child == below and parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
