"""The pages of custody: every event that concerns a photo, and the whole ledger for those who audit it."""

from __future__ import annotations

from flask import Blueprint, request

from catalog.errors import UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import pages
from catalog.gallery.speech import _
from catalog.records.pages.custody import AuditPage, CustodyPage

EVENTS_A_PAGE = 50
ACTION_LETTERS = 100

bp = Blueprint("custody", __name__)


@page(bp, "/photo/<sha256:sha256>/custody", "custody.html")
def custody(sha256: str) -> CustodyPage:
    """Show the chain of custody of a photo, standing or undone."""
    return pages().custody_page(sha256)


@page(bp, "/audit", "audit.html")
def audit() -> AuditPage:
    """Show the events of the ledger, newest first."""
    action = request.args.get("action", "")
    if len(action) > ACTION_LETTERS:
        raise UsageError(_("action: no action of the ledger has so long a name"))
    return pages().audit_page(action, asked_place(), EVENTS_A_PAGE)
