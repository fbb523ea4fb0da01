"""Draw the chain of every picture: most probable derivations, origins, state, claims, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from time import perf_counter

import numpy as np

from catalog.provenance.arborescence import Scores, best_tree, edge_probabilities
from catalog.provenance.collages import Pasted, pasted_pictures
from catalog.provenance.comparison import Comparison
from catalog.provenance.composites import part_pictures
from catalog.provenance.decided import decided, judged, without_parted_ways
from catalog.provenance.direction import TreeSays, weigh
from catalog.provenance.drawn import Drawn
from catalog.provenance.examination import Examined, examine
from catalog.provenance.findings import find_disagreements
from catalog.provenance.quantities import OrderedPair
from catalog.provenance.states import state_of
from catalog.records.match import Verification
from catalog.records.provenance import Chain, ChainDecision, Claim, Derivation
from catalog.records.saying import in_english
from catalog.records.traces import TracedPhoto

# An origin is named when it is at least this much of all that the evidence gives; below, two would share the odds.
ORIGIN_SHARE = 0.6
# Of photos with the same pixels one is named beside the parent when it is at least a tenth as probable: who reads "one of these
# two" must not be sent after one that a date or a stated parent all but excludes.
AS_WELL = 0.1


def trace_chain(
    photos: Sequence[TracedPhoto],
    verifications: Sequence[Verification],
    same_scene: Sequence[tuple[TracedPhoto, Verification]] = (),
    decisions: Sequence[ChainDecision] = (),
    joined_by_people: Sequence[tuple[str, str]] = (),
    parted_by_people: Sequence[tuple[str, str]] = (),
) -> tuple[Chain, ...]:
    """Draw one chain for each picture that accepted matches join (composites.py says what parts two), first stored first.

    `verifications` between other photos, refused ones and those of one scene are passed over. `same_scene` are photos outside
    the chain that show another frame of the same scene, with the verification that says so. `decisions` are people's last words
    on derivations and findings: they stand above the evidence, which is kept beside them. Pairs that people accepted, or said to
    be made from one another, lie in one chain. No derivation, and no way over others, leads from one photo to another that people
    parted from it. The order of the arguments changes nothing.
    """
    ordered = sorted(photos, key=lambda photo: (photo.stored_order, photo.sha256))
    place = {photo.sha256: number for number, photo in enumerate(ordered)}
    accepted: dict[tuple[int, int], Verification] = {}
    for found in sorted(verifications, key=lambda item: (item.query, item.reference, -item.score)):
        if found.is_match and found.query in place and found.reference in place and found.query != found.reference:
            low, high = sorted((place[found.query], place[found.reference]))
            accepted.setdefault((low, high), found)
    chains = []
    parted = {frozenset(pair) for pair in parted_by_people}
    # Whether a photo was made from one that is no copy of it is no question any more.
    decisions = [made for made in decisions if made.kind != "derivation" or frozenset(made.subject) not in parted]
    made_from = [made.subject for made in decisions if made.kind == "derivation" and made.verdict == "made_from"]
    bound = [(place[one], place[other]) for one, other in [*made_from, *joined_by_people] if one in place and other in place]
    for joined in _components(len(ordered), accepted):
        own = {pair: accepted[pair] for pair in accepted if pair[0] in joined}
        for members in _pictures(ordered, joined, own, bound):
            inside = {pair: own[pair] for pair in own if pair[0] in members and pair[1] in members}
            drawn = [ordered[number] for number in members]
            chains.append(_draw(drawn, _renumbered(inside, members), same_scene, decisions, parted))
    chains.sort(key=lambda chain: place[chain.id])
    return tuple(chains)


def _components(count: int, pairs: Mapping[tuple[int, int], Verification]) -> list[list[int]]:
    leader = list(range(count))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for low, high in pairs:
        first, second = sorted((lead(low), lead(high)))
        leader[second] = first
    members = defaultdict(list)
    for number in range(count):
        members[lead(number)].append(number)
    return [members[key] for key in sorted(members)]


def _pictures(
    photos: Sequence[TracedPhoto], joined: list[int], own: Mapping[tuple[int, int], Verification], bound: list[tuple[int, int]]
) -> list[list[int]]:
    """Part what matches join into pictures; `bound` pairs of photos are those that people decided about."""
    place = {number: at for at, number in enumerate(joined)}
    together = [(place[one], place[other]) for one, other in bound if one in place and other in place]
    parts = part_pictures([photos[number] for number in joined], _renumbered(own, joined), together)
    return [[joined[at] for at in part] for part in parts]


def _renumbered(pairs: Mapping[tuple[int, int], Verification], members: list[int]) -> dict[tuple[int, int], Verification]:
    place = {number: at for at, number in enumerate(members)}
    return {(place[low], place[high]): found for (low, high), found in pairs.items()}


def _draw(
    photos: list[TracedPhoto],
    accepted: Mapping[tuple[int, int], Verification],
    same_scene: Sequence[tuple[TracedPhoto, Verification]],
    decisions: Sequence[ChainDecision],
    parted: Set[frozenset[str]],
) -> Chain:
    started = perf_counter()
    joined = examine(photos, accepted)
    people = decided([photo.sha256 for photo in photos], decisions)
    edges = people.above(joined.edges)
    parents = best_tree(edges, joined.roots)
    pasted = [
        one
        for one in pasted_pictures(parents, joined.edges, _compared(joined))
        if not any(child in one.members and parent not in one.members for parent, child in people.made_from)
    ]
    for one in pasted:
        parents = _apart(parents, one.members, best_tree(*_among(one.members, edges, joined.roots)))
    probable, rooted = _probabilities(joined.edges, joined.roots, pasted)
    settled = _probabilities(edges, joined.roots, pasted)[1] if people.made_from or people.not_made_from else rooted
    links = [(parent, child) for child, parent in enumerate(parents) if parent >= 0]
    links += sorted((one.source, one.composite) for one in pasted)
    links += [link for link in people.further(parents) if link not in links]
    drawn: list[Derivation] = []
    mirrored: set[tuple[str, str]] = set()
    composites = {one.composite for one in pasted}
    for parent, child in links:
        known = _alone(joined, pasted, parent, child) if child in composites else (probable, rooted)
        derivation = _derivation(photos, joined, parent, child, known)
        said = people.of(parent, child)
        if said is None and child not in composites and _is_whole_of_part(joined, parent, child):
            # Nor is a whole made from its own part, unless it was pasted together: how sure the line is, is asked the way round
            # that can be.
            derivation = replace(_derivation(photos, joined, child, parent, known), directed=False)
        if said is not None:
            derivation = replace(derivation, directed=said.verdict == "made_from", decision=said)
        drawn.append(derivation)
        forward = joined.pairs.get((parent, child))
        if forward is not None and forward.comparison is not None and forward.comparison.is_mirrored:
            mirrored.add((derivation.parent, derivation.child))
    drawn = without_parted_ways(sorted(drawn, key=lambda item: (item.parent, item.child)), parted)
    origin = _origin(photos, settled, pasted)
    members = tuple(photo.sha256 for photo in photos)
    seen = Drawn(
        photos={photo.sha256: photo for photo in photos}, derivations=tuple(drawn), origin=origin,
        comparisons={
            (photos[a].sha256, photos[b].sha256): pair.comparison for (a, b), pair in joined.pairs.items() if pair.comparison
        },
        same_scene=tuple((other, found) for other, found in same_scene if {found.query, found.reference} & set(members)),
    )  # fmt: skip
    findings = judged(find_disagreements(seen), decisions)
    state, sayings = state_of(tuple(drawn), origin, findings)
    return Chain(
        id=members[0], photos=members, origin=origin, derivations=tuple(drawn), claimed=_claimed(photos), findings=findings,
        state=state, state_reason=" ".join(in_english(one) for one in sayings), state_sayings=sayings,
        drawing_seconds=perf_counter() - started,
    )  # fmt: skip


def _derivation(photos: list[TracedPhoto], joined: Examined, parent: int, child: int, known: tuple[Scores, Scores]) -> Derivation:
    """Weigh one edge; `known` are the probabilities of all edges and roots."""
    forward = joined.pairs.get((parent, child)) or OrderedPair(photos[parent], photos[child], None)
    backward = joined.pairs.get((child, parent)) or OrderedPair(photos[child], photos[parent], None)
    probable, rooted = known
    parents = [parent, *(one for one in joined.alike[parent] if one != child)]
    of_all, back = float(probable[parents, child].sum()), float(probable[child, parents].sum())
    share = float(probable[parent, child]) / max(of_all, 1e-300)
    tree = TreeSays(min(1.0, of_all), min(1.0, back), share, len(parents) - 1)
    ledger = weigh(forward, backward, as_origin=min(1.0, float(rooted[parent] + rooted[child])), tree=tree)
    found = joined.verifications.get((min(parent, child), max(parent, child)))
    # What each of two shows and the other lacks, neither has from the other, whatever else leans.
    seen, changes = forward.comparison, found.changes if found is not None else ()
    is_impossible = seen is not None and seen.is_of_two_crops
    return Derivation(
        parent=photos[parent].sha256, child=photos[child].sha256, directed=ledger.is_directed and not is_impossible,
        changes=changes, confidence=ledger.confidence, evidence=ledger.evidence,
        or_from=tuple(
            photos[one].sha256 for one in parents[1:] if probable[one, child] >= AS_WELL * float(probable[parent, child])
        ),
    )  # fmt: skip


def _is_whole_of_part(joined: Examined, parent: int, child: int) -> bool:
    pair, found = joined.pairs.get((parent, child)), joined.verifications.get((min(parent, child), max(parent, child)))
    seen = pair.comparison if pair is not None else None
    if pair is None or seen is None or found is None or pair.is_collage_part:
        return False
    return "cropped" in found.changes and seen.is_whole_of_part


def _compared(joined: Examined) -> dict[tuple[int, int], Comparison]:
    return {pair: found.comparison for pair, found in joined.pairs.items() if found.comparison is not None}


def _alone(joined: Examined, pasted: Sequence[Pasted], parent: int, child: int) -> tuple[Scores, Scores]:
    """Return the probabilities of edges and roots where a composite has photos of the parent's picture to come from, no others.

    A tree knows one parent only, and a composite has one in each picture.
    """
    below = {number for one in pasted if one.composite == child for number in one.members}
    own = next((one.members for one in pasted if one.composite == child and parent in one.members), None)
    inside = [*own, child] if own is not None else [number for number in range(len(joined.roots)) if number not in below]
    probable, rooted = np.zeros_like(joined.edges), np.zeros_like(joined.roots)
    probable[np.ix_(inside, inside)], rooted[inside] = edge_probabilities(*_among(inside, joined.edges, joined.roots))
    return probable, rooted


def _among(members: Sequence[int], edges: Scores, roots: Scores) -> tuple[Scores, Scores]:
    """Return the scores of some photos alone."""
    return edges[np.ix_(members, members)], roots[list(members)]


def _apart(parents: tuple[int, ...], members: Sequence[int], own: tuple[int, ...]) -> tuple[int, ...]:
    """Return parents where some photos have a tree of their own."""
    inside = {number: members[parent] if parent >= 0 else -1 for number, parent in zip(members, own, strict=True)}
    return tuple(inside.get(number, parent) for number, parent in enumerate(parents))


def _probabilities(edges: Scores, roots: Scores, pasted: Sequence[Pasted]) -> tuple[Scores, Scores]:
    """Return how probable edges and roots are; in a pasted picture, over the trees of that picture alone."""
    probable, rooted = edge_probabilities(edges, roots)
    for one in pasted:
        members = list(one.members)
        probable[np.ix_(members, members)], rooted[members] = edge_probabilities(*_among(members, edges, roots))
    return probable, rooted


def _origin(photos: list[TracedPhoto], rooted: Scores, pasted: Sequence[Pasted]) -> tuple[str, ...]:
    """Return the origin of the picture and of each that was pasted in, where the evidence names one; no more is asserted."""
    below = {number for one in pasted for number in one.members}
    pictures = [[number for number in range(len(photos)) if number not in below], *(list(one.members) for one in pasted)]
    named = [
        number
        for members in pictures
        for number in members
        if float(rooted[number]) >= ORIGIN_SHARE * float(rooted[members].sum())
    ]
    return tuple(photos[number].sha256 for number in named)


def _claimed(photos: list[TracedPhoto]) -> tuple[Claim, ...]:
    found = {
        publication.id: Claim(
            publication.id, publication.publisher, tuple(dict.fromkeys(credit.source for credit in publication.credits))
        )
        for photo in photos
        for publication in photo.publications
    }
    return tuple(found[key] for key in sorted(found))
