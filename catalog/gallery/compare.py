"""Two photos side by side: what was found between them, and only what differs."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from catalog.errors import UsageError
from catalog.gallery.alignment import align
from catalog.gallery.answers import page
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.speech import _
from catalog.records.pages.pairs import ComparePage
from catalog.workflow.show_points import with_points

VIEWS = ("side", "slider", "blink", "difference", "points")
JOINED_HEIGHT = 600  # of both pictures where lines join their points, in SVG user units
JOINED_GAP = 24

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
        "joined": _joined(sizes[query.sha256], sizes[reference.sha256]),
        "of": {
            one.photo.sha256: [line for line in shown.publications if line.photo == one.photo.sha256]
            for one in (shown.first, shown.second)
        },
    }


@dataclass(frozen=True, slots=True)
class Joined:
    """Hold how two pictures stand side by side in one drawing: their scales, the left edge of the second, the whole width."""

    query_scale: float
    reference_scale: float
    reference_left: float
    width: float
    height: float


def _joined(query: tuple[int, int], reference: tuple[int, int]) -> Joined:
    """Give two pictures one height; a picture that could not be decoded has no size and takes no room."""
    scales = [JOINED_HEIGHT / height if height else 0.0 for _, height in (query, reference)]
    left = query[0] * scales[0] + JOINED_GAP
    return Joined(scales[0], scales[1], left, left + reference[0] * scales[1], JOINED_HEIGHT)


@page(bp, "/compare/<sha256:first>/<sha256:second>", "compare.html", _beside)
def compare(first: str, second: str) -> ComparePage:
    """Show two photos and what was found between them."""
    if first == second:
        raise UsageError(_("a comparison needs two different photos"))
    return with_points(catalogue(), pages().compare_page(first, second))
