"""The pages of import runs: when, how many of what outcome, and why each rejected thing was rejected."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, request

from catalog.errors import UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import pages
from catalog.gallery.speech import _
from catalog.records.foreign_text import visible
from catalog.records.pages.runs import ITEM_OUTCOMES, ItemLine, RunPage, RunsPage
from catalog.workflow.place_warnings import columns_of_warning

RUNS_A_PAGE = 50
ITEMS_A_PAGE = 200

bp = Blueprint("imports", __name__)


@page(bp, "/imports", "imports.html")
def imports() -> RunsPage:
    """Show the import runs, newest first."""
    return pages().runs_page(asked_place(), RUNS_A_PAGE)


def _beside(shown: RunPage) -> dict[str, object]:
    at = datetime.fromisoformat(shown.run.started_at)

    def columns_of(code: str, item: ItemLine) -> tuple[str, ...]:
        return tuple(visible(name) for name in columns_of_warning(code, item.raw_row, at))

    return {"outcomes": ITEM_OUTCOMES, "columns_of": columns_of}


@page(bp, "/imports/<run>", "import.html", _beside)
def run(run: str) -> RunPage:
    """Show one import run with the outcome of each thing read."""
    outcome = request.args.get("outcome", "")
    if outcome and outcome not in ITEM_OUTCOMES:
        raise UsageError(
            _("outcome=%(outcome)s: the outcomes are %(outcomes)s", outcome=outcome, outcomes=", ".join(ITEM_OUTCOMES))
        )
    return pages().run_page(run, outcome, asked_place(), ITEMS_A_PAGE)
