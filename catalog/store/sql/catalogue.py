"""The door of the store: every question the workflow may ask, each answered from one moment, and the ways to change something."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from catalog.errors import StoreError
from catalog.records.comparable import Comparable
from catalog.records.duplicates import ReportTotals, UndecodedText
from catalog.records.match import Decision, Verification
from catalog.records.metadata import MetadataValue
from catalog.records.pages.publications import PublicationLine
from catalog.records.provenance import Chain, ChainDecision
from catalog.records.reading import CaptionText, CreditLine, PhotoFacts, PhotoState
from catalog.records.sources import SourceDecision, UsedName
from catalog.records.template import Template
from catalog.records.traces import StatedFacts, TracedPhoto
from catalog.store import (
    chain_decisions,
    chain_rows,
    ledger_rows,
    matching_rows,
    reading_rows,
    report_rows,
    schema,
    source_rows,
    template_rows,
    tracing_rows,
)
from catalog.store.arrays import FeatureArrays
from catalog.store.durable import make_folder
from catalog.store.engine import CatalogEngine, any_text
from catalog.store.intake_rows import storable
from catalog.store.online_copy import copy_arrays, copy_database
from catalog.store.pages import SqlPages
from catalog.store.pages.publications import publications_of
from catalog.store.sql.change import SqlChange
from catalog.store.sql.ledger import SqlLedgerReading


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
            return matching_rows.find_photos(connection, prefix)

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

    def undescribed_count(self) -> int:
        """Count the photos that stand and are not described, so that no search finds them."""
        with self._read() as connection:
            return matching_rows.undescribed_count(connection)

    def outdated_count(self) -> int:
        """Count the described photos that stand and have to be described anew."""
        with self._read() as connection:
            return matching_rows.outdated_count(connection)

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
            return matching_rows.pixels_digest(connection, sha256)

    def plain_photos(self, width: int, height: int) -> list[str]:
        """Return the plain photos of this oriented size that stand, in stored order."""
        with self._read() as connection:
            return matching_rows.plain_photos(connection, width, height)

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

    def decisions_touching(self, sha256s: Sequence[str]) -> list[Decision]:
        """Return the last word on every decided pair of photos that stand, one or both of them among the given ones."""
        with self._read() as connection:
            return matching_rows.decisions_touching(connection, sha256s)

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
            yield from reading_rows.caption_texts(connection)

    def credit_lines(self) -> Iterator[CreditLine]:
        """Yield every credit statement that stands."""
        with self._read() as connection:
            yield from reading_rows.credit_lines(connection)

    def source_decisions(self) -> list[SourceDecision]:
        """Return every decision about sources, those taken back included, in the order made."""
        with self._read() as connection:
            return source_rows.source_decisions(connection)

    def used_names(self) -> list[UsedName]:
        """Return every name that a credit or a publisher's line holds, once for each source it was resolved to."""
        with self._read() as connection:
            return source_rows.used_names(connection)

    def printed_sources(self, sources: Collection[str]) -> dict[str, str]:
        """Return the name, as shown, of those among the given ids that publish something here or are credited for it."""
        with self._read() as connection:
            return source_rows.printed_sources(connection, sources)

    def publishers(self) -> Iterator[tuple[str, str]]:
        """Yield identity and publisher's name of every publication that stands and states one."""
        with self._read() as connection:
            yield from reading_rows.publishers(connection)

    def told_pairs(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return the accepted and suggested pairs with one or both of their photos among the given ones."""
        with self._read() as connection:
            return matching_rows.told_pairs(connection, sha256s)

    def report_groups(self) -> list[list[str]]:
        """Return the photos of every group that has several of them or a pair worth telling."""
        with self._read() as connection:
            return report_rows.report_groups(connection)

    def weakest_link(self, sha256: str) -> float | None:
        """Return the lowest score that holds the group of a photo together, None where nothing does."""
        with self._read() as connection:
            return report_rows.weakest_link(connection, sha256)

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
        with self._read() as connection:
            return publications_of(connection, sha256s)

    def source_paths(self, sha256s: Sequence[str]) -> dict[str, str]:
        """Return for each photo the path it was first imported as."""
        with self._read() as connection:
            return tracing_rows.source_paths(connection, sha256s)

    def chains(self, sha256: str | None = None, *, worth_showing: bool = False) -> Iterator[Chain]:
        """Yield the chains, or only the one that holds a photo, or only those of several photos or with a finding."""
        with self._read() as connection:
            yield from chain_rows.chains(connection, sha256, worth_showing=worth_showing)

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
