"""The answer to a search by image as the interfaces page gives it."""

from __future__ import annotations

from typing import Any

from catalog.records.match import Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.match_query import QueryAnswer
from catalog.workflow.plain import plain


def match_line(catalogue: Catalogue, answer: QueryAnswer) -> dict[str, Any]:
    """Return the JSON line of one query: its matches with their publications, or the code of its error."""
    if answer.error is not None:
        return {"query": answer.query, "error": answer.error.code}
    names = [found.reference for found in answer.matches]
    paths = catalogue.store.source_paths(names)
    publications = catalogue.store.publications_of(names)
    matches = [
        {
            **verification_line(found),
            "path": paths.get(found.reference, ""),
            "publications": plain(publications.get(found.reference, [])),
        }
        for found in answer.matches
    ]
    return {"query": answer.query, "comparable": answer.comparable, "matches": matches}


def verification_line(found: Verification) -> dict[str, Any]:
    """Return the JSON of one examined pair, seen from its query."""
    return {
        "photo": found.reference, "score": found.score, "state": found.state, "relation": found.relation,
        "changes": list(found.changes), "transform": None if found.transform is None else list(found.transform),
        "overlap": plain(found.overlap), "box": None if found.box is None else list(found.box),
    }  # fmt: skip
