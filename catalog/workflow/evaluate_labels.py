"""Examine labelled pairs by the real descriptors and verification, and say which thresholds follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from catalog.errors import CatalogError, ComputeError, FileRefusedError
from catalog.intake.labels import read_labels
from catalog.matching.calibration import evaluate
from catalog.matching.thresholds import Thresholds
from catalog.records.comparable import Comparable
from catalog.records.evaluation import Evaluation, LabelledPair, ScoredPair, Wish
from catalog.records.match import Verification
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.choose_thresholds import with_learned
from catalog.workflow.describe_photo import believed, describing
from catalog.workflow.examine_all import Examination, examine_all
from catalog.workflow.match_photos import with_previews
from catalog.workflow.match_query import comparable
from catalog.workflow.use_model import require_model

# Everything that was examined at all is scored, so that any threshold can be read off.
NONE_IN_FORCE = Thresholds(0.0, 0.0)
DIGITS = set("0123456789abcdef")
FailedPair = tuple[LabelledPair, CatalogError]
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class EvaluatedLabels:
    """Hold what an evaluation found, the pairs it rests on and those that could not be examined, both by row."""

    found: Evaluation
    scored: tuple[ScoredPair, ...]
    failed: tuple[FailedPair, ...]


def evaluate_labels(catalogue: Catalogue, labels: Path, wish: Wish, told: Told) -> EvaluatedLabels:
    """Examine the pairs of a table as an import would, and choose the thresholds that keep a wish. Nothing is stored.

    A picture is the SHA-256 of a photo in the catalogue, or a path; a relative path begins at the table's folder. Every picture's
    preview and descriptors are held, about 100 KB each. `told` hears the phase and how much of it is done. Raises LabelsError,
    before anything is examined, for a table that cannot be read.
    """
    require_model(catalogue.model, catalogue.executor)
    scored, failed = _examined(catalogue, read_labels(labels), labels.parent, told)
    return EvaluatedLabels(evaluate(scored, wish), tuple(scored), tuple(failed))


def _examined(
    catalogue: Catalogue, pairs: Sequence[LabelledPair], folder: Path, told: Told
) -> tuple[list[ScoredPair], list[FailedPair]]:
    names = list(dict.fromkeys(name for pair in pairs for name in (pair.first, pair.second)))
    pictures: dict[str, Comparable | CatalogError] = {}
    for name, found in _pictures(catalogue, names, folder):
        pictures[name] = found
        told("describing", len(pictures), len(names))
    failed: list[FailedPair] = []
    sound: list[tuple[LabelledPair, Comparable, Comparable]] = []
    place = {name: number for number, name in enumerate(names)}
    for pair in sorted(pairs, key=lambda pair: place[pair.first]):
        first, second = pictures[pair.first], pictures[pair.second]
        if isinstance(first, Comparable) and isinstance(second, Comparable):
            sound.append((pair, first, second))
        else:
            failed.append((pair, first if isinstance(first, CatalogError) else second))  # type: ignore[arg-type]  # one of them is
    asked = [(first, [one for _, one in some]) for first, some in _by_first(sound)]
    rows = [[pair for pair, _ in some] for _, some in _by_first(sound)]
    scored: list[ScoredPair] = []
    done = 0
    for examination, own in zip(
        examine_all(catalogue.executor, asked, with_learned(NONE_IN_FORCE, catalogue.model)), rows, strict=True
    ):
        done += len(own)
        if examination.error is not None:
            failed += [(pair, examination.error) for pair in own]
        else:
            scored += _scored(own, examination)
        told("examining", done, len(sound))
    return sorted(scored, key=lambda one: one.pair.row), sorted(failed, key=lambda one: one[0].row)


def _by_first(
    sound: Sequence[tuple[LabelledPair, Comparable, Comparable]],
) -> Iterator[tuple[Comparable, list[tuple[LabelledPair, Comparable]]]]:
    for _, some in groupby(sound, key=lambda one: one[1].sha256):
        found = list(some)
        yield found[0][1], [(pair, second) for pair, _, second in found]


def _scored(pairs: Sequence[LabelledPair], examination: Examination) -> list[ScoredPair]:
    best: dict[str, Verification] = {}
    for one in examination.found:
        if one.reference not in best or one.score > best[one.reference].score:
            best[one.reference] = one
    found = [best[reference.sha256] for reference in examination.references]
    return [ScoredPair(pair, one.rung, one.score) for pair, one in zip(pairs, found, strict=True)]


def _pictures(catalogue: Catalogue, names: Sequence[str], folder: Path) -> Iterator[tuple[str, Comparable | CatalogError]]:
    held = [name for name in names if _is_digest(name)]
    for name in held:
        try:
            yield name, with_previews(catalogue, catalogue.store.comparables([catalogue.photo(name)]))[0]
        except CatalogError as error:
            yield name, error
    files = [(name, folder / name) for name in names if not _is_digest(name)]
    for name, path in files:
        if not path.is_file():
            yield name, FileRefusedError(f"{path}: no such file; a path begins at the table's folder", code="missing_file")
    requests = ((name, describing(path, path.name, None, catalogue.model)) for name, path in files if path.is_file())
    for name, outcome in catalogue.executor.map(requests):
        try:
            yield name, outcome if isinstance(outcome, ComputeError) else comparable(believed(outcome))
        except ComputeError as error:
            yield name, error


def _is_digest(name: str) -> bool:
    return len(name) == 64 and set(name.lower()) <= DIGITS
