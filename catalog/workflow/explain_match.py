"""Gather what a page needs to show why photos match: pictures side by side and aligned, where they overlap, who published."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.errors import NotInCatalogueError
from catalog.imaging.alignment import aligned_blend, outline
from catalog.records.comparable import Comparable
from catalog.records.explanation import ExplainedMatch, Explanation
from catalog.records.match import Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.match_query import QueryAnswer

PICTURE_BOX = 640


def explain_answers(catalogue: Catalogue, answers: Sequence[QueryAnswer]) -> list[Explanation]:
    """Return the explanations of several answers."""
    return [_explain(catalogue, answer) for answer in answers]


def _explain(catalogue: Catalogue, answer: QueryAnswer) -> Explanation:
    if answer.picture is None:
        return Explanation(answer.query, b"", False, str(answer.error), ())
    names = [found.reference for found in answer.matches]
    paths, publications = catalogue.store.source_paths(names), catalogue.store.publications_of(names)
    references = {one.sha256: one for one in catalogue.store.comparables(names)}
    matches = []
    for found in answer.matches:
        reference = references[found.reference]
        preview = _preview(catalogue, found.reference)
        aligned, corners = _geometry(answer.picture, reference, preview, found)
        shown = tuple(publications.get(found.reference, ()))
        matches.append(ExplainedMatch(found, paths.get(found.reference, ""), preview, aligned, corners, shown))
    return Explanation(answer.query, answer.picture.preview, answer.comparable, None, tuple(matches))


def _geometry(
    query: Comparable, reference: Comparable, preview: bytes, found: Verification
) -> tuple[bytes, tuple[tuple[float, float], ...]]:
    if found.transform is None or not preview or not query.preview:
        return b"", ()
    sizes = ((query.width, query.height), (reference.width, reference.height))
    return aligned_blend(query.preview, preview, sizes, found.transform, PICTURE_BOX), tuple(outline(sizes, found.transform))


def _preview(catalogue: Catalogue, sha256: str) -> bytes:
    try:
        return catalogue.files.preview(sha256)
    except NotInCatalogueError:
        return b""
