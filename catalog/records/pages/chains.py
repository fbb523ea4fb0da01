"""What the page of one chain shows."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.claims import TimelineRow
from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.sources import SourceLine
from catalog.records.pages.thumb import Thumb
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import ChainDecision, Derivation, Elsewhere, Finding, OtherFrame, RejectedPair
from catalog.records.saying import Saying


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """Hold one recorded search for a picture of a chain: when, by whom, where, what was asked, and what it found.

    `found` are addresses outside this catalogue or SHA-256 of photos in it, none when the search found nothing.
    """

    made_at: PartialDate
    agent: str
    place: str
    scope: str
    query_name: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainPage:
    """Hold one chain: observed publications and derivations, claimed credits, and where they disagree.

    `id` is the SHA-256 of its first stored photo. `state` is one of CHAIN_STATES; `reason` explains it in a sentence.
    `inquiries` are recorded searches for a photo of the chain, newest first; `decisions` what people decided about derivations
    between them, drawn or not; `timeline` its captions in order of publication, `elsewhere` its matches with photos of other
    chains, `frames` other frames of its scenes and `rejected` the pairs of its photos that people rejected, all four told by the
    workflow; `sayings` what the sentences of `reason` are made of, empty for what an older one wrote.
    """

    id: str
    state: str
    reason: str
    origin: tuple[str, ...]
    photos: tuple[Thumb, ...]
    publications: tuple[PublicationLine, ...]
    derivations: tuple[Derivation, ...]
    findings: tuple[Finding, ...]
    sources: tuple[SourceLine, ...]
    inquiries: tuple[InquiryLine, ...] = ()
    decisions: tuple[ChainDecision, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    sayings: tuple[Saying, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    frames: tuple[OtherFrame, ...] = ()
    rejected: tuple[RejectedPair, ...] = ()
