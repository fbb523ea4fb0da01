"""Report the chain of custody of one photo for those outside: its events, their seals, and how the original reads now."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog import __version__
from catalog.errors import FixityError, NotInCatalogueError
from catalog.records.pages.custody import CustodyReport
from catalog.workflow.catalogue import Catalogue

DIGITS = 64


def report_custody(catalogue: Catalogue, name: str) -> CustodyReport:
    """Return the report on a photo, named by its SHA-256 or, when it stands, by its first digits.

    The original is read to its end. Raises NotInCatalogueError for a photo that was never stored.
    """
    sha256 = name.lower() if len(name) == DIGITS else catalogue.photo(name)
    page = catalogue.store.pages.custody_page(sha256)
    reading, detail = "as_stored", ""
    try:
        catalogue.files.check(sha256)
    except NotInCatalogueError as error:
        reading, detail = "original_missing", str(error)
    except FixityError as error:
        reading, detail = "original_altered", str(error)
    except OSError as error:
        reading, detail = "original_unreadable", f"the disk refused it: {error.strerror}"
    return CustodyReport(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), __version__, page, reading, detail)
