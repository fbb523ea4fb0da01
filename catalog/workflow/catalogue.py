"""An opened catalogue: its settings, its store, its files, and where its work runs."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.compute.interface import Executor
from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.model import LearnedModel
from catalog.settings import Settings
from catalog.store.interface.catalogue import Store
from catalog.store.interface.files import Files

MIN_PREFIX = 6


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Hold what every journey needs; the faces open it, the journeys use it.

    `agent` is in whose name is written; `model` is the learned model in force, None where the settings name none.
    """

    settings: Settings
    store: Store
    files: Files
    executor: Executor
    agent: str
    model: LearnedModel | None = None

    def photo(self, name: str) -> str:
        """Return the SHA-256 of the photo that stands and is meant by its first digits, at least 6.

        Raises UsageError when the digits are no digits, too few or mean several, NotInCatalogueError when none stands.
        """
        prefix = name.lower()
        if len(prefix) < MIN_PREFIX or not set(prefix) <= set("0123456789abcdef"):
            raise UsageError(f"{name!r} is not a photo; give its SHA-256, or at least its first {MIN_PREFIX} digits")
        found = self.store.find_photos(prefix)
        if not found:
            raise NotInCatalogueError(f"{name}: no such photo stands in the catalogue; `catalog search` finds what does")
        if len(found) > 1:
            raise UsageError(f"{name}: {len(found)} photos or more begin so; give more digits")
        return found[0]

    def close(self) -> None:
        """End the workers, close the files and the database."""
        self.executor.close()
        self.files.close()
        self.store.close()
