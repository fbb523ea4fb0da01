"""Two photos side by side: what was found between them, and only what differs."""

from __future__ import annotations

from flask import Blueprint, request

from catalog.errors import UsageError
from catalog.gallery.alignment import align
from catalog.gallery.answers import page
from catalog.gallery.doors import pages
from catalog.records.pages.pairs import ComparePage

VIEWS = ("side", "slider", "blink", "difference", "outline")

bp = Blueprint("compare", __name__)


def _beside(shown: ComparePage) -> dict[str, object]:
    pair = shown.pair
    query, reference = (pair.query, pair.reference) if pair else (shown.first.photo, shown.second.photo)
    sizes = {one.photo.sha256: (one.width, one.height) for one in (shown.first, shown.second)}
    view = request.args.get("view", VIEWS[0])
    return {
        "view": view if view in VIEWS else VIEWS[0],
        "views": VIEWS,
        "query": query,
        "reference": reference,
        "sizes": sizes,
        "alignment": align(pair.transform if pair else None, sizes[query.sha256], sizes[reference.sha256]),
        "of": {
            one.photo.sha256: [line for line in shown.publications if line.photo == one.photo.sha256]
            for one in (shown.first, shown.second)
        },
    }


@page(bp, "/compare/<sha256:first>/<sha256:second>", "compare.html", _beside)
def compare(first: str, second: str) -> ComparePage:
    """Show two photos and what was found between them."""
    if first == second:
        raise UsageError("a comparison needs two different photos")
    return pages().compare_page(first, second)
