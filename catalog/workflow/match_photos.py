"""Match every photo that is not matched yet against all that were stored before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalog.errors import ComputeError, NotInCatalogueError
from catalog.matching.index import ReferenceIndex
from catalog.matching.thresholds import VERSION as VERIFICATION_VERSION
from catalog.records.comparable import Comparable
from catalog.records.match import Verification
from catalog.records.traces import TRACES_ALGORITHM
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.choose_thresholds import thresholds_in_force
from catalog.workflow.compare_pixels import with_same_pixels
from catalog.workflow.examine_all import Examination, examine_all

COMMIT_PHOTOS = 64
ADDED_AT_ONCE = 512


def match_photos(catalogue: Catalogue, told: Callable[[int, int], None]) -> list[tuple[str, ComputeError]]:
    """Find, examine and store the pairs of every photo that this version has not matched yet.

    The later stored photo of a pair is the query, so each pair is examined once, and imports that run at once miss none.
    Photos are marked as they are done: a killed run goes on where it stopped. `told` hears how many are done, of how many.
    Returns the photos that could not be examined, with the reason; they stay unmatched and are tried again by the next run.
    """
    waiting = catalogue.store.unmatched(VERIFICATION_VERSION)
    if not waiting:
        return []
    place = {sha256: number for number, sha256 in enumerate(catalogue.store.standing_photos())}
    index, _, _ = indexed(catalogue)
    failed: list[tuple[str, ComputeError]] = []
    done: list[tuple[str, list[Verification]]] = []
    for position, (sha256, found) in enumerate(_examined(catalogue, index, waiting, place), 1):
        if isinstance(found, ComputeError):
            failed.append((sha256, found))
        else:
            done.append((sha256, found))
        if len(done) >= COMMIT_PHOTOS or position == len(waiting):
            _store(catalogue, done)
            done.clear()
        told(position, len(waiting))
    return failed


def indexed(catalogue: Catalogue) -> tuple[ReferenceIndex, int, int]:
    """Build the index over every photo that stands; return it, how many there are, and the bytes of their descriptors."""
    index, photos, descriptor_bytes = ReferenceIndex(), 0, 0
    for some in _slices(catalogue.store.comparables()):
        index.add(some)
        photos += len(some)
        descriptor_bytes += sum(len(made.data) for one in some for made in one.descriptors if made.algorithm != TRACES_ALGORITHM)
    return index, photos, descriptor_bytes


def _examined(
    catalogue: Catalogue, index: ReferenceIndex, waiting: Sequence[str], place: dict[str, int]
) -> Iterator[tuple[str, list[Verification] | ComputeError]]:
    def asked() -> Iterator[tuple[Comparable, list[Comparable]]]:
        for start in range(0, len(waiting), COMMIT_PHOTOS):
            for query in catalogue.store.comparables(waiting[start : start + COMMIT_PHOTOS]):
                earlier = [
                    one.reference
                    for one in index.candidates(query)
                    if place.get(one.reference, len(place)) < place.get(query.sha256, len(place))
                ]
                references = with_previews(catalogue, catalogue.store.comparables(earlier))
                yield with_preview(catalogue, query), references

    for examination in examine_all(catalogue.executor, asked(), thresholds_in_force(catalogue.settings)):
        yield examination.query.sha256, _told(catalogue, examination)


def _told(catalogue: Catalogue, examination: Examination) -> list[Verification] | ComputeError:
    if examination.error is not None:
        return examination.error
    pictures = {one.sha256: one for one in (examination.query, *examination.references)}
    try:
        return with_same_pixels(catalogue, examination.found, pictures)
    except ComputeError as error:
        return error


def with_previews(catalogue: Catalogue, pictures: Iterator[Comparable]) -> list[Comparable]:
    """Return the pictures with their previews."""
    return [with_preview(catalogue, one) for one in pictures]


def with_preview(catalogue: Catalogue, picture: Comparable) -> Comparable:
    """Return the picture with its preview; one that has none is compared by its bytes only."""
    try:
        return replace(picture, preview=catalogue.files.preview(picture.sha256))
    except NotInCatalogueError:
        return picture


def _store(catalogue: Catalogue, done: Sequence[tuple[str, list[Verification]]]) -> None:
    with catalogue.store.write() as change:
        for sha256, found in done:
            change.store_verifications(found)
            change.mark_matched(sha256, VERIFICATION_VERSION)
            change.mark_touched({name for one in found if one.state == "accepted" for name in (one.query, one.reference)})


def _slices(pictures: Iterator[Comparable]) -> Iterator[list[Comparable]]:
    some: list[Comparable] = []
    for one in pictures:
        some.append(one)
        if len(some) == ADDED_AT_ONCE:
            yield some
            some = []
    yield some
