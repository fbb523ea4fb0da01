"""The chain of custody as JSON Lines: one line an event, exact, and a summary as the last line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from catalog.records.pages.custody import CustodyReport


@dataclass(frozen=True, slots=True)
class CustodyJsonLines:
    """Write one JSON object a line, ASCII only."""

    media_type: str = "application/jsonl"

    def write(self, report: CustodyReport, stream: BinaryIO) -> None:
        """Write the report."""
        for event in report.page.events:
            stream.write(_line({"event": asdict(event)}))
        page = {name: value for name, value in asdict(report.page).items() if name != "events"}
        said = {name: value for name, value in asdict(report).items() if name != "page"}
        stream.write(_line({"summary": {**page, **said}}))


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, allow_nan=False).encode("ascii") + b"\n"
