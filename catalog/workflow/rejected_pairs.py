"""Tell which pairs people rejected, for the chains that hold one of the two or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.records.pages.chains import ChainPage
from catalog.records.provenance import RejectedPair
from catalog.workflow.catalogue import Catalogue


def rejected_pairs(catalogue: Catalogue, photos: Sequence[str]) -> tuple[RejectedPair, ...]:
    """Return the rejected pairs of a chain's photos, in the order of the photos; each pair once."""
    place = {name: number for number, name in enumerate(photos)}
    told = []
    for made in catalogue.store.decisions_touching(photos):
        if made.verdict == "reject":
            first, second = sorted(made.photos, key=lambda name: place.get(name, len(place)))
            chain = next((chain.id for chain in catalogue.store.chains(second)), second)
            told.append(RejectedPair(first, second, chain, made))
    return tuple(sorted(told, key=lambda one: (place[one.photo], one.other)))


def with_rejected_pairs(catalogue: Catalogue, shown: ChainPage) -> ChainPage:
    """Return the page with the pairs of its photos that people rejected."""
    return replace(shown, rejected=rejected_pairs(catalogue, [photo.sha256 for photo in shown.photos]))
