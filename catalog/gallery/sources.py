"""The pages of sources: all of them, and one with what it published and where it is credited."""

from __future__ import annotations

from flask import Blueprint

from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import pages
from catalog.records.pages import SourcePage, SourcesPage

SOURCES_A_PAGE = 100
PUBLICATIONS_A_PAGE = 50

bp = Blueprint("sources", __name__)


@page(bp, "/sources", "sources.html")
def sources() -> SourcesPage:
    """Show the sources by name."""
    return pages().sources_page(asked_place(), SOURCES_A_PAGE)


@page(bp, "/sources/<source>", "source.html", lambda shown: {"thumbs": {one.sha256: one for one in shown.thumbs}})
def source(source: str) -> SourcePage:
    """Show one source with what it published and where it is credited."""
    return pages().source_page(source, asked_place(), PUBLICATIONS_A_PAGE)
