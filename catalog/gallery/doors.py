"""How a page reaches the catalogue that the running app shows."""

from __future__ import annotations

from typing import cast

from flask import current_app

from catalog.store.interface.pages import PageStore
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.match_query import LastingDesk

EXTENSION = "creditline"
DESK_EXTENSION = "creditline-desk"


def catalogue() -> Catalogue:
    """Return the catalogue that the running app shows."""
    return cast(Catalogue, current_app.extensions[EXTENSION])


def desk() -> LastingDesk:
    """Return the desk that answers searches by image, whose index lasts from one search to the next."""
    return cast(LastingDesk, current_app.extensions[DESK_EXTENSION])


def pages() -> PageStore:
    """Return the door of its store that answers pages."""
    return catalogue().store.pages
