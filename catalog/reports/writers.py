"""The one list of report formats: a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import BinaryIO, Protocol

from catalog.records.duplicates import DuplicateReport
from catalog.records.pages.custody import CustodyReport
from catalog.reports.custody_html import CustodyHtml
from catalog.reports.custody_jsonl import CustodyJsonLines
from catalog.reports.duplicates_csv import DuplicatesCsv
from catalog.reports.duplicates_html import DuplicatesHtml
from catalog.reports.duplicates_jsonl import DuplicatesJsonLines
from catalog.reports.explanation_html import write_explanations

__all__ = ["CUSTODY_WRITERS", "PLAIN_CSV", "WRITERS", "CustodyWriter", "ReportWriter", "write_explanations"]


class ReportWriter(Protocol):
    """Write a duplicate report in one format."""

    @property
    def media_type(self) -> str:
        """Return what to declare the file as."""
        ...

    def write(self, report: DuplicateReport, stream: BinaryIO) -> None:
        """Write the report to a binary stream, one group at a time; the stream stays open."""
        ...


WRITERS: Mapping[str, ReportWriter] = MappingProxyType({
    "html": DuplicatesHtml(),
    "csv": DuplicatesCsv(),
    "jsonl": DuplicatesJsonLines(),
})  # fmt: skip
# For programs that read the table as UTF-8 and do not expect a byte order mark before its first column.
PLAIN_CSV: ReportWriter = DuplicatesCsv(byte_order_mark=False)


class CustodyWriter(Protocol):
    """Write the chain of custody of a photo in one format."""

    @property
    def media_type(self) -> str:
        """Return what to declare the file as."""
        ...

    def write(self, report: CustodyReport, stream: BinaryIO) -> None:
        """Write the report to a binary stream; the stream stays open."""
        ...


CUSTODY_WRITERS: Mapping[str, CustodyWriter] = MappingProxyType({"html": CustodyHtml(), "jsonl": CustodyJsonLines()})
