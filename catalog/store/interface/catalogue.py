"""What the workflow may ask of a catalogue's store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from catalog.records.comparable import Comparable
from catalog.records.duplicates import ReportTotals, UndecodedText
from catalog.records.event import Event
from catalog.records.match import Decision, Verification
from catalog.records.metadata import MetadataValue
from catalog.records.pages.publications import PublicationLine
from catalog.records.provenance import Chain, ChainDecision
from catalog.records.reading import CaptionText, CreditLine, PhotoFacts, PhotoState
from catalog.records.sources import SourceDecision, UsedName
from catalog.records.template import Template
from catalog.records.traces import StatedFacts, TracedPhoto
from catalog.store.interface.change import Change
from catalog.store.interface.pages import PageStore


class LedgerReading(Protocol):
    """Answer what custody asks, all of it at one moment."""

    def events(self, since: str | None = None) -> Iterator[Event]:
        """Yield the events in their order."""
        ...

    def evidence_digests(self, sequences: Sequence[int]) -> dict[int, str]:
        """Compute anew the digest of every event in a run of sequence numbers from the rows as they are now."""
        ...

    def orphans(self) -> list[tuple[str, int]]:
        """Return table and event number of evidence rows whose event is not in the ledger."""
        ...

    def stored_photos(self) -> Iterator[tuple[str, int]]:
        """Yield SHA-256 and size in bytes of every photo ever stored."""
        ...


class Store(Protocol):
    """Keep evidence and what is derived from it; every question is answered from one moment."""

    @property
    def pages(self) -> PageStore:
        """Return the door of the gallery."""
        ...

    def upgrade(self) -> None:
        """Bring the schema to head."""
        ...

    def open_schema(self) -> None:
        """Make the schema when the database is empty; raise SchemaError when it is older than this program."""
        ...

    def write(self) -> AbstractContextManager[Change]:
        """Open the one write transaction for the agent of this process; durable when the block ends."""
        ...

    def rehearse(self) -> AbstractContextManager[None]:
        """Take back, when the block ends, everything written inside it."""
        ...

    def photo_state(self, sha256: str) -> PhotoState | None:
        """Return how far a stored photo got, None when it is not stored."""
        ...

    def find_photos(self, prefix: str) -> list[str]:
        """Return the photos that stand whose SHA-256 begins with the given digits, at most 10."""
        ...

    def standing_photos(self) -> list[str]:
        """Return the photos that stand, in stored order."""
        ...

    def count_unmatched(self, version: int) -> int:
        """Count the described photos that stand and were not matched by this version."""
        ...

    def unmatched(self, version: int, most: int, after: str | None = None) -> list[str]:
        """Return the first described photos that stand and were not matched by this version, in stored order.

        `after` names a photo: only those stored after it are asked for.
        """
        ...

    def count_untraced(self, version: int) -> int:
        """Count the photos that stand whose groups and chains this version has still to make."""
        ...

    def untraced(self, version: int, most: int, after: str | None = None) -> list[str]:
        """Return the first photos that stand whose groups and chains this version has still to make, in stored order."""
        ...

    def described_photos(self) -> Iterator[list[int]]:
        """Yield the row numbers of the described photos that stand, in stored order, some thousands at a time."""
        ...

    def undescribed_count(self) -> int:
        """Count the photos that stand and are not described, so that no search finds them."""
        ...

    def outdated_count(self) -> int:
        """Count the described photos that stand and have to be described anew: what was made of them before answers for them."""
        ...

    def descriptor_bytes(self) -> int:
        """Sum the bytes of the descriptors that photos are found and compared by."""
        ...

    def comparables(self, only: Sequence[str]) -> Iterator[Comparable]:
        """Yield those of the photos that stand with their descriptors, without previews, in stored order.

        Of more than some hundred photos the order holds within each slice only.
        """
        ...

    def numbered_comparables(self, numbers: Sequence[int]) -> Iterator[tuple[int, Comparable]]:
        """Yield those of the photos that stand, each with its row number, by their row numbers, without previews."""
        ...

    def templates(self) -> list[Template]:
        """Return what many unrelated photos are known to share, by digest."""
        ...

    def doubtful_pairs(self, beside: str) -> list[tuple[str, str]]:
        """Return the examined pairs that share many points but not all of the picture, and those decided by the rung `beside`."""
        ...

    def pixels_digest(self, sha256: str) -> str | None:
        """Return the cached digest of a photo's full pixels, None when nobody asked for it yet."""
        ...

    def plain_photos(self, width: int, height: int) -> list[str]:
        """Return the plain photos of this oriented size that stand, in stored order: no code or point proposes them."""
        ...

    def connected(self, touched: Sequence[str]) -> list[str]:
        """Return the photos reachable over accepted pairs from those of the touched that stand, in stored order."""
        ...

    def same_scenes(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return what was found to show another frame of the scene of one of the given photos."""
        ...

    def verifications_among(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return the examined pairs both of whose photos are among the given ones."""
        ...

    def decisions(self, among: Sequence[str] | None = None) -> list[Decision]:
        """Return the last word on every decided pair."""
        ...

    def decisions_touching(self, sha256s: Sequence[str]) -> list[Decision]:
        """Return the last word on every decided pair of photos that stand, one or both of them among the given ones."""
        ...

    def chain_decisions(self, among: Sequence[str] | None = None) -> list[ChainDecision]:
        """Return the last word on every decided derivation, or those between the given photos, and on every decided finding."""
        ...

    def traced_photos(
        self,
        sha256s: Sequence[str],
        facts_of: Callable[[Sequence[MetadataValue]], StatedFacts],
        preview_of: Callable[[str], bytes],
    ) -> list[TracedPhoto]:
        """Return everything provenance is told about the given photos."""
        ...

    def caption_texts(self) -> Iterator[CaptionText]:
        """Yield every caption that stands, for those who look for a credit in it."""
        ...

    def credit_lines(self) -> Iterator[CreditLine]:
        """Yield every credit statement that stands."""
        ...

    def source_decisions(self) -> list[SourceDecision]:
        """Return every decision about sources, those taken back included, in the order made."""
        ...

    def used_names(self) -> list[UsedName]:
        """Return every name that a credit or a publisher's line holds, once for each source it was resolved to."""
        ...

    def printed_sources(self, sources: Collection[str]) -> dict[str, str]:
        """Return the name, as shown, of those among the given ids that publish something here or are credited for it."""
        ...

    def publishers(self) -> Iterator[tuple[str, str]]:
        """Yield identity and publisher's name of every publication that stands and states one."""
        ...

    def told_pairs(self, sha256s: Sequence[str]) -> list[Verification]:
        """Return the accepted and suggested pairs with one or both of their photos among the given ones."""
        ...

    def report_groups(self) -> list[list[str]]:
        """Return the photos of every group that has several of them or a pair worth telling."""
        ...

    def weakest_link(self, sha256: str) -> float | None:
        """Return the lowest score that holds the group of a photo together, None where nothing does."""
        ...

    def report_totals(self) -> ReportTotals:
        """Count what stands in the catalogue and what the report tells."""
        ...

    def photo_facts(self, sha256s: Sequence[str]) -> dict[str, PhotoFacts]:
        """Return size, type and decoded dimensions of photos."""
        ...

    def undecoded_texts(self, sha256s: Sequence[str]) -> dict[str, list[UndecodedText]]:
        """Return, by publication id, the bytes of published texts that are no UTF-8."""
        ...

    def publications_of(self, sha256s: Sequence[str]) -> dict[str, list[PublicationLine]]:
        """Return the publications of the given photos with their words, earliest first; a photo that has none is left out."""
        ...

    def source_paths(self, sha256s: Sequence[str]) -> dict[str, str]:
        """Return for each photo the path it was first imported as."""
        ...

    def chains(self, sha256: str | None = None, *, worth_showing: bool = False) -> Iterator[Chain]:
        """Yield the chains, or only the one that holds a photo, or only those of several photos or with a finding."""
        ...

    def last_event(self) -> int:
        """Return the number of the last event, 0 when the ledger is empty."""
        ...

    def ledger(self) -> AbstractContextManager[LedgerReading]:
        """Open the ledger and the evidence under it for reading at one moment."""
        ...

    def schema_needed(self) -> str:
        """Return the revision of the schema that this program needs; it sorts as text."""
        ...

    def place_of_database(self) -> Path:
        """Return where the database lies; raises StoreError for one in memory."""
        ...

    def copy_to(self, database: Path, arrays: Path, told: Callable[[int, int], None]) -> None:
        """Copy the database as it is at one moment to a file, and the array files that its rows name to a folder.

        Others may write meanwhile. `told` hears how many pages are copied, of how many. Raises StoreBusyError when everything
        derived was made anew meanwhile.
        """
        ...

    def close(self) -> None:
        """Close the database."""
        ...
