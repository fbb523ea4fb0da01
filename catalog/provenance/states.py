"""Say in one sentence how far a chain can be trusted."""

from __future__ import annotations

from catalog.records.provenance import Derivation, Finding

# Of what these rules find, not everything can be true: a copy seen before its original, dates that exclude one another, a source
# that had the picture later than who credits it, credits in a ring, one scene sold as two events, captions that exclude one
# another. Other rules find what was left
# out or altered on the way.
CONTRADICTIONS = frozenset(
    {
        "copy_seen_before_original",
        "credited_source_seen_only_later",
        "circular_credit",
        "shown_before_date_claimed",
        "camera_date_after_publication",
        "date_conflict",
        "same_scene_used_as_other_event",
        "official_first_publisher_not_origin",
        "place_conflict",
        "actor_conflict",
        "count_conflict",
        "today_republished",
        "date_before_camera_date",
    }
)


def state_of(derivations: tuple[Derivation, ...], origin: tuple[str, ...], findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Return the state, one of CHAIN_STATES, and its reason; the gravest state that holds is the one named.

    Findings that a person dismissed do not count, and what a person decided about a derivation has a direction.
    """
    standing = [finding for finding in findings if not finding.is_dismissed]
    contradictions = [finding for finding in standing if finding.rule in CONTRADICTIONS]
    # What the pictures themselves contradict is told first.
    contradictions.sort(key=lambda finding: finding.rule != "copy_seen_before_original")
    if contradictions:
        more = len(contradictions) - 1
        rest = f" {more} more {'finding' if more == 1 else 'findings'} of this kind." if more else ""
        return "contradicted", f"What is claimed and what was seen cannot all be true. {contradictions[0].reason}{rest}"
    gaps = [finding for finding in standing if finding.rule == "missing_intermediate"]
    if gaps:
        return "gap", f"At least one version in between is not in the catalogue. {gaps[0].reason}"
    open_ends = sum(not derivation.directed for derivation in derivations)
    if open_ends and len(derivations) == 1:
        return "undetermined", "Which of the two was made from the other, the evidence does not decide."
    if open_ends:
        told = "one derivation has" if open_ends == 1 else f"{open_ends} derivations have"
        return "undetermined", f"Of {len(derivations)} derivations {told} no direction that the evidence decides."
    if not derivations:
        return "complete", "The chain is one photo: nothing here was made from it or it from anything here."
    if not origin:
        return "undetermined", "Every derivation has a direction by itself, but which photo all lead back to stays open."
    starts = "one origin" if len(origin) == 1 else f"{len(origin)} origins"
    return "complete", f"Every derivation has a direction, and all lead back to {starts} among the photos held here."
