"""Answer a search by image: describe the query, propose, examine; nothing is stored."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from catalog.compute.interface import Reply
from catalog.errors import CatalogError, ComputeError
from catalog.intake.folder import walk
from catalog.records.comparable import Comparable
from catalog.records.description import Description
from catalog.records.match import Candidate, Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.choose_thresholds import thresholds_in_force
from catalog.workflow.compare_pixels import beside_known, plain_with_same_pixels, with_same_pixels
from catalog.workflow.describe_photo import Box, believed, describing, describing_ms
from catalog.workflow.examine_all import Examination, examine_all
from catalog.workflow.examine_beside import without_templates
from catalog.workflow.match_photos import indexed, with_previews
from catalog.workflow.use_model import require_model

QUERIES_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """Hold the answer to one query image.

    `error` is set when the query could not be read; then there is nothing else. `comparable` is false for a picture too plain
    to be compared by more than its bytes and pixels. `matches` are accepted and suggested pairs, best first. `picture` is the
    query as it was described.
    """

    query: str
    error: CatalogError | None
    comparable: bool
    matches: tuple[Verification, ...]
    picture: Comparable | None = None


@dataclass(slots=True)
class Timing:
    """Collect what queries cost: milliseconds of describing and of searching, start-up left out, and how many there were."""

    queries: int = 0
    describe_ms: float = 0.0
    search_ms: float = 0.0


class QueryDesk:
    """Answer queries against one state of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Bring the index up to every photo that stands, and open it."""
        require_model(catalogue.model, catalogue.executor)
        self.catalogue = catalogue
        self.timing = Timing()
        self.index = indexed(catalogue)
        stored = catalogue.store.descriptor_bytes() + self.index.nbytes
        self.descriptor_bytes_per_photo = round(stored / max(1, len(self.index)))
        self.templates = catalogue.store.templates()
        self.thresholds = thresholds_in_force(catalogue.settings, catalogue.model)

    def answer(self, paths: Iterable[Path], box: Box | None = None) -> Iterator[QueryAnswer]:
        """Answer one query after another, in the order given; `box` limits each to a region in its oriented pixels."""
        some: list[Path] = []
        for path in paths:
            some.append(path)
            if len(some) == QUERIES_AT_ONCE:
                yield from self._answer_some(some, box)
                some = []
        yield from self._answer_some(some, box)

    def _answer_some(self, paths: Sequence[Path], box: Box | None) -> Iterator[QueryAnswer]:
        requests = ((path, describing(path, path.name, box, self.catalogue.model)) for path in paths)
        described = [(path, self._query(outcome)) for path, outcome in self.catalogue.executor.map(requests)]
        asked_for = [(path, query, _region(query, box)) for path, query in described if isinstance(query, Comparable)]
        queries = [(path, query, region, self._candidates(region)) for path, query, region in asked_for]
        answers = {path: QueryAnswer(str(path), error, False, ()) for path, error in described if isinstance(error, ComputeError)}
        asked = ((query, self._references(candidates)) for _, _, query, candidates in queries)
        examined = examine_all(self.catalogue.executor, asked, self.thresholds, self.templates)
        for (path, query, _, _), examination in zip(queries, examined, strict=True):
            answers[path] = self._answer(path, query, examination, box)
        for path in paths:
            self.timing.queries += 1
            yield answers[path]

    def _query(self, outcome: Reply | ComputeError) -> Comparable | ComputeError:
        if isinstance(outcome, ComputeError):
            return outcome
        try:
            described = believed(outcome)
            self.timing.describe_ms += describing_ms(outcome)
            return comparable(described)
        except ComputeError as error:
            return error

    def _candidates(self, query: Comparable) -> list[Candidate]:
        started = time.perf_counter()
        found = self.index.candidates(without_templates(query, self.templates))
        self.timing.search_ms += 1e3 * (time.perf_counter() - started)
        return found

    def _references(self, candidates: Sequence[Candidate]) -> list[Comparable]:
        return with_previews(self.catalogue, self.catalogue.store.comparables([one.reference for one in candidates]))

    def _answer(self, path: Path, query: Comparable, examination: Examination, box: Box | None) -> QueryAnswer:
        found = [replace(one, query=query.sha256) for one in examination.found]
        self.timing.search_ms += examination.search_ms
        try:
            if examination.error is not None:
                raise examination.error
            if box is None:
                pictures = {one.sha256: one for one in (*examination.references, query)}
                found = with_same_pixels(self.catalogue, found, pictures, path)
                found = beside_known(found, plain_with_same_pixels(self.catalogue, query, self.thresholds, path))
            else:
                found = [_outside_box(one, box) for one in found]
        except ComputeError as error:
            return QueryAnswer(str(path), error, False, ())
        matches = sorted((one for one in found if one.state != "refused"), key=lambda one: (-one.score, one.reference))
        return QueryAnswer(str(path), None, not query.is_plain, tuple(matches), query)


def _region(query: Comparable, box: Box | None) -> Comparable:
    """Return what is looked up: a region of a file is not that file, so it has neither its bytes nor its image data."""
    if box is None:
        return query
    return replace(query, sha256=hashlib.sha256(f"{query.sha256} {box}".encode()).hexdigest(), image_data_sha256=None)


def comparable(described: Description) -> Comparable:
    """Return what a described file is compared by."""
    made = described.rendition
    return Comparable(
        described.sha256, described.image_data_sha256, described.size_bytes, made.width if made else 0, made.height if made
        else 0, made.is_plain if made else True, described.descriptors, made.preview if made else b"",
    )  # fmt: skip


def query_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to search for, those of a folder as an import would take them: no sidecar, no manifest, nothing hidden."""
    for path in paths:
        yield from walk(path) if path.is_dir() else (path,)


class LastingDesk:
    """Keep one desk for a process that answers now and then, and build it anew when anything was recorded since.

    Several threads may ask at once; while one of them builds, the others wait.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Build nothing yet."""
        self._catalogue = catalogue
        self._building = Lock()
        self._built: tuple[int, QueryDesk] | None = None

    def match_file(self, path: Path, box: Box | None = None) -> QueryAnswer:
        """Answer one query image; what was imported a moment ago is found."""
        with self._building:
            last = self._catalogue.store.last_event()
            if self._built is None or self._built[0] != last:
                self._built = (last, QueryDesk(self._catalogue))
            desk = self._built[1]
        return next(desk.answer([path], box))


def _outside_box(one: Verification, box: Box) -> Verification:
    """Restate what was found inside a box in pixels of the whole query."""
    left, top = max(0.0, box[0]), max(0.0, box[1])
    changed = one
    if one.transform is not None:
        rows = [one.transform[start : start + 3] for start in (0, 3, 6)]
        moved = tuple(number for a, b, c in rows for number in (a, b, c - a * left - b * top))
        changed = replace(changed, transform=moved)
    if one.box is not None:
        changed = replace(changed, box=(one.box[0] + left, one.box[1] + top, one.box[2], one.box[3]))
    return changed
