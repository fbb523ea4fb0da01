"""Searches that were made for a picture: what they found, and what they did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

THIS_CATALOGUE = "this catalogue"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Hold one search for a picture or an earlier appearance of it.

    `made_at` is when it was made, a day or a moment, ISO 8601 in UTC; `agent` by whom; `place` where (THIS_CATALOGUE, or the
    name of an archive or search service); `scope` what was looked through or for; `query_name` and `query_sha256` what was
    asked about. `found` holds what came back, as plain values: an empty one says that nothing did.
    """

    made_at: str
    agent: str
    place: str
    scope: str
    query_name: str
    query_sha256: str | None
    found: tuple[Mapping[str, object], ...]
