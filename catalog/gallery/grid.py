"""The grid: picture groups in justified rows, with search and filters in the address."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request, url_for

from catalog.errors import UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.languages import chosen_language
from catalog.gallery.rates import require_rate
from catalog.gallery.speech import _
from catalog.records.match import CHANGES
from catalog.records.pages.grid import SORTS, GridFilters, GridPage
from catalog.records.publication import CREDIT_PARTY_ROLES
from catalog.workflow.name_sources import named_sources, suggested_sources
from catalog.workflow.tell_captions import place_called, place_name

TILES = 48
SEARCH_LETTERS = 400
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# The names of filters in an address, in their canonical order, and the field of `GridFilters` each one fills.
PARAMETERS = {
    "q": "text", "publisher": "publisher", "credited": "credited", "role": "role", "language": "language",
    "change": "change", "finding": "finding", "from": "published_from", "to": "published_to", "shows": "shown_date",
    "place": "shown_place", "sort": "sort",
}  # fmt: skip

bp = Blueprint("grid", __name__)


def _beside(shown: GridPage) -> dict[str, object]:
    return {
        "facets": pages().facets(),
        "changes": CHANGES,
        "sorts": SORTS,
        "roles": CREDIT_PARTY_ROLES,
        "without": _without(shown.filters),
        "suggested": () if shown.named else suggested_sources(catalogue(), shown.filters.text),
        "place_name": lambda place: place_name(place, chosen_language()),
    }


@page(bp, "/", "grid.html", _beside)
def pictures() -> GridPage:
    """Show picture groups that pass the filters, page by page."""
    filters = _asked_filters()
    place = asked_place()
    canonical = grid_address(filters, **({"before": place.key} if place.backward else {"after": place.key}))
    # A form sends its empty fields too; one question must have one address.
    if request.path == "/" and not request.args.keys() - PARAMETERS.keys() - {"after", "before"}:
        asked = f"{request.path}?{urlencode(list(request.args.items(multi=True)))}" if request.args else request.path
        if asked != canonical:
            abort(redirect(canonical))
    if filters.text:
        require_rate("search")
    return pages().grid_page(filters, place, TILES, named_sources(catalogue(), filters.text))


def grid_address(filters: GridFilters, **place: str) -> str:
    """Return the address of the grid with filters in their canonical order; what asks nothing is left out."""
    default = GridFilters()
    asked = {name: getattr(filters, field) for name, field in PARAMETERS.items()}
    said = {name: value for name, value in asked.items() if value != getattr(default, PARAMETERS[name])}
    said |= {name: value for name, value in place.items() if value}
    return f"{url_for('grid.pictures')}?{urlencode(said)}" if said else url_for("grid.pictures")


def _asked_filters() -> GridFilters:
    values = {field: request.args.get(name, "").strip() for name, field in PARAMETERS.items()}
    values["sort"] = values["sort"] or SORTS[0]
    values["text"] = values["text"][:SEARCH_LETTERS]
    if values["sort"] not in SORTS:
        raise UsageError(_("sort=%(sort)s: the orders are %(orders)s", sort=values["sort"], orders=", ".join(SORTS)))
    if values["role"] and values["role"] not in CREDIT_PARTY_ROLES:
        raise UsageError(_("role=%(role)s: the roles are %(roles)s", role=values["role"], roles=", ".join(CREDIT_PARTY_ROLES)))
    for name in ("from", "to", "shows"):
        date = values[PARAMETERS[name]]
        if date and not _is_day(date):
            raise UsageError(
                _(
                    "%(name)s=%(date)s: write a year, a month or a day of the calendar, such as 2017-01-02",
                    name=name,
                    date=values[PARAMETERS[name]],
                )
            )
    if values["shown_place"]:
        values["shown_place"] = place_called(values["shown_place"][:SEARCH_LETTERS])
    return GridFilters(**values)


def _is_day(text: str) -> bool:
    """Tell whether a year, month or day stands in the calendar, written as ISO 8601 has it."""
    if not _DAY.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _without(filters: GridFilters) -> dict[str, str]:
    """Return for each filter in force the address of the grid without it."""
    default = GridFilters()
    return {
        name: grid_address(replace(filters, **{name: getattr(default, name)}))
        for name in PARAMETERS.values()
        if getattr(filters, name) != getattr(default, name)
    }
