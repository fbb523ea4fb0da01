"""Say in one sentence how far a chain can be trusted."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.provenance.appearances import named
from catalog.provenance.quantities import first_shown
from catalog.records.provenance import Derivation, Finding
from catalog.records.traces import TracedPhoto


def state_of(
    derivations: tuple[Derivation, ...], origin: tuple[str, ...], findings: tuple[Finding, ...], photos: Mapping[str, TracedPhoto]
) -> tuple[str, str]:
    """Return the state, one of CHAIN_STATES, and its reason; the gravest state that holds is the one named."""
    for derivation in derivations:
        parent, child = first_shown(photos[derivation.parent]), first_shown(photos[derivation.child])
        if derivation.directed and parent is not None and child is not None and child.is_before(parent):
            return "contradicted", (
                f"{named(photos[derivation.child])} looks made from {named(photos[derivation.parent])}, "
                "which was first seen later: a date is wrong, or an earlier appearance is missing."
            )
    gaps = [finding for finding in findings if finding.rule == "missing_intermediate"]
    if gaps:
        return "gap", f"At least one version in between is not in the catalogue. {gaps[0].reason}"
    open_ends = sum(not derivation.directed for derivation in derivations)
    if open_ends:
        told = "one derivation has" if open_ends == 1 else f"{open_ends} derivations have"
        return "undetermined", f"Of {len(derivations)} derivations {told} no direction that the evidence decides."
    if not derivations:
        return "complete", "The chain is one photo: nothing here was made from it or it from anything here."
    if not origin:
        return "undetermined", "Every derivation has a direction by itself, but which photo all lead back to stays open."
    starts = "one origin" if len(origin) == 1 else f"{len(origin)} origins"
    return "complete", f"Every derivation has a direction, and all lead back to {starts} among the photos held here."
