"""Everything that is written to the catalogue, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

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
from catalog.store import (
    chain_decisions,
    ledger_rows,
    matching_rows,
    source_rows,
    template_rows,
)
from catalog.store.arrays import FeatureArrays
from catalog.store.derived_rows import DerivedRows
from catalog.store.evidence import EvidenceWriter
from catalog.store.intake_rows import IntakeRows


class SqlChange:
    """Write inside one transaction, as `catalog.store.interface.change.Change` promises."""

    def __init__(self, connection: Connection, arrays: FeatureArrays, agent: str) -> None:
        """Write on one connection as one agent."""
        self._agent = agent
        self._writer = EvidenceWriter(connection)
        self._intake = IntakeRows(connection, self._writer, agent)
        self._derived = DerivedRows(connection, arrays)

    def begin_run(self, run: str, arguments: Mapping[str, object], program_version: str) -> None:
        """Open an import run."""
        self._intake.begin_run(run, arguments, program_version)

    def finish_run(self, run: str, numbers: Mapping[str, object]) -> None:
        """Record that a run ended, with its numbers."""
        self._intake.finish_run(run, numbers)

    def keep(self, run: str, item: KeptItem) -> ItemOutcome:
        """Keep an item whose bytes lie in the store already, and tell what was new."""
        return self._intake.keep(run, item)

    def keep_named(self, run: str, read: ReadItem, address: str, stated: Publication) -> ItemOutcome:
        """Keep the publication of a picture that was named at an address and whose file is not there, and tell what was new."""
        return self._intake.keep_named(run, read, address, stated)

    def reject(self, run: str, read: ReadItem, reason: str, message: str) -> ItemOutcome:
        """Record that an item was rejected and why."""
        return self._intake.reject(run, read, reason, message)

    def undo(self, run: str, reason: str) -> Undone:
        """Retract a run by a counter-entry, and forget what is derived from photos that no longer stand."""
        undone, lost = ledger_rows.retract(self._writer, run, self._agent, reason)
        left_behind = self._forget(undone.gone)
        self._derived.drop_standing(lost)
        self._derived.groups.group_alone(left_behind)
        self._derived.mark_touched(left_behind)
        return undone

    def decide(self, made: Decision) -> None:
        """Record what a person decided about a pair of photos."""
        ledger_rows.record_decision(self._writer, made)

    def decide_chain(self, made: ChainDecision) -> None:
        """Record what a person decided about a derivation or a finding."""
        chain_decisions.record_chain_decision(self._writer, made)

    def decide_source(self, made: SourceDecision) -> int:
        """Record what a person decided about a source and return the decision's number."""
        return source_rows.record_source_decision(self._writer, made)

    def rename_sources(self, renamings: Sequence[Renaming]) -> list[str]:
        """Let names mean other sources and return the photos whose chains tell of it."""
        return source_rows.rename_sources(self._writer.connection, renamings)

    def describe_sources(self, known: Mapping[str, tuple[str, str | None]], named: Iterable[str] = ()) -> None:
        """Write name and kind of the sources that are known, by id, and give every one among the named a row."""
        source_rows.describe_sources(self._writer.connection, known, named)

    def inquire(self, made: Inquiry) -> None:
        """Record a search for a picture, where it was made and what it found, nothing included."""
        ledger_rows.record_inquiry(self._writer, made)

    def record_check(self, head: str, outcome: str, numbers: Mapping[str, object]) -> None:
        """Record a check of the catalogue up to an event, given by its hash, and what came of it."""
        ledger_rows.record_check(self._writer, self._agent, head, outcome, numbers)

    def store_rendition(self, sha256: str, image_data_sha256: str | None, made: Rendition | None) -> None:
        """Store the decoded facts of a photo; None for a picture too large to preview."""
        self._derived.store_rendition(sha256, image_data_sha256, made)

    def store_descriptors(self, made: Sequence[tuple[str, Sequence[Descriptor]]]) -> None:
        """Store the descriptors of several photos."""
        self._derived.store_descriptors(made)

    def store_pixels_digest(self, sha256: str, pixels_sha256: str) -> None:
        """Cache the digest of a photo's full pixels."""
        self._derived.store_pixels_digest(sha256, pixels_sha256)

    def store_credit_reading(self, credit_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store what was read in one credit line; `sources` maps each party's name to its source id."""
        self._derived.store_credit_reading(credit_id, reading, sources, version)

    def store_caption_claims(self, caption_id: int, claims: Sequence[Claim], places: Sequence[str], version: int) -> None:
        """Store what one caption claims."""
        self._derived.store_caption_claims(caption_id, claims, places, version)

    def store_caption_credits(self, caption_id: int, reading: CreditReading, sources: Mapping[str, str], version: int) -> None:
        """Store the credits found inside one caption; `sources` maps each party's name to its source id."""
        self._derived.store_caption_credits(caption_id, reading, sources, version)

    def store_publisher(self, identity: str, source: str, name: str) -> None:
        """Store which source published a publication."""
        self._derived.store_publisher(identity, source, name)

    def count_sources(self) -> None:
        """Count anew how often each named source published and was credited."""
        self._derived.count_sources()

    def index_words(self, touched: Iterable[str]) -> None:
        """Write anew what full-text search knows of the touched photos."""
        self._derived.index_words(touched)

    def store_verifications(self, made: Iterable[Verification]) -> None:
        """Store examined pairs, replacing what was said of them before."""
        self._derived.store_verifications(made)

    def replace_matches(self, sha256: str, made: Iterable[Verification]) -> None:
        """Store what a photo was found to be to those stored before it, in place of everything that was said of it before."""
        self._derived.replace_matches(sha256, made)

    def replace_templates(self, found: Sequence[Template]) -> None:
        """Replace the templates."""
        template_rows.replace_templates(self._derived.connection, found)

    def match_again(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be matched anew; what was found of them stays until then."""
        self._derived.match_again(sha256s)

    def mark_matched(self, sha256: str, version: int) -> None:
        """Record that a photo was matched against every photo stored before it."""
        self._derived.mark_matched(sha256, version)

    def mark_touched(self, sha256s: Iterable[str]) -> None:
        """Record that the groups and chains of these photos have to be made anew."""
        self._derived.mark_touched(sha256s)

    def mark_traced(self, sha256s: Iterable[str], version: int) -> None:
        """Record that the groups and chains of these photos are those of this version."""
        self._derived.mark_traced(sha256s, version)

    def group_alone(self, sha256s: Iterable[str]) -> None:
        """Give a group of its own to each of these photos that is in none yet."""
        self._derived.groups.group_alone(sha256s)

    def replace_groups(self, touched: Iterable[str], groups: Sequence[PictureGroup]) -> None:
        """Replace the groups that hold any of the touched photos."""
        self._derived.groups.replace_groups(touched, groups)

    def replace_chains(self, touched: Iterable[str], chains: Sequence[Chain], version: int) -> None:
        """Replace the chains that hold any of the touched photos."""
        self._derived.groups.replace_chains(touched, chains, version)

    def begin_rebuild(self) -> None:
        """Let stand what runs that are not retracted attest, and record that everything made of it has to be made anew."""
        self._derived.clear_standing()
        self._intake.restore_standing()
        self._forget(self._derived.left_over())
        standing = [row.sha256 for row in self._derived.connection.execute(matching_rows.standing_photos())]
        self._derived.outdate(standing)
        self._derived.groups.group_alone(standing)

    def clear_words(self) -> None:
        """Remove everything that was read in words and names, to be read anew in this change."""
        self._derived.clear_words()

    def outdate(self, sha256s: Iterable[str]) -> None:
        """Record that these photos have to be described, matched and traced anew; what was made of them stays until then."""
        self._derived.outdate(sha256s)

    def drop_unused_arrays(self) -> None:
        """Remove the files of packed features that no row names."""
        self._derived.drop_unused_arrays()

    def _forget(self, gone: Sequence[str]) -> list[str]:
        """Forget what is derived from photos that do not stand, and return those that lose a group or chain with them."""
        left_behind = self._derived.groups.fellows(gone)
        self._derived.groups.replace_groups(gone, ())
        self._derived.groups.replace_chains(gone, (), 0)
        for sha256 in gone:
            self._derived.forget(sha256)
        return left_behind
