"""Chains as the interfaces page gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog.records.event import canonical_json
from catalog.records.match import Decision
from catalog.records.pages.chains import ChainPage, InquiryLine
from catalog.records.provenance import Chain, ChainDecision, Derivation, Elsewhere, Finding, OtherFrame, RejectedPair
from catalog.workflow.apply_decisions import apply_decisions
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.plain import plain


def shown_chains(catalogue: Catalogue, sha256: str | None) -> Iterator[Chain]:
    """Return the chains worth showing: of several photos, or with a finding; the one that holds a photo whatever it is."""
    return catalogue.store.chains(sha256, worth_showing=sha256 is None)


def chain_line(
    chain: Chain,
    paths: Mapping[str, str],
    beside: Sequence[Elsewhere] = (),
    frames: Sequence[OtherFrame] = (),
    inquiries: Sequence[InquiryLine] = (),
    rejected: Sequence[RejectedPair] = (),
) -> dict[str, Any]:
    """Return the JSON line of one chain.

    `paths` maps its photos to the paths they were first imported as, `beside` are its matches with photos of other chains,
    `frames` other frames of its scenes, `inquiries` the recorded searches for its photos, `rejected` their rejected pairs.
    """
    return {
        "chain": chain.id, "photos": [{"photo": name, "path": paths.get(name, "")} for name in chain.photos],
        "origin": list(chain.origin), "state": chain.state, "state_reason": chain.state_reason,
        "derivations": [_derivation(edge) for edge in chain.derivations],
        "claimed": [plain(claim) for claim in chain.claimed], "findings": [_finding(found) for found in chain.findings],
        "missing": _missing(chain), "elsewhere": [plain(one) for one in beside],
        "frames": [_frame(one) for one in frames], "rejected": [_frame(one) for one in rejected],
        "inquiries": [plain(one) for one in inquiries],
    }  # fmt: skip


def elsewhere(catalogue: Catalogue, photos: Sequence[str]) -> tuple[Elsewhere, ...]:
    """Return the accepted matches of a chain's photos with photos that have another chain, each pair once."""
    own = set(photos)
    told = [found for found in catalogue.store.told_pairs(photos) if (found.query in own) != (found.reference in own)]
    outside = sorted({name for found in told for name in (found.query, found.reference)} - own)
    if not outside:
        return ()
    matches = [found for found in apply_decisions(told, catalogue.store.decisions([*photos, *outside])) if found.is_match]
    pairs = {
        ((found.query, found.reference) if found.query in own else (found.reference, found.query)): found for found in matches
    }
    place = {name: number for number, name in enumerate(photos)}
    wanted = sorted(
        (pair for pair in pairs if pair[0] in place and pair[1] not in place), key=lambda pair: (place[pair[0]], pair[1])
    )
    chains = {other: next(catalogue.store.chains(other)).id for other in {other for _, other in wanted}}
    return tuple(Elsewhere(photo, other, pairs[photo, other].relation, chains[other]) for photo, other in wanted)


def with_elsewhere(catalogue: Catalogue, shown: ChainPage) -> ChainPage:
    """Return the page with the matches that lead to other chains."""
    return replace(shown, elsewhere=elsewhere(catalogue, [photo.sha256 for photo in shown.photos]))


def _missing(chain: Chain) -> list[list[str]]:
    """Return the photos that come from one version which is not held, a list for each such version."""
    rules = (found for found in chain.findings if found.rule == "missing_intermediate" and not found.is_dismissed)
    return [list(found.subjects) for found in rules]


def finding_name(found: Finding) -> str:
    """Return what a finding is called by: the SHA-256 of its rule and subjects, the same whenever it is found again."""
    return hashlib.sha256(canonical_json([found.rule, *found.subjects]).encode()).hexdigest()


def _derivation(edge: Derivation) -> dict[str, Any]:
    evidence = [{"code": one.code, "for": one.supports, "weight": one.weight, "detail": one.detail} for one in edge.evidence]
    return {
        "from": edge.parent, "to": edge.child, "directed": edge.directed, "changes": list(edge.changes),
        "confidence": edge.confidence, "evidence": evidence, "decision": _decision(edge.decision),
        "or_from": list(edge.or_from),
    }  # fmt: skip


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "finding": finding_name(found), "rule": found.rule, "reason": found.reason, "subjects": list(found.subjects),
        "spans": [plain(span) for span in found.spans], "decision": _decision(found.decision),
    }  # fmt: skip


def _frame(one: OtherFrame | RejectedPair) -> dict[str, Any]:
    return {"photo": one.photo, "other": one.other, "chain": one.chain, "decision": _decision(one.decision)}


def _decision(made: ChainDecision | Decision | None) -> dict[str, Any] | None:
    return None if made is None else {"verdict": made.verdict, "reason": made.reason, "agent": made.agent, "at": made.decided_at}
