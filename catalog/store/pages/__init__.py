"""The read side for pages: answers every question of `PageStore`, each in one read transaction."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.records.pages.chains import ChainPage, InquiryLine
from catalog.records.pages.custody import AuditPage, CustodyPage
from catalog.records.pages.grid import Facets, GridFilters, GridPage, NamedSource
from catalog.records.pages.image_search import AppearedPhoto
from catalog.records.pages.pairs import ComparePage, PairsPage
from catalog.records.pages.photos import OriginalFacts, PhotoPage
from catalog.records.pages.runs import RunPage, RunsPage
from catalog.records.pages.sources import SourcePage, SourcesPage
from catalog.records.pages.turning import Place
from catalog.store.engine import CatalogEngine
from catalog.store.pages.chains import chain_page, inquiries
from catalog.store.pages.custody import audit_page, custody_page
from catalog.store.pages.grid import grid_page
from catalog.store.pages.pairs import compare_page, pairs_page
from catalog.store.pages.photos import appeared, has_photo, original_facts, photo_page
from catalog.store.pages.runs import run_page, runs_page
from catalog.store.pages.sources import facets, source_page, sources_page
from catalog.store.schema import require_head


class SqlPages:
    """Read pages from a database; the docstrings of `PageStore` say what each answer holds."""

    def __init__(self, engine: CatalogEngine) -> None:
        """Read through an engine; the caller closes it."""
        self._engine = engine

    def grid_page(self, filters: GridFilters, place: Place, size: int, named: tuple[NamedSource, ...] = ()) -> GridPage:
        """Return one page of the grid."""
        with self._engine.read() as connection:
            return grid_page(connection, filters, place, size, named)

    def facets(self) -> Facets:
        """Return what the filters of the grid can be set to."""
        with self._engine.read() as connection:
            return facets(connection)

    def photo_page(self, sha256: str) -> PhotoPage:
        """Return everything known of one photo."""
        with self._engine.read() as connection:
            return photo_page(connection, sha256)

    def chain_page(self, sha256: str) -> ChainPage:
        """Return the chain that holds a photo."""
        with self._engine.read() as connection:
            return chain_page(connection, sha256)

    def inquiries(self, photos: Sequence[str]) -> tuple[InquiryLine, ...]:
        """Return the recorded searches that asked about one of the photos or found one."""
        with self._engine.read() as connection:
            return inquiries(connection, photos)

    def compare_page(self, first: str, second: str) -> ComparePage:
        """Return two photos, and what was found between them."""
        with self._engine.read() as connection:
            return compare_page(connection, first, second)

    def pairs_page(self, state: str, place: Place, size: int) -> PairsPage:
        """Return examined pairs in one state."""
        with self._engine.read() as connection:
            return pairs_page(connection, state, place, size)

    def sources_page(self, place: Place, size: int) -> SourcesPage:
        """Return sources by name."""
        with self._engine.read() as connection:
            return sources_page(connection, place, size)

    def source_page(self, source: str, place: Place, size: int) -> SourcePage:
        """Return one source with its publications."""
        with self._engine.read() as connection:
            return source_page(connection, source, place, size)

    def runs_page(self, place: Place, size: int) -> RunsPage:
        """Return import runs, newest first."""
        with self._engine.read() as connection:
            return runs_page(connection, place, size)

    def run_page(self, run: str, outcome: str, place: Place, size: int) -> RunPage:
        """Return one run with its items."""
        with self._engine.read() as connection:
            return run_page(connection, run, outcome, place, size)

    def custody_page(self, sha256: str) -> CustodyPage:
        """Return the chain of custody of a photo."""
        with self._engine.read() as connection:
            return custody_page(connection, sha256)

    def audit_page(self, action: str, place: Place, size: int) -> AuditPage:
        """Return one page of the ledger."""
        with self._engine.read() as connection:
            return audit_page(connection, action, place, size)

    def appeared(self, photos: Sequence[str]) -> dict[str, AppearedPhoto]:
        """Return photos that stand with their publications."""
        with self._engine.read() as connection:
            return appeared(connection, photos)

    def has_photo(self, sha256: str) -> bool:
        """Tell whether a photo stands in the catalogue."""
        with self._engine.read() as connection:
            return has_photo(connection, sha256)

    def original_facts(self, sha256: str) -> OriginalFacts:
        """Return what must be known to hand an original out."""
        with self._engine.read() as connection:
            return original_facts(connection, sha256)

    def require_ready(self) -> None:
        """Raise StoreError or a child of it unless the database answers and its schema is at head."""
        require_head(self._engine)
