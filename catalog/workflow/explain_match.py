"""Gather what a page needs to show why photos match: pictures side by side and aligned, where they overlap, who published."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.errors import NotInCatalogueError
from catalog.imaging.alignment import aligned_blend, outline
from catalog.matching.point_pairs import point_pairs
from catalog.records.comparable import Comparable
from catalog.records.explanation import ExplainedMatch, Explanation
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.describe_photo import Box
from catalog.workflow.match_query import QueryAnswer

PICTURE_BOX = 640
Corners = tuple[tuple[float, float], ...]


def explain_answers(catalogue: Catalogue, answers: Sequence[QueryAnswer], box: Box | None = None) -> list[Explanation]:
    """Return the explanations of several answers; `box` is the region that each was limited to."""
    return [_explain(catalogue, answer, box) for answer in answers]


def _explain(catalogue: Catalogue, answer: QueryAnswer, box: Box | None) -> Explanation:
    if answer.picture is None:
        return Explanation(answer.query, b"", False, str(answer.error), ())
    names = [found.reference for found in answer.matches]
    paths, publications = catalogue.store.source_paths(names), catalogue.store.publications_of(names)
    references = {one.sha256: one for one in catalogue.store.comparables(names)}
    matches = []
    for found in answer.matches:
        reference = references[found.reference]
        preview = _preview(catalogue, found.reference)
        transform = _inside_box(found.transform, box)
        aligned = _aligned(answer.picture, reference, preview, transform)
        region, outlined = _outlines(answer.picture, reference, transform, _box_shown(found.box, box))
        points = () if transform is None else point_pairs(answer.picture, reference, transform)
        shown = tuple(publications.get(found.reference, ()))
        matches.append(ExplainedMatch(found, paths.get(found.reference, ""), preview, aligned, region, outlined, points, shown))
    return Explanation(answer.query, answer.picture.preview, answer.comparable, None, tuple(matches))


def _inside_box(transform: tuple[float, ...] | None, box: Box | None) -> tuple[float, ...] | None:
    """Return the transform from the region that was searched for, which is the picture that is shown, not from the whole."""
    if transform is None or box is None:
        return transform
    left, top = max(0.0, box[0]), max(0.0, box[1])
    rows = [transform[start : start + 3] for start in (0, 3, 6)]
    return tuple(number for a, b, c in rows for number in (a, b, c + a * left + b * top))


def _box_shown(found: Box | None, box: Box | None) -> Box | None:
    """Return the box of a match in the picture that is shown, which is the region that was searched for."""
    if found is None or box is None:
        return found
    return found[0] - max(0.0, box[0]), found[1] - max(0.0, box[1]), found[2], found[3]


def _aligned(query: Comparable, reference: Comparable, preview: bytes, transform: tuple[float, ...] | None) -> bytes:
    if transform is None or not preview or not query.preview:
        return b""
    return aligned_blend(query.preview, preview, (_size(query), _size(reference)), transform, PICTURE_BOX)


def _outlines(
    query: Comparable, reference: Comparable, transform: tuple[float, ...] | None, box: Box | None
) -> tuple[Corners, Corners]:
    """Return the corners of the box, or of the whole query where there is none, in the query and in the reference."""
    if transform is None:
        return (), ()
    shown = box or (0.0, 0.0, float(query.width), float(query.height))
    return tuple(outline(shown, _size(query))), tuple(outline(shown, _size(reference), transform))


def _size(picture: Comparable) -> tuple[int, int]:
    return picture.width, picture.height


def _preview(catalogue: Catalogue, sha256: str) -> bytes:
    try:
        return catalogue.files.preview(sha256)
    except NotInCatalogueError:
        return b""
