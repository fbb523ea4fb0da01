"""The page of one photo: what it is, where it was first seen here, whom it credits, what is disputed."""

from __future__ import annotations

from flask import Blueprint

from catalog.gallery.answers import page
from catalog.gallery.doors import pages
from catalog.gallery.text_view import leading
from catalog.records.pages.photos import PhotoPage
from catalog.records.pages.publications import CaptionLine

bp = Blueprint("photo", __name__)


def _beside(shown: PhotoPage) -> dict[str, object]:
    vocabularies: dict[str, list[object]] = {}
    for line in shown.metadata:
        if not line.differs:
            vocabularies.setdefault(line.vocabulary, []).append(line)
    return {
        "first": shown.publications[0] if shown.publications else None,
        "lead": _lead(shown),
        "differing": [line for line in shown.metadata if line.differs],
        "vocabularies": vocabularies,
        "publishers": len({line.source for line in shown.publications if line.source}),
        "spoken": len({one.language for line in shown.publications for one in line.captions if one.language}),
    }


@page(bp, "/photo/<sha256:sha256>", "photo.html", _beside)
def photo(sha256: str) -> PhotoPage:
    """Show everything known of one photo."""
    return pages().photo_page(sha256)


def _lead(shown: PhotoPage) -> CaptionLine | None:
    """Return the caption that heads the page: the earliest published, else what the file says of itself."""
    published = next((line.captions for line in shown.publications if line.captions), ())
    return leading(published) or leading(shown.embedded_captions)
