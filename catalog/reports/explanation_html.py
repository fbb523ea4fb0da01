"""Why photos match, as one HTML file: the pictures beside and over each other, in words first, then in numbers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import BinaryIO

from catalog.records.explanation import Explanation
from catalog.reports.duplicates_html import STYLE, as_it_is, page_environment
from catalog.reports.report_words import ReportWords
from catalog.reports.thumbnails import thumbnail_of

TEMPLATE = "explanation.html"


def write_explanations(
    explanations: Iterable[Explanation],
    stream: BinaryIO,
    translate: Callable[[str], str] = as_it_is,
    language: str = "en",
    direction: str = "ltr",
) -> None:
    """Write the page; every picture is one of our own previews, encoded once more, and no script or foreign address is in it."""
    environment = page_environment()
    style = environment.get_template(STYLE).render()
    words = ReportWords(translate)
    page = environment.get_template(TEMPLATE).generate(
        explanations=explanations,
        thumbnail=thumbnail_of,
        _=words.sentence,
        words=words,
        language=language,
        direction=direction,
        style_digest=b64encode(sha256(style.encode()).digest()).decode("ascii"),
    )
    for part in page:
        stream.write(part.encode("utf-8"))
