"""Examine two photos that carry one template by what lies beside it: the template links nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from catalog.descriptors.plainness import is_plain
from catalog.descriptors.registry import describe
from catalog.descriptors.shrunk import Shrunk
from catalog.imaging import ReducedPicture, decode_preview, encode_preview
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.templates import beside_template, carried_by_both
from catalog.matching.thresholds import Thresholds
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from catalog.records.match import Overlap, Verification
from catalog.records.template import Room, Template

# The rung of every verdict that left a template out.
BESIDE_TEMPLATE = "beside_template"
BOX = 1280
KEPT = 12


def verify_beside(
    query: Comparable, reference: Comparable, templates: Sequence[Template], thresholds: Thresholds
) -> tuple[Verification, ...]:
    """Examine a pair; what a template that both carry covers is left out, except from the comparison of bytes and image data.

    Overlap, box and transform are those of the whole pictures. Raises ImageError for a preview that cannot be read.
    """
    template = _shared_template(query, reference, templates)
    if template is None:
        return verify(query, reference, thresholds=thresholds)
    rooms = _cut(query, template.room), _cut(reference, template.room)
    return tuple(_whole(found, query, reference, template.room) for found in verify(*rooms, thresholds=thresholds))


def without_templates(picture: Comparable, templates: Sequence[Template]) -> Comparable:
    """Return a picture as a query for candidates: its points on templates would list everybody who carries them."""
    made = tuple(
        replace(one, data=beside_template(one.data, _aspect(picture), templates)) if one.algorithm == LOCAL_POINTS else one
        for one in picture.descriptors
    )  # fmt: skip
    return replace(picture, descriptors=made)


def _shared_template(query: Comparable, reference: Comparable, templates: Sequence[Template]) -> Template | None:
    same_data = query.image_data_sha256 is not None and query.image_data_sha256 == reference.image_data_sha256
    if not templates or query.sha256 == reference.sha256 or same_data or not query.preview or not reference.preview:
        return None
    return carried_by_both((_points(query), _aspect(query)), (_points(reference), _aspect(reference)), templates)


def _points(picture: Comparable) -> bytes:
    found = picture.descriptor(LOCAL_POINTS)
    return b"" if found is None else found.data


def _aspect(picture: Comparable) -> float:
    return max(1, picture.width) / max(1, picture.height)


@lru_cache(maxsize=KEPT)
def _cut(picture: Comparable, room: Room) -> Comparable:
    """Return what lies in the room as a picture of its own, described anew from the preview."""
    rgb = decode_preview(picture.preview, BOX)
    height, width = rgb.shape[:2]
    left, top, right, bottom = (round(share * side) for share, side in zip(room, (width, height, width, height), strict=True))
    pixels = np.ascontiguousarray(rgb[top:bottom, left:right])
    size = (max(1, round((room[2] - room[0]) * picture.width)), max(1, round((room[3] - room[1]) * picture.height)))
    cut = ReducedPicture(pixels, *size, orientation=1, frames=1, media_type="image/jpeg", warnings=())
    shrunk = Shrunk(cut)
    return replace(
        picture, image_data_sha256=None, width=size[0], height=size[1], is_plain=is_plain(shrunk), descriptors=describe(shrunk),
        preview=encode_preview(cut),
    )  # fmt: skip


def _whole(found: Verification, query: Comparable, reference: Comparable, room: Room) -> Verification:
    """Restate what was found in the room in pixels and shares of the whole pictures."""
    left, top = room[0] * query.width, room[1] * query.height
    share = (room[2] - room[0]) * (room[3] - room[1])
    rung = BESIDE_TEMPLATE
    evidence = (*found.evidence, ("template_share", 1 - share))
    if found.transform is None:
        return replace(found, rung=rung, evidence=evidence)
    into = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]])
    back = np.array([[1, 0, room[0] * reference.width], [0, 1, room[1] * reference.height], [0, 0, 1.0]])
    matrix = back @ np.array(found.transform).reshape(3, 3) @ into
    # Both show the template too, where the transform puts it.
    shares = (
        None if found.overlap is None else [one * share + 1 - share for one in (found.overlap.query, found.overlap.reference)]
    )
    overlap = None if shares is None else Overlap(*shares)
    box = None if found.box is None else (found.box[0] + left, found.box[1] + top, found.box[2], found.box[3])
    transform = tuple(float(number) for number in (matrix / matrix[2, 2]).reshape(-1))
    return replace(found, rung=rung, evidence=evidence, transform=transform, overlap=overlap, box=box)
