"""Derivations, chains and findings."""

from __future__ import annotations

from dataclasses import dataclass

CHAIN_STATES = ("complete", "gap", "contradicted", "undetermined")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one item of the ledger for a derivation.

    `supports` says whether it speaks for the stated direction; `weight` is in natural-log odds, ≥ 0; `detail` is a sentence.
    """

    code: str
    supports: bool
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Hold one photo made from another; when not `directed` the order of the two says nothing."""

    parent: str
    child: str
    directed: bool
    changes: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold whom one publication credits: source ids."""

    publication: str
    publisher: str | None
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold a disagreement found by a rule of `docs/findings.md`."""

    rule: str
    reason: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold photos joined by derivations; `id` is the SHA-256 of its first stored photo, `state` one of CHAIN_STATES."""

    id: str
    photos: tuple[str, ...]
    origin: tuple[str, ...]
    derivations: tuple[Derivation, ...]
    claimed: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    state: str
    state_reason: str
