"""One thing that a reader found, before anybody looked inside the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog.records.publication import Publication


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold why an item is refused: a stable reason code and a sentence that says what, where and what to do."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class IntakeItem:
    """Hold one item of an import.

    `item` is the name given back to people: the path as given, or `manifest.csv:LINE`. `path` is the file to read, None
    when there is none. `root` is the folder it must not leave. `source_path` is the path relative to that folder with forward
    slashes. `raw_row` is the whole row as read, JSON text, or None. `sidecar` is the `.xmp` file that lies beside it.
    `problem` is set when the row or file is refused already; then nothing else is done with it. `warnings` are codes.
    `content` holds the bytes of a picture that stands in another file, such as a page; then there is no path. `named_address`
    is set for a picture that was named and whose file is not there: its publication is kept without a photo.
    """

    item: str
    path: Path | None
    root: Path
    source_path: str
    publication: Publication
    raw_row: str | None = None
    sidecar: Path | None = None
    problem: Problem | None = None
    warnings: tuple[str, ...] = ()
    content: bytes | None = None
    named_address: str | None = None


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Hold files that lie beside a manifest which does not list them; reported once, not taken in."""

    paths: tuple[str, ...]
