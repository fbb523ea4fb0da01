"""Whether the process is up, and whether it could serve a reader now."""

from __future__ import annotations

import os

from flask import Blueprint, Response

from catalog.errors import CatalogError
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.json_view import json_answer

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """Say that the process is up; nothing else is asked."""
    return _told({"status": "up"}, 200)


@bp.get("/readyz")
def readyz() -> Response:
    """Say whether the database is at head and the store can be written to."""
    try:
        pages().require_ready()
    except CatalogError as error:
        return _told({"status": "not ready", "code": error.code}, 503)
    if not os.access(catalogue().settings.instance, os.W_OK):
        return _told({"status": "not ready", "code": "store_not_writable"}, 503)
    return _told({"status": "ready"}, 200)


def _told(state: dict[str, str], status: int) -> Response:
    response = json_answer(state, status)
    response.headers["Cache-Control"] = "no-store"
    return response
