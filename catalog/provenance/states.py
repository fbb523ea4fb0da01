"""Say in one sentence how far a chain can be trusted."""

from __future__ import annotations

from catalog.provenance.sentences import figure, words
from catalog.records.provenance import Derivation, Finding
from catalog.records.saying import Saying, say

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


def state_of(
    derivations: tuple[Derivation, ...], origin: tuple[str, ...], findings: tuple[Finding, ...]
) -> tuple[str, tuple[Saying, ...]]:
    """Return the state, one of CHAIN_STATES, and the sentences of its reason; the gravest state that holds is the one named.

    `findings` come the gravest first. Those that a person dismissed do not count, and what a person decided about a derivation
    has a direction.
    """
    standing = [finding for finding in findings if not finding.is_dismissed]
    contradictions = [finding for finding in standing if finding.rule in CONTRADICTIONS]
    if contradictions:
        return "contradicted", (
            say("What is claimed and what was seen cannot all be true."),
            _reason(contradictions[0]),
            *_more(len(contradictions) - 1),
        )
    gaps = [finding for finding in standing if finding.rule == "missing_intermediate"]
    if gaps:
        return "gap", (say("At least one version in between is not in the catalogue."), _reason(gaps[0]))
    return _state_of_derivations(derivations, origin)


def _state_of_derivations(derivations: tuple[Derivation, ...], origin: tuple[str, ...]) -> tuple[str, tuple[Saying, ...]]:
    open_ends = sum(not derivation.directed for derivation in derivations)
    if open_ends and len(derivations) == 1:
        return "undetermined", (say("Which of the two was made from the other, the evidence does not decide."),)
    if open_ends:
        counts = figure("all", str(len(derivations))), figure("open", str(open_ends))
        if open_ends == 1:
            return "undetermined", (say("Of %(all)s derivations one has no direction that the evidence decides.", counts[0]),)
        return "undetermined", (say("Of %(all)s derivations, %(open)s have no direction that the evidence decides.", *counts),)
    if not derivations:
        return "complete", (say("The chain is one photo: nothing here was made from it or it from anything here."),)
    if not origin:
        return "undetermined", (say("Every derivation has a direction by itself, but which photo all lead back to stays open."),)
    if len(origin) == 1:
        return "complete", (say("Every derivation has a direction, and all lead back to one origin among the photos held here."),)
    return "complete", (
        say(
            "Every derivation has a direction, and all lead back to %(count)s origins among the photos held here.",
            figure("count", str(len(origin))),
        ),
    )


def _reason(found: Finding) -> Saying:
    return found.saying if found.saying is not None else say("%(words)s", words("words", found.reason))


def _more(count: int) -> tuple[Saying, ...]:
    if count == 0:
        return ()
    if count == 1:
        return (say("1 more finding contradicts the chain."),)
    return (say("%(count)s more findings contradict the chain.", figure("count", str(count))),)
