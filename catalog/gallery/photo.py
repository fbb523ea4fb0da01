"""The page of one photo: what it is, where it was first seen here, whom it credits, what is disputed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from catalog.gallery.answers import page
from catalog.gallery.doors import pages
from catalog.gallery.text_view import leading
from catalog.records.pages.photos import PhotoPage
from catalog.records.pages.publications import CaptionLine, PublicationLine

bp = Blueprint("photo", __name__)


def _beside(shown: PhotoPage) -> dict[str, object]:
    vocabularies: dict[str, list[object]] = {}
    for line in shown.metadata:
        if not line.differs:
            vocabularies.setdefault(line.vocabulary, []).append(line)
    own = [line for line in shown.publications if line.photo == shown.photo.sha256]
    others = [line for line in shown.publications if line.photo != shown.photo.sha256]
    return {
        "first": shown.publications[0] if shown.publications else None,
        "own": own,
        "others": others,
        "lead": _lead(own) or leading(shown.embedded_captions),
        "lead_of_others": _lead(others),
        "differing": [line for line in shown.metadata if line.differs],
        "vocabularies": vocabularies,
        "publishers": len({line.source for line in shown.publications if line.source}),
        "spoken": len({one.language for line in shown.publications for one in line.captions if one.language}),
    }


@page(bp, "/photo/<sha256:sha256>", "photo.html", _beside)
def photo(sha256: str) -> PhotoPage:
    """Show everything known of one photo."""
    return pages().photo_page(sha256)


def _lead(lines: Sequence[PublicationLine]) -> CaptionLine | None:
    """Return the earliest caption that was published with some photos, None where none was."""
    return leading(next((line.captions for line in lines if line.captions), ()))
