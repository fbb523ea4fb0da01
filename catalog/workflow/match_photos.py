"""Match every photo that is not matched yet against all that were stored before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from catalog.errors import ComputeError, NotInCatalogueError
from catalog.matching.index import ReferenceIndex
from catalog.matching.index_folder import IndexFolder
from catalog.matching.thresholds import VERSION as VERIFICATION_VERSION
from catalog.matching.thresholds import Thresholds
from catalog.records.comparable import Comparable
from catalog.records.match import Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.choose_thresholds import thresholds_in_force
from catalog.workflow.compare_pixels import beside_known, plain_with_same_pixels, with_same_pixels
from catalog.workflow.examine_all import Examination, examine_all
from catalog.workflow.examine_beside import without_templates

COMMIT_PHOTOS = 64
ADDED_AT_ONCE = 512


def match_photos(catalogue: Catalogue, told: Callable[[int, int], None]) -> list[tuple[str, ComputeError]]:
    """Find, examine and store the pairs of every photo that this version has not matched yet.

    The later stored photo of a pair is the query, so each pair is examined once, and imports that run at once miss none.
    Photos are marked as they are done: a killed run goes on where it stopped. `told` hears how many are done, of how many.
    Returns the photos that could not be examined, with the reason; they stay unmatched and are tried again by the next run.
    """
    total = catalogue.store.count_unmatched(VERIFICATION_VERSION)
    if not total:
        return []
    index = indexed(catalogue)
    failed: list[tuple[str, ComputeError]] = []
    done: list[tuple[str, list[Verification]]] = []
    for position, (sha256, found) in enumerate(_examined(catalogue, index), 1):
        if isinstance(found, ComputeError):
            failed.append((sha256, found))
        else:
            done.append((sha256, found))
        if len(done) == COMMIT_PHOTOS:
            _store(catalogue, done)
            done.clear()
        told(min(position, total), total)
    _store(catalogue, done)
    return failed


def index_folder(catalogue: Catalogue) -> IndexFolder:
    """Name where the catalogue keeps its index."""
    return IndexFolder(catalogue.settings.instance / "index", catalogue.model)


def indexed(catalogue: Catalogue) -> ReferenceIndex:
    """Bring the index up to every described photo that stands, and open it; one that no longer stands may be in it too."""
    with index_folder(catalogue).growing() as growing:
        for numbers in catalogue.store.described_photos():
            lacking = growing.index.lacking(numbers)
            for start in range(0, len(lacking), ADDED_AT_ONCE):
                growing.add(list(catalogue.store.numbered_comparables(lacking[start : start + ADDED_AT_ONCE])))
        return growing.index


def _examined(catalogue: Catalogue, index: ReferenceIndex) -> Iterator[tuple[str, list[Verification] | ComputeError]]:
    templates = catalogue.store.templates()

    def asked() -> Iterator[tuple[Comparable, list[Comparable]]]:
        last = None
        while waiting := catalogue.store.unmatched(VERIFICATION_VERSION, COMMIT_PHOTOS, last):
            for query in list(catalogue.store.comparables(waiting)):
                candidates = index.candidates(without_templates(query, templates))
                found = [one.reference for one in candidates if one.reference != query.sha256]
                # In stored order: what comes before the query was stored before it, and what no longer stands is not there.
                together = catalogue.store.comparables([query.sha256, *found])
                earlier = takewhile(lambda one, own=query.sha256: one.sha256 != own, together)  # type: ignore[misc]
                yield with_preview(catalogue, query), with_previews(catalogue, earlier)
            last = waiting[-1]

    thresholds = thresholds_in_force(catalogue.settings, catalogue.model)
    for examination in examine_all(catalogue.executor, asked(), thresholds, templates):
        yield examination.query.sha256, _with_plain(catalogue, examination, thresholds)


def _with_plain(catalogue: Catalogue, examination: Examination, thresholds: Thresholds) -> list[Verification] | ComputeError:
    """Return what was found, and of a plain photo also those of the same pixels, or why it is not whole."""
    found = told_of(catalogue, examination)
    if isinstance(found, ComputeError):
        return found
    try:
        plain = plain_with_same_pixels(catalogue, examination.query, thresholds)
    except ComputeError as error:
        return error
    return beside_known(found, plain)


def told_of(catalogue: Catalogue, examination: Examination) -> list[Verification] | ComputeError:
    """Return what was found between a query and its short list, equal pixels among it, or why it is not whole."""
    if examination.error is not None:
        return examination.error
    pictures = {one.sha256: one for one in (examination.query, *examination.references)}
    try:
        return with_same_pixels(catalogue, examination.found, pictures)
    except ComputeError as error:
        return error


def with_previews(catalogue: Catalogue, pictures: Iterable[Comparable]) -> list[Comparable]:
    """Return the pictures with their previews."""
    return [with_preview(catalogue, one) for one in pictures]


def with_preview(catalogue: Catalogue, picture: Comparable) -> Comparable:
    """Return the picture with its preview; one that has none is compared by its bytes only."""
    try:
        return replace(picture, preview=catalogue.files.preview(picture.sha256))
    except NotInCatalogueError:
        return picture


def _store(catalogue: Catalogue, done: Sequence[tuple[str, list[Verification]]]) -> None:
    if not done:
        return
    with catalogue.store.write() as change:
        for sha256, found in done:
            change.replace_matches(sha256, found)
            change.mark_matched(sha256, VERIFICATION_VERSION)
            change.mark_touched({name for one in found if one.state == "accepted" for name in (one.query, one.reference)})
