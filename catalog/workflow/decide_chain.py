"""Record what a person decided about a derivation or a finding, and let the chain follow at once."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.provenance import DERIVATION_VERDICTS, FINDING_VERDICTS, ChainDecision, Finding
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.present_chains import finding_name
from catalog.workflow.trace_chains import trace_chains

UNDO = "undo"


def decide_derivation(catalogue: Catalogue, verdict: str, child: str, parent: str, reason: str) -> ChainDecision:
    """Record whether the child was made from the parent, both given by SHA-256, and draw their chain anew.

    The decision stands above the evidence, which stays beside it, until a person undoes it. Raises UsageError for a verdict
    nobody knows, one photo twice, a missing reason, two photos that no chain holds together, a decision the other way round that
    still stands, and an undo without a decision.
    """
    if verdict not in (*DERIVATION_VERDICTS, UNDO):
        raise UsageError(f"{verdict!r} is no decision on a derivation; say one of {', '.join((*DERIVATION_VERDICTS, UNDO))}")
    if child == parent:
        raise UsageError("a derivation has two different photos")
    members = catalogue.store.connected([child])
    if parent not in members:
        raise UsageError("no accepted match joins these two photos; accept the pair first, then say which was made from which")
    standing = {made.subject for made in catalogue.store.chain_decisions([child, parent]) if made.kind == "derivation"}
    if verdict == UNDO and (parent, child) not in standing:
        raise UsageError("there is no decision on this derivation to undo")
    opposite = [made for made in catalogue.store.chain_decisions([child, parent]) if made.subject == (child, parent)]
    if verdict == "made_from" and any(made.verdict == "made_from" for made in opposite):
        raise UsageError("a person decided the opposite; undo that first")
    return _record(catalogue, ChainDecision("derivation", (parent, child), verdict, *_by(catalogue, reason)), members)


def decide_finding(catalogue: Catalogue, verdict: str, photo: str, name: str, reason: str) -> ChainDecision:
    """Record whether a finding of the chain that holds a photo is one; `name` is the finding's, or its first digits.

    A dismissed finding stays on record and counts no more. Raises UsageError for a verdict nobody knows, a missing reason and an
    undo without a decision, NotInCatalogueError for a finding the chain does not have.
    """
    if verdict not in (*FINDING_VERDICTS, UNDO):
        raise UsageError(f"{verdict!r} is no decision on a finding; say one of {', '.join((*FINDING_VERDICTS, UNDO))}")
    finding = _finding(catalogue, photo, name)
    if verdict == UNDO and finding.decision is None:
        raise UsageError("there is no decision on this finding to undo")
    subject = (finding.rule, *finding.subjects)
    members = catalogue.store.connected([photo])
    return _record(catalogue, ChainDecision("finding", subject, verdict, *_by(catalogue, reason)), members)


def _finding(catalogue: Catalogue, photo: str, name: str) -> Finding:
    for chain in catalogue.store.chains(photo):
        for finding in chain.findings:
            if name and finding_name(finding).startswith(name):
                return finding
    raise NotInCatalogueError(f"{name}: the chain of {photo[:12]} has no such finding; `catalog chains --json` names them")


def _by(catalogue: Catalogue, reason: str) -> tuple[str, str, str]:
    if not reason.strip():
        raise UsageError("a decision needs a reason; write it for those who ask later")
    return reason.strip(), catalogue.agent, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _record(catalogue: Catalogue, made: ChainDecision, members: list[str]) -> ChainDecision:
    with catalogue.store.write() as change:
        change.decide_chain(made)
        change.mark_touched(members)
    trace_chains(catalogue, lambda _done, _total: None)
    return made
