"""What may be written inside one write transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from catalog.records.claims import Claim
from catalog.records.description import Rendition
from catalog.records.descriptor import Descriptor
from catalog.records.inquiry import Inquiry
from catalog.records.keeping import ItemOutcome, KeptItem, ReadItem
from catalog.records.match import Decision, PictureGroup, Verification
from catalog.records.provenance import Chain, ChainDecision
from catalog.records.publication import CreditReading, Publication
from catalog.records.reading import Undone
from catalog.records.sources import Renaming, SourceDecision
from catalog.records.template import Template


class Change(Protocol):
    """Write evidence, each state change with exactly one event, and what is derived from it; all of it is kept or none."""

    def begin_run(self, run: str, arguments: Mapping[str, object], program_version: str) -> None:
        """Open an import run."""
        ...

    def finish_run(self, run: str, numbers: Mapping[str, object]) -> None:
        """Record that a run ended, with its numbers."""
        ...

    def keep(self, run: str, item: KeptItem) -> ItemOutcome:
        """Keep an item whose bytes lie in the store already, and tell what was new."""
        ...

    def keep_named(self, run: str, read: ReadItem, address: str, stated: Publication) -> ItemOutcome:
        """Keep the publication of a picture that was named at an address and whose file is not there, and tell what was new."""
        ...

    def reject(self, run: str, read: ReadItem, reason: str, message: str) -> ItemOutcome:
        """Record that an item was rejected and why."""
        ...

    def undo(self, run: str, reason: str) -> Undone:
        """Retract a run by a counter-entry, and forget what is derived from photos that no longer stand."""
        ...

    def decide(self, made: Decision) -> None:
        """Record what a person decided about a pair of photos."""
        ...

    def decide_chain(self, made: ChainDecision) -> None:
        """Record what a person decided about a derivation or a finding."""
        ...

    def decide_source(self, made: SourceDecision) -> int:
        """Record what a person decided about a source and return the decision's number."""
        ...

    def rename_sources(self, renamings: Sequence[Renaming]) -> list[str]:
        """Let names mean other sources and return the photos whose chains tell of it."""
        ...

    def describe_sources(self, known: Mapping[str, tuple[str, str | None]], named: Iterable[str] = ()) -> None:
        """Write name and kind of the sources that are known, by id, and give every one among the named a row."""
        ...

    def inquire(self, made: Inquiry) -> None:
        """Record a search for a picture, where it was made and what it found, nothing included."""
        ...

    def record_check(self, head: str, outcome: str, numbers: Mapping[str, object]) -> None:
        """Record a check of the catalogue up to an event, given by its hash, and what came of it."""
        ...

    def store_rendition(self, sha256: str, image_data_sha256: str | None, made: Rendition | None) -> None:
        """Store the decoded facts of a photo; None for a picture too large to preview."""
        ...

    def store_descriptors(self, made: Sequence[tuple[str, Sequence[Descriptor]]]) -> None:
        """Store the descriptors of several photos."""
        ...

    def store_pixels_digest(self, sha256: str, pixels_sha256: str) -> None:
        """Cache the digest of a photo's full pixels."""
        ...

    def store_credit_reading(self, credit_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store what was read in one credit line; `sources` maps each party's name to its source id."""
        ...

    def store_caption_credits(self, caption_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store the credits found inside one caption; `sources` maps each party's name to its source id."""
        ...

    def store_caption_claims(self, caption_id: int, claims: Sequence[Claim], places: Sequence[str], version: int) -> None:
        """Store what one caption claims; `places` are those it shows and all they lie in."""
        ...

    def store_publisher(self, identity: str, source: str, name: str) -> None:
        """Store which source published a publication."""
        ...

    def count_sources(self) -> None:
        """Count anew how often each named source published and was credited."""
        ...

    def index_words(self, touched: Iterable[str]) -> None:
        """Write anew what full-text search knows of the touched photos."""
        ...

    def store_verifications(self, made: Iterable[Verification]) -> None:
        """Store examined pairs, replacing what was said of them before."""
        ...

    def replace_matches(self, sha256: str, made: Iterable[Verification]) -> None:
        """Store what a photo was found to be to those stored before it, in place of everything that was said of it before."""
        ...

    def replace_templates(self, found: Sequence[Template]) -> None:
        """Replace the templates."""
        ...

    def match_again(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be matched anew; what was found of them stays until then."""
        ...

    def mark_matched(self, sha256: str, version: int) -> None:
        """Record that a photo was matched against every photo stored before it."""
        ...

    def mark_touched(self, sha256s: Iterable[str]) -> None:
        """Record that the groups and chains of these photos have to be made anew."""
        ...

    def mark_traced(self, sha256s: Iterable[str], version: int) -> None:
        """Record that the groups and chains of these photos are those of this version."""
        ...

    def group_alone(self, sha256s: Iterable[str]) -> None:
        """Give a group of its own to each of these photos that is in none yet."""
        ...

    def replace_groups(self, touched: Iterable[str], groups: Sequence[PictureGroup]) -> None:
        """Replace the groups that hold any of the touched photos."""
        ...

    def replace_chains(self, touched: Iterable[str], chains: Sequence[Chain], version: int) -> None:
        """Replace the chains that hold any of the touched photos."""
        ...

    def begin_rebuild(self) -> None:
        """Let stand what runs that are not retracted attest, and record that everything made of it has to be made anew.

        What was made of a photo that stands stays until it is made anew; what was made of others goes.
        """
        ...

    def clear_words(self) -> None:
        """Remove everything that was read in words and names, to be read anew in this change."""
        ...

    def outdate(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be described, matched and traced anew; what was made of them stays until then."""
        ...

    def drop_unused_arrays(self) -> None:
        """Remove the files of packed features that no row names."""
        ...
