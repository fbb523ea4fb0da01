"""Record what a person decided about a derivation or a finding, and let the chain follow at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import UTC, datetime

from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.match import PARTING_VERDICTS, Decision
from catalog.records.provenance import DERIVATION_VERDICTS, FINDING_VERDICTS, ChainDecision, Finding
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.present_chains import finding_name
from catalog.workflow.trace_chains import trace_chains

UNDO = "undo"


def decide_derivation(catalogue: Catalogue, verdict: str, child: str, parent: str, reason: str) -> ChainDecision:
    """Record whether the child was made from the parent, both given by SHA-256, and draw their chain anew.

    The decision stands above the evidence, which stays beside it, until a person undoes it. Raises UsageError for a verdict
    nobody knows, one photo twice, a missing reason, two photos that no chain holds together, decisions that still stand and
    together say that the parent was made from the child, a pair that a person said are no copies, and an undo without a decision.
    """
    if verdict not in (*DERIVATION_VERDICTS, UNDO):
        raise UsageError(f"{verdict!r} is no decision on a derivation; say one of {', '.join((*DERIVATION_VERDICTS, UNDO))}")
    if child == parent:
        raise UsageError.because("a derivation has two different photos")
    members = catalogue.store.connected([child])
    if parent not in members:
        raise UsageError.because(
            "no accepted match joins these two photos; accept the pair first, then say which was made from which"
        )
    if verdict == "made_from" and any(set(one.photos) == {child, parent} for one in _parted(catalogue, members)):
        raise UsageError.because("a person decided that these two are no copies of one another; undo that first")
    made = ChainDecision("derivation", (parent, child), verdict, *_by(catalogue, reason))
    return _record(catalogue, made, members, lambda: _refuse_what_excludes(catalogue, made, members))


def _parted(catalogue: Catalogue, members: Sequence[str]) -> list[Decision]:
    return [one for one in catalogue.store.decisions(members) if one.verdict in PARTING_VERDICTS]


def _refuse_what_excludes(catalogue: Catalogue, made: ChainDecision, members: Sequence[str]) -> None:
    """Raise UsageError for an undo of nothing, and where what people decided would lead in a circle."""
    standing = {one.subject: one.verdict for one in catalogue.store.chain_decisions(members) if one.kind == "derivation"}
    if made.verdict == UNDO and made.subject not in standing:
        raise UsageError.because("there is no decision on this derivation to undo")
    if made.verdict != "made_from":
        return
    parent, child = made.subject
    way = _way_down({subject for subject, verdict in standing.items() if verdict == "made_from"}, child, parent)
    if len(way) == 2:
        raise UsageError.because("a person decided the opposite; undo that first")
    if way:
        raise UsageError.because(
            "people decided that of %(photos)s each was made from the one before: "
            "this would lead in a circle; undo one of them first",
            photos=", ".join(photo[:12] for photo in way),
        )


def _way_down(edges: Set[tuple[str, ...]], start: str, end: str) -> list[str]:
    """Return the photos from one down to another, over edges of parent and child; nothing where no way leads there."""
    ways = {start: [start]}
    waiting = [start]
    while waiting and end not in ways:
        above = waiting.pop(0)
        for below in sorted(child for parent, child in edges if parent == above and child not in ways):
            ways[below] = [*ways[above], below]
            waiting.append(below)
    return ways.get(end, [])


def decide_finding(catalogue: Catalogue, verdict: str, photo: str, name: str, reason: str) -> ChainDecision:
    """Record whether a finding of the chain that holds a photo is one; `name` is the finding's, or its first digits.

    A dismissed finding stays on record and counts no more. Raises UsageError for a verdict nobody knows, a missing reason and an
    undo without a decision, NotInCatalogueError for a finding the chain does not have.
    """
    if verdict not in (*FINDING_VERDICTS, UNDO):
        raise UsageError(f"{verdict!r} is no decision on a finding; say one of {', '.join((*FINDING_VERDICTS, UNDO))}")
    finding = _finding(catalogue, photo, name)
    if verdict == UNDO and finding.decision is None:
        raise UsageError.because("there is no decision on this finding to undo")
    subject = (finding.rule, *finding.subjects)
    members = catalogue.store.connected([photo])
    return _record(catalogue, ChainDecision("finding", subject, verdict, *_by(catalogue, reason)), members)


def _finding(catalogue: Catalogue, photo: str, name: str) -> Finding:
    for chain in catalogue.store.chains(photo):
        for finding in chain.findings:
            if name and finding_name(finding).startswith(name):
                return finding
    raise NotInCatalogueError.because(
        "%(finding)s: the chain of %(photo)s has no such finding; `catalog chains --json` names them",
        finding=name,
        photo=photo[:12],
    )


def _by(catalogue: Catalogue, reason: str) -> tuple[str, str, str]:
    if not reason.strip():
        raise UsageError.because("a decision needs a reason; write it for those who ask later")
    return reason.strip(), catalogue.agent, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _record(
    catalogue: Catalogue, made: ChainDecision, members: list[str], checked: Callable[[], None] = lambda: None
) -> ChainDecision:
    with catalogue.store.write() as change:
        # Nobody else decides while this one is checked against what stands.
        checked()
        change.decide_chain(made)
        change.mark_touched(members)
    trace_chains(catalogue, lambda _done, _total: None)
    return made
