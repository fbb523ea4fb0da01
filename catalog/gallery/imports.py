"""The pages of import runs: when, how many of what outcome, and why each rejected thing was rejected."""

from __future__ import annotations

from flask import Blueprint, request

from catalog.errors import UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import pages
from catalog.gallery.speech import _
from catalog.records.pages.runs import ITEM_OUTCOMES, RunPage, RunsPage

RUNS_A_PAGE = 50
ITEMS_A_PAGE = 200

bp = Blueprint("imports", __name__)


@page(bp, "/imports", "imports.html")
def imports() -> RunsPage:
    """Show the import runs, newest first."""
    return pages().runs_page(asked_place(), RUNS_A_PAGE)


@page(bp, "/imports/<run>", "import.html", lambda _shown: {"outcomes": ITEM_OUTCOMES})
def run(run: str) -> RunPage:
    """Show one import run with the outcome of each thing read."""
    outcome = request.args.get("outcome", "")
    if outcome and outcome not in ITEM_OUTCOMES:
        raise UsageError(
            _("outcome=%(outcome)s: the outcomes are %(outcomes)s", outcome=outcome, outcomes=", ".join(ITEM_OUTCOMES))
        )
    return pages().run_page(run, outcome, asked_place(), ITEMS_A_PAGE)
