"""The page of a chain: observed and claimed drawn on one time axis, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from catalog.gallery.answers import page
from catalog.gallery.chain_drawing import draw_chain
from catalog.gallery.doors import pages
from catalog.gallery.languages import RIGHT_TO_LEFT, chosen_language
from catalog.records.pages import ChainPage, PartyLine, PublicationLine
from catalog.records.provenance import Derivation

DEEPEST = 8  # a list nested deeper leaves no room for words; what is made from the eighth stands beside it


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold one entry of the chain as a list; `is_repeated` says that the photo stands further up already."""

    depth: int
    photo: str
    derivation: Derivation | None
    is_repeated: bool


bp = Blueprint("chain", __name__)


def _beside(shown: ChainPage) -> dict[str, object]:
    publications: dict[str, list[PublicationLine]] = {photo.sha256: [] for photo in shown.photos}
    for line in shown.publications:
        publications[line.photo].append(line)
    return {
        "drawing": draw_chain(shown, mirrored=chosen_language() in RIGHT_TO_LEFT),
        "publications": publications,
        "listed": _listed(shown),
        "parties_of": _parties_of,
        "thumbs": {photo.sha256: photo for photo in shown.photos},
        "undirected": [derivation for derivation in shown.derivations if not derivation.directed],
        "numbers": {photo.sha256: number for number, photo in enumerate(shown.photos, 1)},
        "names": {source.id: source.name for source in shown.sources},
    }


@page(bp, "/chain/<sha256:sha256>", "chain.html", _beside)
def chain(sha256: str) -> ChainPage:
    """Show the chain that holds a photo."""
    return pages().chain_page(sha256)


def _parties_of(line: PublicationLine) -> list[PartyLine]:
    """Return whom a publication credits, each source once, in the role it most likely has."""
    found: dict[str, PartyLine] = {}
    for party in (party for credit in line.credits for party in credit.parties):
        if party.source not in found or party.confidence > found[party.source].confidence:
            found[party.source] = party
    return list(found.values())


def _listed(shown: ChainPage) -> list[Listed]:
    """Return the chain as a list in depth: each photo under what it was made from, once in full and then only by name."""
    children: dict[str, list[Derivation]] = {}
    directed = [one for one in shown.derivations if one.directed]
    for one in directed:
        children.setdefault(one.parent, []).append(one)
    made = {one.child for one in directed}
    # Photos made from nothing here come first; behind them all others, for a ring of derivations has no beginning.
    waiting: list[tuple[int, str, Derivation | None]] = [(0, photo.sha256, None) for photo in reversed(shown.photos)]
    waiting += [(0, photo.sha256, None) for photo in reversed(shown.photos) if photo.sha256 not in made]
    listed: list[Listed] = []
    seen: set[str] = set()
    while waiting:
        depth, photo, derivation = waiting.pop()
        if photo in seen and derivation is None:
            continue
        listed.append(Listed(min(depth, DEEPEST), photo, derivation, photo in seen))
        if photo not in seen:
            seen.add(photo)
            waiting += [(depth + 1, one.child, one) for one in reversed(children.get(photo, []))]
    return listed
