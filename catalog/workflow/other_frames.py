"""Tell which photos are other frames of a scene: what measuring suggests, with a person's word above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.records.match import Decision, Verification
from catalog.records.pages.chains import ChainPage
from catalog.records.provenance import OtherFrame
from catalog.workflow.apply_decisions import apply_decisions
from catalog.workflow.catalogue import Catalogue


def frames_of_scene(catalogue: Catalogue, photos: Sequence[str]) -> list[tuple[Verification, Decision | None]]:
    """Return the pairs of one or two of the photos that show one scene in two frames, each with what a person decided of it.

    A pair that a person accepted or rejected is none any more; one that a person called so is one whatever was measured.
    """
    decided = catalogue.store.decisions_touching(photos)
    found = {_pair(one): one for one in apply_decisions(catalogue.store.same_scenes(photos), decided)}
    said = {frozenset(made.photos): made for made in decided}
    return [(one, said.get(pair)) for pair, one in found.items() if one.relation == "same_scene"]


def other_frames(catalogue: Catalogue, photos: Sequence[str]) -> tuple[OtherFrame, ...]:
    """Return the other frames of the scenes of a chain's photos, in the order of the photos; each pair once."""
    place = {name: number for number, name in enumerate(photos)}
    told = []
    for found, decision in frames_of_scene(catalogue, photos):
        first, second = sorted((found.query, found.reference), key=lambda name: place.get(name, len(place)))
        chain = next((chain.id for chain in catalogue.store.chains(second)), second)
        told.append(OtherFrame(first, second, chain, decision))
    return tuple(sorted(told, key=lambda one: (place[one.photo], one.other)))


def with_other_frames(catalogue: Catalogue, shown: ChainPage) -> ChainPage:
    """Return the page with the other frames of its scenes."""
    return replace(shown, frames=other_frames(catalogue, [photo.sha256 for photo in shown.photos]))


def _pair(found: Verification) -> frozenset[str]:
    return frozenset((found.query, found.reference))
