"""What the gallery may ask the store: one question a page, each answered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from catalog.records.pages.chains import ChainPage, InquiryLine
from catalog.records.pages.custody import AuditPage, CustodyPage
from catalog.records.pages.grid import Facets, GridFilters, GridPage, NamedSource
from catalog.records.pages.image_search import AppearedPhoto
from catalog.records.pages.pairs import ComparePage, PairsPage
from catalog.records.pages.photos import OriginalFacts, PhotoPage
from catalog.records.pages.runs import RunPage, RunsPage
from catalog.records.pages.sources import SourcePage, SourcesPage
from catalog.records.pages.turning import Place


class PageStore(Protocol):
    """Answer what a page shows, read in one transaction. Nothing here changes anything.

    A photo, chain, source or run that does not stand in the catalogue raises NotInCatalogueError; so does a place in a list
    whose key is not (or no longer) there.
    """

    def grid_page(self, filters: GridFilters, place: Place, size: int, named: tuple[NamedSource, ...] = ()) -> GridPage:
        """Return `size` picture groups that pass the filters, in the order they ask for; keys are SHA-256 of photos.

        `named` are the sources that words of the searched text name.
        """
        ...

    def facets(self) -> Facets:
        """Return what the filters of the grid can be set to, the most used sources first."""
        ...

    def photo_page(self, sha256: str) -> PhotoPage:
        """Return everything known of one photo."""
        ...

    def chain_page(self, sha256: str) -> ChainPage:
        """Return the chain that holds a photo; a photo that no derivation joins is a chain of its own."""
        ...

    def inquiries(self, photos: Sequence[str]) -> tuple[InquiryLine, ...]:
        """Return the recorded searches that asked about one of the photos or found one, newest first, at most 50."""
        ...

    def compare_page(self, first: str, second: str) -> ComparePage:
        """Return two photos, and what was found between them."""
        ...

    def pairs_page(self, state: str, place: Place, size: int) -> PairsPage:
        """Return examined pairs in one state of PAIR_STATES, the surest first; keys are two SHA-256 joined by a dash."""
        ...

    def sources_page(self, place: Place, size: int) -> SourcesPage:
        """Return sources by name; keys are source ids."""
        ...

    def source_page(self, source: str, place: Place, size: int) -> SourcePage:
        """Return one source with publications it made or is credited in, newest first; keys are publication ids."""
        ...

    def runs_page(self, place: Place, size: int) -> RunsPage:
        """Return import runs, newest first; keys are run ids."""
        ...

    def run_page(self, run: str, outcome: str, place: Place, size: int) -> RunPage:
        """Return one run with its items in the order read, those of one outcome or all for ""; keys are positions."""
        ...

    def custody_page(self, sha256: str) -> CustodyPage:
        """Return the chain of custody of a photo that was ever stored, whether it stands or not."""
        ...

    def audit_page(self, action: str, place: Place, size: int) -> AuditPage:
        """Return the events of the ledger, newest first, those of one action or all for ""; keys are their numbers."""
        ...

    def appeared(self, photos: Sequence[str]) -> dict[str, AppearedPhoto]:
        """Return photos that stand with their publications, by SHA-256; others are left out."""
        ...

    def has_photo(self, sha256: str) -> bool:
        """Tell whether a photo stands in the catalogue."""
        ...

    def original_facts(self, sha256: str) -> OriginalFacts:
        """Return what must be known to hand an original out."""
        ...

    def require_ready(self) -> None:
        """Raise StoreError or a child of it unless the database answers and is at the schema this program needs."""
        ...
