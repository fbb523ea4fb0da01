"""The chain of custody as one HTML file to look at, print and send: no script, nothing fetched, every text as text."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from catalog.records.pages.custody import CustodyReport
from catalog.reports.duplicates_html import STYLE, as_it_is, page_environment

TEMPLATE = "custody.html"


@dataclass(frozen=True, slots=True)
class CustodyHtml:
    """Write the report as self-contained HTML, in English."""

    media_type: str = "text/html; charset=utf-8"

    def write(self, report: CustodyReport, stream: BinaryIO) -> None:
        """Write the report."""
        environment = page_environment()
        style = environment.get_template(STYLE).render()
        digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
        for part in environment.get_template(TEMPLATE).generate(report=report, style_digest=digest, _=as_it_is):
            stream.write(part.encode("utf-8"))
