"""Examine many queries against their short lists, each list in as many requests as it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from catalog.compute.interface import Executor, Reply, Request
from catalog.errors import ComputeError
from catalog.matching.thresholds import SHIPPED, Thresholds
from catalog.records.comparable import Comparable
from catalog.records.match import Verification
from catalog.records.template import Template
from catalog.workflow.examine_pairs import believed_verifications, examining

# A request carries the preview and every descriptor of each picture; a picture that is held many times has a long list.
PAIRS_AT_ONCE = 24


@dataclass(slots=True)
class Examination:
    """Hold what was found between a query and its short list.

    `references` are without previews and descriptors. `error` is set when any part of it could not be examined; then `found`
    is not whole. `search_ms` is the time the workers spent.
    """

    query: Comparable
    references: list[Comparable] = field(default_factory=list)
    found: list[Verification] = field(default_factory=list)
    error: ComputeError | None = None
    search_ms: float = 0.0


def examine_all(
    executor: Executor,
    asked: Iterable[tuple[Comparable, Sequence[Comparable]]],
    thresholds: Thresholds = SHIPPED,
    templates: Sequence[Template] = (),
) -> Iterator[Examination]:
    """Examine each query against its references, both with previews, and yield the outcomes in the order asked."""
    under_way: Examination | None = None
    for (query, references, is_last), outcome in executor.map(_requests(asked, thresholds, templates)):
        under_way = under_way or Examination(query)
        _take(under_way, references, outcome)
        if is_last:
            yield under_way
            under_way = None


def _requests(
    asked: Iterable[tuple[Comparable, Sequence[Comparable]]], thresholds: Thresholds, templates: Sequence[Template]
) -> Iterator[tuple[tuple[Comparable, list[Comparable], bool], Request]]:
    for query, references in asked:
        for start in range(0, max(1, len(references)), PAIRS_AT_ONCE):
            part = references[start : start + PAIRS_AT_ONCE]
            # The previews go with the request and not with the key, which waits for the reply.
            light = [replace(one, preview=b"", descriptors=()) for one in part]
            yield (query, light, start + PAIRS_AT_ONCE >= len(references)), examining(query, part, thresholds, templates)


def _take(under_way: Examination, references: list[Comparable], outcome: Reply | ComputeError) -> None:
    under_way.references += references
    if isinstance(outcome, ComputeError):
        under_way.error = outcome
        return
    try:
        under_way.found += believed_verifications(outcome, under_way.query.sha256, [one.sha256 for one in references])
        under_way.search_ms += float(outcome.values["search_ms"])
    except ComputeError as error:
        under_way.error = error
