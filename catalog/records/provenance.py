"""Derivations, chains and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp

from catalog.records.match import Decision
from catalog.records.saying import Saying

CHAIN_STATES = ("complete", "gap", "contradicted", "undetermined")
DERIVATION_VERDICTS = ("made_from", "not_made_from")
FINDING_VERDICTS = ("confirmed", "dismissed")
# The item of a ledger that takes from a parent what others with its pixels have.
SHARED = "same_pixels"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold one item of the ledger for a derivation.

    `supports` says whether it speaks for the stated direction; `weight` is in natural-log odds, ≥ 0; `detail` is a sentence, and
    `saying` is what it is made of, None for what an older version wrote.
    """

    code: str
    supports: bool
    weight: float
    detail: str
    saying: Saying | None = None


@dataclass(frozen=True, slots=True)
class ChainDecision:
    """Hold what a person decided about a derivation or a finding.

    `kind` is `derivation`, with parent and child as `subject` and one of DERIVATION_VERDICTS, or `finding`, with the rule and its
    subjects and one of FINDING_VERDICTS. The verdict `undo` takes back the one before. `decided_at` is ISO 8601 in UTC.
    """

    kind: str
    subject: tuple[str, ...]
    verdict: str
    reason: str
    agent: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """Hold one photo made from another; when not `directed` the order of the two says nothing.

    `confidence` and `evidence` are what the machine says, whatever a person decided; `decision` is the person's last word.
    `or_from` are photos with the parent's pixels that the child may have been made from as well; `confidence` is of the parent
    alone.
    """

    parent: str
    child: str
    directed: bool
    changes: tuple[str, ...]
    confidence: float
    evidence: tuple[Evidence, ...]
    decision: ChainDecision | None = None
    or_from: tuple[str, ...] = ()

    @property
    def confidence_of_any(self) -> float:
        """Return how sure it is, 0–1, that the child was made from the parent or one of `or_from`, which share it."""
        shared = sum(item.weight for item in self.evidence if item.code == SHARED)
        odds = max(1 - self.confidence, 1e-9) / max(self.confidence, 1e-9)
        return 1 / (1 + odds * exp(-shared)) if shared else self.confidence


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold whom one publication credits: source ids."""

    publication: str
    publisher: str | None
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Hold the words that a finding rests on: `words` are `text[start:end]` of a text of a publication or photo.

    `subject` is the publication's id or the photo's SHA-256; `statement` says which text: `caption` or a role of credits.
    """

    subject: str
    statement: str
    words: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold a disagreement found by a rule of `docs/findings.md`, and what a person decided about it.

    `reason` is in English; `saying` is what it is made of, None for what an older version wrote.
    """

    rule: str
    reason: str
    subjects: tuple[str, ...]
    spans: tuple[TextSpan, ...] = ()
    decision: ChainDecision | None = None
    saying: Saying | None = None

    @property
    def is_dismissed(self) -> bool:
        """Tell whether a person decided that it is none; it stays on record and counts no more."""
        return self.decision is not None and self.decision.verdict == "dismissed"


def by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings of each rule, rules and findings in the order given: a chain has the gravest first."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.rule, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Hold an accepted match of a photo of one chain with a photo of another: a piece of one was used in the other.

    `relation` is that of the match; `chain` names the other chain.
    """

    photo: str
    other: str
    relation: str
    chain: str


@dataclass(frozen=True, slots=True)
class OtherFrame:
    """Hold another frame of the scene of a photo of a chain: `other`, in the chain named by `chain`; it is no copy.

    `decision` is what a person said of the pair, None where measuring suggests it and nobody decided.
    """

    photo: str
    other: str
    chain: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class RejectedPair:
    """Hold a pair of a photo of a chain and `other`, in the chain named by `chain`, that a person said are no copies."""

    photo: str
    other: str
    chain: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold photos joined by derivations; `id` is the SHA-256 of its first stored photo, `state` one of CHAIN_STATES.

    `state_reason` is in English; `state_sayings` are the sentences it is made of, empty for what an older version wrote.
    `drawing_seconds` is how long it took to draw, which is no property of the chain: two that differ in it alone are equal.
    """

    id: str
    photos: tuple[str, ...]
    origin: tuple[str, ...]
    derivations: tuple[Derivation, ...]
    claimed: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    state: str
    state_reason: str
    state_sayings: tuple[Saying, ...] = ()
    drawing_seconds: float = field(default=0.0, compare=False)
