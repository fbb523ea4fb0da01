"""Examine each touched photo beside the relatives of its relatives, which no short list may have named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from catalog.errors import ComputeError
from catalog.provenance import CHAINS_VERSION
from catalog.provenance.examination import ALL_PAIRS_UP_TO, SUREST
from catalog.records.comparable import Comparable
from catalog.records.match import Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.choose_thresholds import thresholds_in_force
from catalog.workflow.examine_all import examine_all
from catalog.workflow.match_photos import told_of, with_preview, with_previews

COMMIT_PHOTOS = 64


def examine_relatives(catalogue: Catalogue) -> list[tuple[str, ComputeError]]:
    """Examine the pairs that matches join over other photos and no short list named; return the photos that failed.

    A photo that lies small in a screenshot may be missed by the short list where a larger copy of it is not, and the chain would
    lack that derivation. Every pair of up to ALL_PAIRS_UP_TO joined photos is examined, whatever order they came in; in larger
    neighbourhoods each touched photo beside the SUREST of those that match what it matches. A pair is examined once.
    """
    failed: list[tuple[str, ComputeError]] = []
    last = None
    while touched := catalogue.store.untraced(CHAINS_VERSION, COMMIT_PHOTOS, last):
        members = catalogue.store.connected(touched)
        asked = _unexamined(touched, members, catalogue.store.verifications_among(members))
        found, errors = _examined(catalogue, asked)
        failed += errors
        if found:
            with catalogue.store.write() as change:
                change.store_verifications(found)
                change.mark_touched({name for one in found if one.state == "accepted" for name in (one.query, one.reference)})
        last = touched[-1]
    return failed


def _unexamined(touched: Sequence[str], members: Sequence[str], known: Sequence[Verification]) -> dict[str, list[str]]:
    """Return by query the photos to examine it beside, all stored before it; `members` are in stored order."""
    place = {name: number for number, name in enumerate(members)}
    examined = {frozenset((one.query, one.reference)) for one in known}
    near: dict[str, dict[str, float]] = {name: {} for name in members}
    for one in known:
        if one.is_match:
            for name, other in ((one.query, one.reference), (one.reference, one.query)):
                near[name][other] = max(one.score, near[name].get(other, 0.0))
    asked: dict[str, list[str]] = defaultdict(list)
    for photo in touched:
        joined = _joined(photo, near)
        wanted = joined if len(joined) < ALL_PAIRS_UP_TO else _surest(photo, near)
        for other in wanted:
            if frozenset((photo, other)) not in examined:
                earlier, query = sorted((photo, other), key=place.__getitem__)
                asked[query].append(earlier)
                examined.add(frozenset((photo, other)))
    return asked


def _joined(photo: str, near: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the photos that matches join to one, near ones first, no more than make a small neighbourhood."""
    found = [photo]
    for name in found:
        if len(found) <= ALL_PAIRS_UP_TO:
            found += [other for other in sorted(near[name]) if other not in found]
    return found[1:]


def _surest(photo: str, near: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the surest of those that match what a photo matches."""
    sure: dict[str, float] = defaultdict(float)
    for between, score in near[photo].items():
        for other, further in near[between].items():
            if other != photo and other not in near[photo]:
                sure[other] = max(sure[other], score * further)
    return sorted(sure, key=lambda name: (-sure[name], name))[:SUREST]


def _examined(catalogue: Catalogue, asked: dict[str, list[str]]) -> tuple[list[Verification], list[tuple[str, ComputeError]]]:
    found: list[Verification] = []
    failed: list[tuple[str, ComputeError]] = []

    def lists() -> Iterator[tuple[Comparable, Sequence[Comparable]]]:
        for query, earlier in asked.items():
            (own,) = catalogue.store.comparables([query])
            yield with_preview(catalogue, own), with_previews(catalogue, catalogue.store.comparables(earlier))

    thresholds = thresholds_in_force(catalogue.settings, catalogue.model)
    for examination in examine_all(catalogue.executor, lists(), thresholds, catalogue.store.templates()):
        outcome = told_of(catalogue, examination)
        if isinstance(outcome, ComputeError):
            failed.append((examination.query.sha256, outcome))
        else:
            found += outcome
    return found, failed
