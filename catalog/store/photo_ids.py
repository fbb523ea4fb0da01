"""Row numbers of photos by their SHA-256, asked for in bulk and remembered for one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog.errors import NotInCatalogueError
from catalog.store.slices import slices
from catalog.store.tables.evidence import photo


class PhotoIds:
    """Answer which row a photo has; a photo's number never changes, so what was asked once is remembered."""

    def __init__(self, connection: Connection) -> None:
        """Ask on one connection."""
        self._connection = connection
        self._known: dict[str, int] = {}

    def of(self, sha256: str) -> int:
        """Return the number of one photo; raises NotInCatalogueError when it is not stored."""
        return self.of_all((sha256,))[0]

    def of_all(self, sha256s: Iterable[str]) -> list[int]:
        """Return the numbers of photos in the order given; raises NotInCatalogueError when one is not stored."""
        wanted = list(sha256s)
        unknown = sorted({sha256 for sha256 in wanted if sha256 not in self._known})
        for part in slices(unknown):
            rows = select(photo.c.sha256, photo.c.id).where(photo.c.sha256.in_(part))
            self._known.update((row.sha256, row.id) for row in self._connection.execute(rows))
        for sha256 in unknown:
            if sha256 not in self._known:
                raise NotInCatalogueError(f"{sha256}: no such photo is kept; import it first")
        return [self._known[sha256] for sha256 in wanted]
