"""One claim of a caption in words, for those who read it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.records.claims import Claim


def claim_words(claim: Claim) -> str:
    """Return its kind, how it belongs to the picture, the words as printed, and what is meant where that is more."""
    meant = claim.name
    if claim.least is not None:
        meant = (
            f"{claim.least}"
            if claim.least == claim.most
            else f"≥ {claim.least}"
            if claim.most is None
            else f"{claim.least}–{claim.most}"
        )
        meant += f" {claim.name}" if claim.name else ""
    role = "" if claim.role == "shown" else f" ({claim.role})"
    return f"{claim.kind}{role}: {claim.text}" + (f" → {meant}" if meant and meant != claim.text else "")
