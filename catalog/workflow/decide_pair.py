"""Record what a person decided about a pair, and let groups and chains follow at once."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog.errors import UsageError
from catalog.records.match import PAIR_VERDICTS, Decision
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.trace_chains import trace_chains

VERDICTS = (*PAIR_VERDICTS, "undo")


def decide(catalogue: Catalogue, verdict: str, first: str, second: str, reason: str, agent: str) -> Decision:
    """Record one decision on two photos, given by their SHA-256, and make their groups and chains anew.

    The decision lasts: it is kept by the photos' digests and outlives every new match or import until a person undoes it.
    Raises UsageError for a verdict nobody knows, for one photo twice, for a missing reason and for an undo without a decision.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is no decision; say one of {', '.join(VERDICTS)}")
    if first == second:
        raise UsageError.because("a decision needs two different photos")
    if not reason.strip():
        raise UsageError.because("a decision needs a reason; write it for those who ask later")
    if verdict == "undo" and not catalogue.store.decisions([first, second]):
        raise UsageError.because("there is no decision on these two photos to undo")
    pair = (min(first, second), max(first, second))
    made = Decision(pair, verdict, reason.strip(), agent, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    # Whoever hangs together with one of the two before or after the decision may be grouped anew by it.
    before = catalogue.store.connected(pair)
    with catalogue.store.write() as change:
        change.decide(made)
        change.mark_touched(before)
    trace_chains(catalogue, lambda _done, _total: None)
    return made
