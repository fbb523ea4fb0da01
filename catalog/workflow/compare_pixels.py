"""Tell same pixels from same picture: digest the full pixels of copies of equal size, once a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from pathlib import Path

from catalog.matching.thresholds import Thresholds
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from catalog.records.match import Overlap, Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_photo import believed_pixels, digesting_pixels

# The first stored of those with the same pixels: an archive may hold a thousand black frames, and so many join them.
MOST_PLAIN = 40
PIXELS_RUNG = "same_pixels"
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def with_same_pixels(
    catalogue: Catalogue, found: Sequence[Verification], pictures: Mapping[str, Comparable], query_file: Path | None = None
) -> list[Verification]:
    """Return the verifications with those of equal pixels named as such.

    `pictures` holds the pictures by SHA-256; `query_file` is where the query lies when it is no photo of the catalogue. Full
    pictures are decoded only for copies of equal oriented size. Raises ComputeError when a file cannot be decoded.
    """
    told = []
    for one in found:
        query, reference = pictures[one.query], pictures[one.reference]
        same_size = (query.width, query.height) == (reference.width, reference.height)
        if one.relation == "copy" and same_size and not _is_moved(one):
            first = _digest(catalogue, one.query, query_file)
            told.append(_same(one) if first == _digest(catalogue, one.reference, None) else one)
        else:
            told.append(one)
    return told


def plain_with_same_pixels(
    catalogue: Catalogue, query: Comparable, thresholds: Thresholds, query_file: Path | None = None
) -> list[Verification]:
    """Return the first photos of the same pixels as a plain picture, which no code and no point proposes; none for any other.

    Of a photo of the catalogue only those stored before it. `query_file` is where the query lies when it is none. Full pictures
    are decoded once a photo. Raises ComputeError when a file cannot be decoded.
    """
    if not query.is_plain or not query.width:
        return []
    alike = catalogue.store.plain_photos(query.width, query.height)
    if query_file is None:
        alike = list(takewhile(lambda sha256: sha256 != query.sha256, alike))
    own = _digest(catalogue, query.sha256, query_file) if alike else ""
    others = (one for one in alike if one != query.sha256 and _digest(catalogue, one, None) == own)
    same = catalogue.store.comparables(list(islice(others, MOST_PLAIN)))
    return [found for one in same for found in verify(query, one, same_pixels=True, thresholds=thresholds)]


def beside_known(found: Sequence[Verification], plain: Sequence[Verification]) -> list[Verification]:
    """Return both lists; a photo that was accepted by its bytes or its image data has been told of."""
    known = {one.reference for one in found if one.state == "accepted"}
    added = {one.reference: one for one in plain if one.reference not in known}
    return [*(one for one in found if one.reference not in added), *added.values()]


def _is_moved(one: Verification) -> bool:
    return bool(set(one.changes) & {"mirrored", "rotated", "cropped", "perspective", "composite"})


def _same(one: Verification) -> Verification:
    return replace(
        one, relation="same_pixels", state="accepted", score=1.0, changes=(), transform=IDENTITY, overlap=Overlap(1.0, 1.0),
        rung=PIXELS_RUNG,
    )  # fmt: skip


def _digest(catalogue: Catalogue, sha256: str, outside: Path | None) -> str:
    if outside is not None:
        return believed_pixels(catalogue.executor.run(digesting_pixels(outside)))
    known = catalogue.store.pixels_digest(sha256)
    if known is None:
        known = believed_pixels(catalogue.executor.run(digesting_pixels(catalogue.files.path_of_original(sha256))))
        with catalogue.store.write() as change:
            change.store_pixels_digest(sha256, known)
    return known
