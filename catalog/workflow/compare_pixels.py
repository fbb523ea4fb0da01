"""Tell same pixels from same picture: digest the full pixels of copies of equal size, once a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from catalog.records.comparable import Comparable
from catalog.records.match import Overlap, Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_photo import believed_pixels, digesting_pixels

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
