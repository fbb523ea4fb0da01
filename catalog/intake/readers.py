"""The one list of readers, and the choice among them."""

from __future__ import annotations

from pathlib import Path

from catalog.errors import UsageError
from catalog.intake.csv_table import CsvTableReader
from catalog.intake.folder import FolderReader
from catalog.intake.interface import IntakeRequest, Reader
from catalog.intake.json_lines import JsonLinesReader
from catalog.intake.manifest_files import manifest_beside
from catalog.intake.web_page import WebPageReader

__all__ = ["READERS", "IntakeRequest", "Reader", "choose_reader", "manifest_beside"]

# Asked in this order: the folder takes whatever is left.
READERS: tuple[Reader, ...] = (CsvTableReader(), JsonLinesReader(), WebPageReader(), FolderReader())


def choose_reader(path: Path, manifest: Path | None = None, name: str | None = None) -> Reader:
    """Choose the reader of that name, else the first that accepts the path and the manifest.

    Raises UsageError for a name that no reader has and for a manifest that no reader accepts.
    """
    names = ", ".join(reader.name for reader in READERS)
    for reader in READERS:
        if reader.name == name or (name is None and reader.accepts(path, manifest)):
            return reader
    if name is not None:
        raise UsageError(f"--reader {name}: there is no such reader; there are {names}")
    raise UsageError(
        f"--manifest {manifest}: its name tells no format; end it in .csv or .jsonl, or name one of {names} with --reader"
    )
