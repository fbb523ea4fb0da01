"""The review queue: examined pairs, and the buttons with which a person says what they are."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from catalog.errors import NotInCatalogueError, UsageError
from catalog.gallery.answers import asked_place, page
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.speech import _
from catalog.records.pages.pairs import PAIR_STATES, ComparePage, PairsPage
from catalog.workflow.decide_pair import decide
from catalog.workflow.tell_doubts import doubts_of

PAIRS_A_PAGE = 20
REASON_LETTERS = 500
_PAIR = re.compile(r"([0-9a-f]{64})-([0-9a-f]{64})")

bp = Blueprint("duplicates", __name__)


def _beside(shown: PairsPage) -> dict[str, object]:
    photos = dict.fromkeys(photo.sha256 for pair in shown.pairs for photo in (pair.query, pair.reference))
    return {
        "states": PAIR_STATES,
        "decided": _just_decided(),
        "reason_letters": REASON_LETTERS,
        "appeared": pages().appeared(list(photos)),
        "file_names": catalogue().store.source_paths(list(photos)),
        "doubts_of": doubts_of,
    }


@page(bp, "/duplicates", "duplicates.html", _beside)
def duplicates() -> PairsPage:
    """Show examined pairs that wait for a person, were accepted, or were decided."""
    state = request.args.get("state", PAIR_STATES[0])
    if state not in PAIR_STATES:
        raise UsageError(_("state=%(state)s: the states are %(states)s", state=state, states=", ".join(PAIR_STATES)))
    return pages().pairs_page(state, asked_place(), PAIRS_A_PAGE)


@bp.post("/decisions")
def decisions() -> Response:
    """Record a decision and lead back to where it was made, with the way to undo it."""
    first, second = (request.form.get(name, "") for name in ("first", "second"))
    if not _PAIR.fullmatch(f"{first}-{second}"):
        raise UsageError(_("a decision names two photos by their SHA-256"))
    verdict = request.form.get("verdict", "")
    reason = request.form.get("reason", "").strip()[:REASON_LETTERS]
    if not (pages().has_photo(first) and pages().has_photo(second)):
        raise NotInCatalogueError("one of the two photos does not stand in this catalogue")
    decide(catalogue(), verdict, first, second, reason, catalogue().agent)
    if request.form.get("back") == "compare":
        return redirect(url_for("compare.compare", first=first, second=second, _anchor="decision"), code=303)
    state = request.form.get("state", PAIR_STATES[0])
    known = state if state in PAIR_STATES else PAIR_STATES[0]
    return redirect(url_for("duplicates.duplicates", state=known, decided=f"{first}-{second}"), code=303)


def _just_decided() -> ComparePage | None:
    """Return the pair that the address says was just decided, None when there is none."""
    named = _PAIR.fullmatch(request.args.get("decided", ""))
    if named is None:
        return None
    try:
        return pages().compare_page(named[1], named[2])
    except NotInCatalogueError:
        return None
