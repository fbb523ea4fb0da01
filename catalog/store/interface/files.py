"""What the workflow may ask of the files of a catalogue, and how a file comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Hold an open file from outside and what it was when it was opened. `sha256` is lower-case hex."""

    file: BinaryIO
    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Hold a durable copy that is not yet part of the catalogue."""

    path: Path
    sha256: str
    size_bytes: int


class Staging(Protocol):
    """Own one folder for copies that are on their way in."""

    def copy(self, source: SourceFile) -> Staged:
        """Write a copy, sync it, and make sure that the source did not change on the way."""
        ...

    def discard(self, staged: Staged) -> None:
        """Remove a copy that is not wanted."""
        ...

    def close(self) -> None:
        """Remove the folder."""
        ...


class Files(Protocol):
    """Keep originals by their SHA-256, and previews."""

    def open_beneath(self, root: Path, relative: str, max_bytes: int) -> AbstractContextManager[SourceFile]:
        """Open one regular file below a folder without following any link, and digest it; raises FileRefusedError."""
        ...

    def staging(self) -> Staging:
        """Open a staging folder on the file system of the originals."""
        ...

    def announce(self, sha256s: Iterable[str]) -> None:
        """Say durably which originals are about to be published, before any of them is."""
        ...

    def settle(self, sha256s: Iterable[str]) -> None:
        """Say that the rows of these originals are committed."""
        ...

    def arriving(self) -> list[str]:
        """Return the originals that were announced and not settled."""
        ...

    def keep(self, staged: Staged) -> bool:
        """Publish a staged copy under its SHA-256, durably; tell whether the original is new."""
        ...

    def check(self, sha256: str) -> int:
        """Re-read an original and return its size; raises NotInCatalogueError or FixityError."""
        ...

    def open_original(self, sha256: str) -> BinaryIO:
        """Open an original for reading."""
        ...

    def path_of_original(self, sha256: str) -> Path:
        """Return where an original lies, for a worker that gets it as an open descriptor."""
        ...

    def list_originals(self) -> Iterator[str]:
        """Yield the name of every file among the originals."""
        ...

    def path_of_preview(self, sha256: str) -> Path:
        """Return where the preview of a photo lies, when there is one."""
        ...

    def put_preview(self, sha256: str, jpeg: bytes) -> None:
        """Write the preview of a photo."""
        ...

    def preview(self, sha256: str) -> bytes:
        """Return the preview JPEG of a photo; raises NotInCatalogueError when there is none."""
        ...

    def thumbnail(self, sha256: str, box: int) -> bytes:
        """Return a JPEG of a photo that fits a square of `box` pixels; raises NotInCatalogueError without a preview."""
        ...

    def close(self) -> None:
        """Give back what was held for making previews."""
        ...
