"""The catalogue's store over SQLAlchemy: one place where the questions and changes of the other files meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from catalog.errors import StoreError
from catalog.records.claims import Claim
from catalog.records.comparable import Comparable
from catalog.records.description import Rendition
from catalog.records.descriptor import Descriptor
from catalog.records.duplicates import ReportTotals, UndecodedText
from catalog.records.event import Event
from catalog.records.inquiry import Inquiry
from catalog.records.keeping import ItemOutcome, KeptItem, ReadItem
from catalog.records.match import Decision, PictureGroup, Verification
from catalog.records.metadata import MetadataValue
from catalog.records.pages.publications import PublicationLine
from catalog.records.provenance import Chain, ChainDecision
from catalog.records.publication import CreditReading, Publication
from catalog.records.reading import CaptionText, CreditLine, PhotoFacts, PhotoState, Undone
from catalog.records.sources import Renaming, SourceDecision, UsedName
from catalog.records.template import Template
from catalog.records.traces import StatedFacts, TracedPhoto
from catalog.store import (
    chain_decisions,
    ledger_rows,
    matching_rows,
    report_rows,
    schema,
    source_rows,
    template_rows,
    tracing_rows,
)
from catalog.store.arrays import FeatureArrays
from catalog.store.derived_rows import DerivedRows
from catalog.store.durable import make_folder
from catalog.store.engine import CatalogEngine, any_text
from catalog.store.evidence import EvidenceWriter
from catalog.store.intake_rows import IntakeRows, storable
from catalog.store.online_copy import copy_arrays, copy_database
from catalog.store.pages import SqlPages
from catalog.store.pages.publications import publication_lines
from catalog.store.tables.derived import rendition
from catalog.store.tables.evidence import photo, publication


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
        left_behind = self._derived.groups.fellows(undone.gone)
        self._derived.groups.replace_groups(undone.gone, ())
        self._derived.groups.replace_chains(undone.gone, (), 0)
        for sha256 in undone.gone:
            self._derived.forget(sha256)
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

    def clear_derived(self) -> None:
        """Remove everything derived, and let stand again what runs that are not retracted attest."""
        self._derived.clear()
        self._intake.restore_standing()


class SqlLedgerReading:
    """Read the ledger at one moment, as `catalog.store.interface.catalogue.LedgerReading` promises."""

    def __init__(self, connection: Connection) -> None:
        """Read on one connection, inside one read transaction."""
        self._connection = connection

    def events(self, since: str | None = None) -> Iterator[Event]:
        """Yield the events in their order."""
        return ledger_rows.events(self._connection, since)

    def evidence_digests(self, sequences: Sequence[int]) -> dict[int, str]:
        """Compute anew the digest of every event in a run of sequence numbers from the rows as they are now."""
        return ledger_rows.evidence_digests(self._connection, sequences)

    def orphans(self) -> list[tuple[str, int]]:
        """Return table and event number of evidence rows whose event is not in the ledger."""
        return ledger_rows.orphans(self._connection)

    def stored_photos(self) -> Iterator[tuple[str, int]]:
        """Yield SHA-256 and size in bytes of every photo ever stored."""
        return ledger_rows.stored_photos(self._connection)


class SqlStore:
    """Keep a catalogue in one SQL database, as `catalog.store.interface.catalogue.Store` promises."""

    def __init__(self, url: str, arrays: Path, agent: str) -> None:
        """Name the database, the folder of the array files and the agent in whose name is written."""
        self.engine = CatalogEngine(url)
        self.arrays = FeatureArrays(arrays)
        self.agent = storable(agent)
        self._rehearsal: Connection | None = None

    @property
    def pages(self) -> SqlPages:
        """Return the door of the gallery."""
        return SqlPages(self.engine)

    def upgrade(self) -> None:
        """Bring the schema to head."""
        if self.engine.path is not None:
            # SQLite itself waits for the names in this folder before the first commit ends.
            make_folder(self.engine.path.parent)
        schema.upgrade(self.engine)

    def open_schema(self) -> None:
        """Make the schema when the database is empty; raise SchemaError when it is older than this program."""
        if (self.engine.path is not None and not self.engine.path.exists()) or schema.current_revision(self.engine) is None:
            self.upgrade()
        schema.require_head(self.engine)

    @contextmanager
    def write(self) -> Iterator[SqlChange]:
        """Open the one write transaction for the agent of this process; durable when the block ends."""
        if self._rehearsal is not None:
            with self._rehearsal.begin_nested():
                yield SqlChange(self._rehearsal, self.arrays, self.agent)
            return
        with self.engine.write() as connection:
            yield SqlChange(connection, self.arrays, self.agent)

    @contextmanager
    def rehearse(self) -> Iterator[None]:
        """Take back, when the block ends, everything written inside it; other writers wait meanwhile."""
        kept = self.arrays
        with TemporaryDirectory() as folder, self.engine.rehearse() as connection:
            self._rehearsal, self.arrays = connection, FeatureArrays(Path(folder))
            try:
                yield
            finally:
                self._rehearsal, self.arrays = None, kept

    def photo_state(self, sha256: str) -> PhotoState | None:
        """Return how far a stored photo got, None when it is not stored."""
        with self._read() as connection:
            return matching_rows.photo_state(connection, sha256)

    def find_photos(self, prefix: str) -> list[str]:
        """Return the photos that stand whose SHA-256 begins with the given digits, at most 10."""
        with self._read() as connection:
            rows = matching_rows.standing_photos().where(photo.c.sha256.startswith(prefix, autoescape=True)).limit(10)
            return [row.sha256 for row in connection.execute(rows)]

    def standing_photos(self) -> list[str]:
        """Return the photos that stand, in stored order."""
        with self._read() as connection:
            return [row.sha256 for row in connection.execute(matching_rows.standing_photos())]

    def count_unmatched(self, version: int) -> int:
        """Count the described photos that stand and were not matched by this version."""
        with self._read() as connection:
            return matching_rows.counted(connection, matching_rows.unmatched(version))

    def unmatched(self, version: int, most: int, after: str | None = None) -> list[str]:
        """Return the first described photos that stand and were not matched by this version, in stored order."""
        with self._read() as connection:
            return matching_rows.first_of(connection, matching_rows.unmatched(version), most, after)

    def count_untraced(self, version: int) -> int:
        """Count the photos that stand whose groups and chains this version has still to make."""
        with self._read() as connection:
            return matching_rows.counted(connection, matching_rows.untraced(version))

    def untraced(self, version: int, most: int, after: str | None = None) -> list[str]:
        """Return the first photos that stand whose groups and chains this version has still to make, in stored order."""
        with self._read() as connection:
            return matching_rows.first_of(connection, matching_rows.untraced(version), most, after)

    def described_photos(self) -> Iterator[list[int]]:
        """Yield the row numbers of the described photos that stand, in stored order, some thousands at a time."""
        with self._read() as connection:
            yield from matching_rows.described_photos(connection)

    def descriptor_bytes(self) -> int:
        """Sum the bytes of the descriptors that photos are found and compared by."""
        with self._read() as connection:
            return matching_rows.descriptor_bytes(connection)

    def comparables(self, only: Sequence[str]) -> Iterator[Comparable]:
        """Yield those of the photos that stand with their descriptors, without previews, in stored order."""
        with self._read() as connection:
            yield from matching_rows.comparables(connection, self.arrays, only)

    def numbered_comparables(self, numbers: Sequence[int]) -> Iterator[tuple[int, Comparable]]:
        """Yield those of the photos that stand, by their row numbers, with their descriptors, in stored order."""
        with self._read() as connection:
            yield from matching_rows.numbered_comparables(connection, self.arrays, numbers)

    def pixels_digest(self, sha256: str) -> str | None:
        """Return the cached digest of a photo's full pixels, None when nobody asked for it yet."""
        with self._read() as connection:
            rows = select(rendition.c.pixels_sha256).join(photo, photo.c.id == rendition.c.photo_id)
            return connection.execute(rows.where(photo.c.sha256 == sha256)).scalar()

    def connected(self, touched: Sequence[str]) -> list[str]:
        """Return the photos reachable over accepted pairs from those of the touched that stand, in stored order."""
        with self._read() as connection:
            return matching_rows.connected(connection, touched)

    def templates(self) -> list[Template]:
        """Return what many unrelated photos are known to share, by digest."""
        with self._read() as connection:
            return template_rows.templates(connection)

    def doubtful_pairs(self, beside: str) -> list[tuple[str, str]]:
        """Return the examined pairs that share many points but not all of the picture, and those decided by the rung `beside`."""
        with self._read() as connection:
            return template_rows.doubtful_pairs(connection, beside)

    def same_scenes(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return what was found to show another frame of the scene of one of the given photos."""
        with self._read() as connection:
            return matching_rows.same_scenes(connection, sha256s)

    def verifications_among(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return the examined pairs both of whose photos are among the given ones."""
        with self._read() as connection:
            return matching_rows.verifications_among(connection, sha256s)

    def decisions(self, among: Sequence[str] | None = None) -> list[Decision]:
        """Return the last word on every decided pair."""
        with self._read() as connection:
            return matching_rows.decisions(connection, among)

    def chain_decisions(self, among: Sequence[str] | None = None) -> list[ChainDecision]:
        """Return the last word on every decided derivation, or those between the given photos, and on every decided finding."""
        with self._read() as connection:
            return chain_decisions.chain_decisions(connection, among)

    def traced_photos(
        self,
        sha256s: Sequence[str],
        facts_of: Callable[[Sequence[MetadataValue]], StatedFacts],
        preview_of: Callable[[str], bytes],
    ) -> list[TracedPhoto]:
        """Return everything provenance is told about the given photos."""
        with self._read() as connection:
            return tracing_rows.traced_photos(connection, sha256s, facts_of, preview_of)

    def caption_texts(self) -> Iterator[CaptionText]:
        """Yield every caption that stands, for those who look for a credit in it."""
        with self._read() as connection:
            yield from tracing_rows.caption_texts(connection)

    def credit_lines(self) -> Iterator[CreditLine]:
        """Yield every credit statement that stands and is to be read."""
        with self._read() as connection:
            yield from tracing_rows.credit_lines(connection)

    def source_decisions(self) -> list[SourceDecision]:
        """Return every decision about sources, those taken back included, in the order made."""
        with self._read() as connection:
            return source_rows.source_decisions(connection)

    def used_names(self) -> list[UsedName]:
        """Return every name that a credit or a publisher's line holds, once for each source it was resolved to."""
        with self._read() as connection:
            return source_rows.used_names(connection)

    def publishers(self) -> Iterator[tuple[str, str]]:
        """Yield identity and publisher's name of every publication that stands and states one."""
        with self._read() as connection:
            yield from tracing_rows.publishers(connection)

    def told_pairs(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return the accepted and suggested pairs with one or both of their photos among the given ones."""
        with self._read() as connection:
            return matching_rows.told_pairs(connection, sha256s)

    def report_groups(self) -> list[list[str]]:
        """Return the photos of every group that has several of them or a pair worth telling."""
        with self._read() as connection:
            return report_rows.report_groups(connection)

    def report_totals(self) -> ReportTotals:
        """Count what stands in the catalogue and what the report tells."""
        with self._read() as connection:
            return report_rows.report_totals(connection)

    def photo_facts(self, sha256s: Sequence[str]) -> dict[str, PhotoFacts]:
        """Return size, type and decoded dimensions of photos."""
        with self._read() as connection:
            return report_rows.photo_facts(connection, sha256s)

    def undecoded_texts(self, sha256s: Sequence[str]) -> dict[str, list[UndecodedText]]:
        """Return, by publication id, the bytes of published texts that are no UTF-8."""
        with self._read() as connection:
            return report_rows.undecoded_texts(connection, sha256s)

    def publications_of(self, sha256s: Sequence[str]) -> dict[str, list[PublicationLine]]:
        """Return the publications of the given photos with their words, earliest first; a photo that has none is left out."""
        found: dict[str, list[PublicationLine]] = {}
        with self._read() as connection:
            for start in range(0, len(sha256s), matching_rows.SLICE):
                owned = select(publication.c.id).join(photo, photo.c.id == publication.c.photo_id)
                part = owned.where(photo.c.sha256.in_(sha256s[start : start + matching_rows.SLICE]))
                for line in publication_lines(connection, list(connection.execute(part).scalars())):
                    found.setdefault(line.photo, []).append(line)
        return found

    def source_paths(self, sha256s: Sequence[str]) -> dict[str, str]:
        """Return for each photo the path it was first imported as."""
        with self._read() as connection:
            return tracing_rows.source_paths(connection, sha256s)

    def chains(self, sha256: str | None = None, *, worth_showing: bool = False) -> Iterator[Chain]:
        """Yield the chains, or only the one that holds a photo, or only those of several photos or with a finding."""
        with self._read() as connection:
            yield from tracing_rows.chains(connection, sha256, worth_showing=worth_showing)

    def last_event(self) -> int:
        """Return the number of the last event, 0 when the ledger is empty."""
        with self._read() as connection:
            return ledger_rows.last_event(connection)

    @contextmanager
    def ledger(self) -> Iterator[SqlLedgerReading]:
        """Open the ledger and the evidence under it for reading at one moment; text that is no UTF-8 any more is read too."""
        with self._read() as connection, any_text(connection):
            yield SqlLedgerReading(connection)

    def schema_needed(self) -> str:
        """Return the revision of the schema that this program needs; it sorts as text."""
        return schema.HEAD

    def place_of_database(self) -> Path:
        """Return where the database lies; raises StoreError for one in memory."""
        if self.engine.path is None:
            raise StoreError("a database in memory has no place")
        return self.engine.path

    def copy_to(self, database: Path, arrays: Path, told: Callable[[int, int], None]) -> None:
        """Copy the database as it is at one moment, and the array files that its rows name."""
        copy_arrays(self.arrays.folder, arrays, lambda: copy_database(self.engine, database, told))

    def close(self) -> None:
        """Close the database."""
        self.engine.close()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        # A rehearsal reads what it has written itself, though nobody else ever will.
        if self._rehearsal is not None:
            yield self._rehearsal
            return
        with self.engine.read() as connection:
            yield connection
