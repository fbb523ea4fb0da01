"""Tell why an examined pair is only suggested."""

from __future__ import annotations

from catalog.matching.doubts import doubts
from catalog.records.pages.pairs import PairLine


def doubts_of(pair: PairLine) -> tuple[str, ...]:
    """Return what of DOUBTS the evidence of a suggested pair shows; nothing of one that was accepted."""
    return doubts(dict(pair.evidence)) if pair.state == "suggested" else ()
