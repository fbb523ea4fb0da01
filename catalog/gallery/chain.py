"""The page of a chain: observed and claimed drawn on one time axis, and the same as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list
from flask import Blueprint, redirect, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from catalog.errors import NotInCatalogueError, UsageError
from catalog.gallery.answers import page
from catalog.gallery.chain_drawing import SURE, draw_chain, is_sure
from catalog.gallery.doors import catalogue, pages
from catalog.gallery.languages import RIGHT_TO_LEFT, chosen_language
from catalog.gallery.speech import _
from catalog.gallery.wording import change_word
from catalog.records.inquiry import THIS_CATALOGUE
from catalog.records.pages.chains import ChainPage
from catalog.records.pages.publications import PartyLine, PublicationLine
from catalog.records.partial_date import NO_TIME, place_in_time
from catalog.records.provenance import ChainDecision, Derivation
from catalog.workflow.decide_chain import decide_derivation, decide_finding
from catalog.workflow.other_frames import with_other_frames
from catalog.workflow.present_chains import finding_name, with_elsewhere
from catalog.workflow.record_inquiry import record_inquiry
from catalog.workflow.rejected_pairs import with_rejected_pairs
from catalog.workflow.tell_captions import with_timeline

REASON_LETTERS = 500
ADDRESSES = 10
_SHA256 = re.compile(r"[0-9a-f]{64}")
DEEPEST = 8  # a list nested deeper leaves no room for words; what is made from the eighth stands beside it


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold one entry of the chain as a list; `is_repeated` says that the photo stands further up already."""

    depth: int
    photo: str
    derivation: Derivation | None
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class JustDecided:
    """Hold what was decided a moment ago: the fields that name it in a form, and the decision, None when it was taken back."""

    fields: dict[str, str]
    decision: ChainDecision | None


bp = Blueprint("chain", __name__)


def _beside(shown: ChainPage) -> dict[str, object]:
    publications: dict[str, list[PublicationLine]] = {photo.sha256: [] for photo in shown.photos}
    for line in shown.publications:
        publications[line.photo].append(line)
    numbers = {sha256: number for number, sha256 in enumerate(_in_time(shown), 1)}
    return {
        # The keyboard goes through the drawing in time, whatever the order in which the photos were stored.
        "in_time": lambda drawn: sorted(drawn, key=lambda one: numbers[one.photo.sha256]),
        "drawing": draw_chain(shown, mirrored=chosen_language() in RIGHT_TO_LEFT, words=_label),
        "publications": publications,
        "listed": _listed(shown),
        "parties_of": _parties_of,
        "thumbs": {photo.sha256: photo for photo in shown.photos},
        "undirected": [derivation for derivation in shown.derivations if not derivation.directed],
        "numbers": numbers,
        "is_sure": is_sure,
        "written_list": lambda photos: _written_list(shown, photos),
        "surely": SURE,
        "is_fitted": request.args.get("fit") == "width",
        "names": {source.id: source.name for source in shown.sources},
        "standing": [found for found in shown.findings if not found.is_dismissed],
        "rules": tuple(dict.fromkeys(found.rule for found in shown.findings if not found.is_dismissed)),
        "dismissed": [found for found in shown.findings if found.is_dismissed],
        "finding_name": finding_name,
        "not_drawn": _not_drawn(shown),
        "just_decided": _just_decided(shown),
        "reason_letters": REASON_LETTERS,
        "this_catalogue": THIS_CATALOGUE,
        "frames_beside": pages().appeared([one.other for one in shown.frames]),
        "rejected_beside": pages().appeared([one.other for one in shown.rejected]),
        "lines": {line.id: line for line in shown.publications},
    }


@page(bp, "/chain/<sha256:sha256>", "chain.html", _beside)
def chain(sha256: str) -> ChainPage:
    """Show the chain that holds a photo."""
    held = with_elsewhere(catalogue(), pages().chain_page(sha256))
    return with_timeline(with_other_frames(catalogue(), with_rejected_pairs(catalogue(), held)))


@bp.post("/chain/decisions")
def chain_decisions() -> Response:
    """Record a decision about a derivation (parent, child) or a finding (finding), and lead back to the chain."""
    held, verdict = _asked_photo("chain"), request.form.get("verdict", "")
    reason = request.form.get("reason", "").strip()[:REASON_LETTERS]
    if "finding" in request.form:
        decide_finding(catalogue(), verdict, held, request.form["finding"], reason)
        return _back(held, decided=request.form["finding"])
    child, parent = _asked_photo("child"), _asked_photo("parent")
    decide_derivation(catalogue(), verdict, child, parent, reason)
    return _back(held, decided=f"{parent}-{child}")


@bp.post("/chain/inquiries")
def chain_inquiries() -> Response:
    """Record a search for an earlier appearance that somebody made elsewhere, and lead back to the chain."""
    held, asked = (
        _asked_photo("chain"),
        {name: request.form.get(name, "")[:REASON_LETTERS] for name in ("place", "scope", "made_at")},
    )
    addresses = tuple(request.form.get("found", "")[: ADDRESSES * REASON_LETTERS].split()[:ADDRESSES])
    record_inquiry(catalogue(), held, asked["place"], scope=asked["scope"], made_at=asked["made_at"], found=addresses)
    return _back(held, _anchor="looked")


def _asked_photo(name: str) -> str:
    sha256 = request.form.get(name, "")
    if not _SHA256.fullmatch(sha256):
        raise UsageError(_("%(name)s names a photo by its SHA-256", name=name))
    if not pages().has_photo(sha256):
        raise NotInCatalogueError(f"{sha256[:12]}: this photo does not stand in this catalogue")
    return sha256


def _back(held: str, **where: str) -> Response:
    return redirect(url_for("chain.chain", sha256=held, **where), code=303)  # type: ignore[arg-type]  # url_for's own names differ


def _just_decided(shown: ChainPage) -> JustDecided | None:
    """Return what the address says was decided a moment ago, so that it can be taken back at once; None when nothing was."""
    name = request.args.get("decided", "")
    for found in shown.findings:
        if finding_name(found) == name:
            return JustDecided({"finding": name}, found.decision)
    parent, _, child = name.partition("-")
    held = {photo.sha256 for photo in shown.photos}
    if {parent, child} <= held:
        made = next((one for one in shown.decisions if one.subject == (parent, child)), None)
        return JustDecided({"parent": parent, "child": child}, made)
    return None


def _not_drawn(shown: ChainPage) -> list[ChainDecision]:
    """Return what people decided about derivations that the chain does not draw: such as that there is none."""
    drawn = {(one.parent, one.child) for one in shown.derivations}
    return [made for made in shown.decisions if (made.subject[0], made.subject[1]) not in drawn]


def _label(derivation: Derivation) -> list[str]:
    """Return the words of a derivation in the drawing, a change a line; of more than three the first two and how many more."""
    changes = derivation.changes if len(derivation.changes) <= 3 else derivation.changes[:2]
    rest = len(derivation.changes) - len(changes)
    return [change_word(change) for change in changes] + ([f"+{rest}"] if rest else [])


def _parties_of(line: PublicationLine) -> list[PartyLine]:
    """Return whom a publication credits, each source once, in the role it most likely has."""
    found: dict[str, PartyLine] = {}
    for party in (party for credit in line.credits for party in credit.parties):
        if party.source not in found or party.confidence > found[party.source].confidence:
            found[party.source] = party
    return list(found.values())


def _written_list(shown: ChainPage, photos: Sequence[str]) -> str:
    """Return the numbers of photos, in order, as the reader's language lists what is one or the other."""
    numbers = {sha256: number for number, sha256 in enumerate(_in_time(shown), 1)}
    return format_list([str(number) for number in sorted(numbers[photo] for photo in photos)], style="or", locale=get_locale())


def _in_time(shown: ChainPage) -> list[str]:
    """Return the photos in the order in which they were first seen, those without a date last, in stored order."""
    firsts: dict[str, tuple[datetime, datetime]] = {}
    for line in shown.publications:
        place = place_in_time(line.published_at)
        firsts[line.photo] = min(place, firsts.get(line.photo, place))
    return sorted((photo.sha256 for photo in shown.photos), key=lambda sha256: firsts.get(sha256, NO_TIME))


def _listed(shown: ChainPage) -> list[Listed]:
    """Return the chain as a list in depth: each photo under what it was made from, once in full and then only by name."""
    children: dict[str, list[Derivation]] = {}
    directed = [one for one in shown.derivations if one.directed]
    for one in directed:
        children.setdefault(one.parent, []).append(one)
    made = {one.child for one in directed}
    # Photos made from nothing here come first; behind them all others, for a ring of derivations has no beginning.
    ordered = _in_time(shown)
    waiting: list[tuple[int, str, Derivation | None]] = [(0, photo, None) for photo in reversed(ordered)]
    waiting += [(0, photo, None) for photo in reversed(ordered) if photo not in made]
    listed: list[Listed] = []
    seen: set[str] = set()
    while waiting:
        depth, photo, derivation = waiting.pop()
        if photo in seen and derivation is None:
            continue
        listed.append(Listed(min(depth, DEEPEST), photo, derivation, photo in seen))
        if photo not in seen:
            seen.add(photo)
            later = sorted(children.get(photo, []), key=lambda one: ordered.index(one.child), reverse=True)
            waiting += [(depth + 1, one.child, one) for one in later]
    return listed
