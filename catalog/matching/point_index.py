"""Which photos share local features with a query, without touching every photo.

An inverted file: points are sorted by their word of the vocabulary, and a query point looks into the few words nearest to
it. Each agreement proposes how much the picture was enlarged and turned; only agreements that propose the same count
together (H. Jegou, M. Douze, C. Schmid, "Improving Bag-of-Features for Large Scale Image Search", IJCV 87, 2010).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.making import Make, in_memory
from catalog.matching.points import LONG_SIDE, POINT_DTYPE, Points
from catalog.records.local_points import ANGLE_STEPS_PER_TURN, SCALE_STEPS_PER_OCTAVE
from catalog.records.vocabulary import BRANCHES, CODE_BYTES, WORDS_PER_BRANCH, vocabulary

WORDS: Final = BRANCHES * WORDS_PER_BRANCH
# The index keeps the first half of each code: which of the 128 values are above the median.
SKETCH_BYTES: Final = 16
# Measured in docs/matching.md, "Recall of the index": nearest branches tried, and words among theirs.
TRIED_BRANCHES: Final = 4
TRIED_WORDS: Final = 5
MOST_SKETCH_DISTANCE: Final = 18
MOST_LANE_DISTANCE: Final = 16
MOST_TIMES_MEAN: Final = 3
# Photos whose agreements are counted by turn and enlargement: those with the most of any kind.
MOST_TALLIED: Final = 100
# Bins of proposed turn and enlargement; each agreement counts in the two nearest of both.
TURN_BINS: Final = 12
GROWTH_PER_BIN: Final = 0.7
GROWTH_BINS: Final = 16
# What a run holds of each point, beside its word.
FIELDS: Final[dict[str, type[np.generic]]] = {
    "first": np.uint64,
    "second": np.uint64,
    "owner": np.int32,
    "scale": np.uint8,
    "angle": np.uint8,
}
# Held points looked at in one go: bounds memory at about 5 MB, however many photos there are.
LOOKED_AT_ONCE: Final = 65_536
# Agreements counted in one go: bounds memory at about 4 MB beside the 11 bytes that each agreement takes until the query is done.
COUNTED_AT_ONCE: Final = 65_536
# Points merged in one go: bounds memory at about 5 MB.
POINTS_AT_ONCE: Final = 65_536


@dataclass(frozen=True, slots=True)
class PointRun:
    """Hold the points of some photos, counted from 0 by `owner`, sorted by word; `starts` (words + 1) says where each begins."""

    starts: NDArray[np.int64]
    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    owner: NDArray[np.int32]
    scale: NDArray[np.uint8]
    angle: NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        """Return the bytes of the arrays."""
        return self.starts.nbytes + sum(int(getattr(self, name).nbytes) for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Hits:
    """Hold pairs of a held point and a query's (`asked`) that look alike, and by how many bits they differ.

    `owner` is the number of the held point's photo; `scale` and `angle` are the held point's, in steps.
    """

    owner: NDArray[np.int32]
    scale: NDArray[np.uint8]
    angle: NDArray[np.uint8]
    asked: NDArray[np.int32]
    distance: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.owner)

    def pieces(self) -> Iterator[Hits]:
        """Yield all of them in their order, COUNTED_AT_ONCE at a time."""
        for begin in range(0, len(self), COUNTED_AT_ONCE):
            yield Hits(*(getattr(self, part.name)[begin : begin + COUNTED_AT_ONCE] for part in fields(self)))


def votes(runs: Sequence[tuple[int, PointRun]], query: Points, count: int) -> NDArray[np.float32]:
    """Return (count,) for photos 0 to count - 1: how strongly points agree on one turn and enlargement.

    Each run comes with the number of its first photo. How photos are spread over runs makes no difference.
    """
    score = np.zeros(count, dtype=np.float32)
    if not len(query) or not runs:
        return score
    words = nearest_words(query.code).reshape(-1)
    sizes = sum((run.starts[words + 1] - run.starts[words] for _, run in runs), np.zeros(len(words), dtype=np.int64))
    # A word that far too many points share says little and costs much.
    told = sizes <= MOST_TIMES_MEAN * (sum(len(run.owner) for _, run in runs) / WORDS + 8)
    found = [_hits(run, base, query, words, told) for base, run in runs]
    hits = _joined(found)
    if len(hits):
        _tally(score, query, hits)
    return score


def _hits(run: PointRun, base: int, query: Points, words: NDArray[np.int64], told: NDArray[np.bool_]) -> Hits:
    """Return which points of the run look like which of the query's, some thousands looked at in one go."""
    sizes = np.where(told, run.starts[words + 1] - run.starts[words], 0)
    ends = np.cumsum(sizes)
    found = []
    begin = 0
    while begin < len(words):
        done = ends[begin - 1] if begin else 0
        stop = max(begin + 1, int(np.searchsorted(ends, done + LOOKED_AT_ONCE, side="right")))
        found.append(_alike(run, base, query, words, sizes, slice(begin, stop)))
        begin = stop
    return _joined(found)


def _alike(run: PointRun, base: int, query: Points, words: NDArray[np.int64], sizes: NDArray[np.int64], span: slice) -> Hits:
    """Return which points of the run look like those of the query whose words stand in a span of all words."""
    low, sizes = run.starts[words[span]], sizes[span]
    own = np.arange(span.start, span.stop, dtype=np.int32) // TRIED_WORDS
    first, second = np.ascontiguousarray(query.code[:, :SKETCH_BYTES]).view(np.uint64).T
    ends = np.cumsum(sizes)
    at = np.arange(sizes.sum(), dtype=np.int64)
    at += np.repeat(low - (ends - sizes), sizes)
    # Most of the time of a look-up is spent on these lines, one held point after the other: no array is made twice.
    lane = np.repeat(first[own], sizes)
    np.bitwise_xor(lane, run.first.take(at), out=lane)
    distance = np.bitwise_count(lane)
    near = np.flatnonzero(distance <= MOST_LANE_DISTANCE)
    at, asked = at.take(near), np.repeat(own, sizes).take(near)
    distance = distance.take(near) + np.bitwise_count(run.second.take(at) ^ second.take(asked))
    near = np.flatnonzero(distance <= MOST_SKETCH_DISTANCE)
    at, asked = at.take(near), asked.take(near)
    owner = run.owner.take(at) + np.int32(base)
    return Hits(owner, run.scale.take(at), run.angle.take(at), asked, distance.take(near))


def _joined(parts: Sequence[Hits]) -> Hits:
    return Hits(*(np.concatenate([getattr(one, part.name) for one in parts]) for part in fields(Hits)))


def _tally(score: NDArray[np.float32], query: Points, hits: Hits) -> None:
    """Count the agreements of the photos that have most of them by turn and enlargement, and keep each photo's best."""
    crowd = np.zeros(len(query), dtype=np.int64)
    for some in hits.pieces():
        crowd += np.bincount(some.asked, minlength=len(query))
    total = np.zeros(len(score))
    for some in hits.pieces():
        total += np.bincount(some.owner, _weight(some, crowd), len(score))
    leaders = np.argsort(-total, kind="stable")[:MOST_TALLIED]
    place = np.full(len(score), -1, dtype=np.int32)
    place[leaders] = np.arange(len(leaders))
    scale = np.log2(query.radius / np.float32(LONG_SIDE)) * -SCALE_STEPS_PER_OCTAVE
    angle = query.angle * (ANGLE_STEPS_PER_TURN / (2 * np.pi))
    tally = np.zeros(len(leaders) * GROWTH_BINS * TURN_BINS)
    for some in hits.pieces():
        kept = np.flatnonzero(place[some.owner] >= 0)
        row, asked, weight = place[some.owner[kept]], some.asked[kept], _weight(some, crowd)[kept]
        growth = (scale[asked] - some.scale[kept]) / (SCALE_STEPS_PER_OCTAVE * GROWTH_PER_BIN) + GROWTH_BINS / 2
        turn = ((some.angle[kept] - angle[asked]) / ANGLE_STEPS_PER_TURN * TURN_BINS) % TURN_BINS
        for step_growth in (-0.5, 0.5):
            for step_turn in (-0.5, 0.5):
                level = np.clip(np.round(growth + step_growth), 0, GROWTH_BINS - 1).astype(np.int64)
                sector = np.round(turn + step_turn).astype(np.int64) % TURN_BINS
                tally += np.bincount((row * GROWTH_BINS + level) * TURN_BINS + sector, weight, len(tally))
    best = tally.reshape(len(leaders), -1).max(axis=1)
    score[leaders] = np.maximum(score[leaders], best.astype(np.float32))


def _weight(hits: Hits, crowd: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return (n,): closer agreements say more, and those of a point that agrees with many say less."""
    near: NDArray[np.float64] = (1 - hits.distance / np.float64(MOST_SKETCH_DISTANCE + 4)) ** 2
    return near / np.sqrt(crowd[hits.asked])


def point_run(packed: Sequence[tuple[int, bytes]], make: Make = in_memory) -> PointRun:
    """Sort the packed points of photos, each with its number in the run, into one run."""
    points = np.frombuffer(b"".join(content for _, content in packed), dtype=POINT_DTYPE)
    sizes = [len(content) // POINT_DTYPE.itemsize for _, content in packed]
    owner = np.repeat(np.array([number for number, _ in packed], dtype=np.int32), sizes)
    lanes = np.ascontiguousarray(points["code"][:, :SKETCH_BYTES]).view(np.uint64)
    columns: dict[str, NDArray[Any]] = {
        "first": lanes[:, 0], "second": lanes[:, 1], "owner": owner, "scale": points["scale"], "angle": points["angle"],
    }  # fmt: skip
    run = _empty(np.r_[0, np.cumsum(np.bincount(points["word"], minlength=WORDS))], make)
    order = np.argsort(points["word"], kind="stable")
    for name, column in columns.items():
        getattr(run, name)[:] = column[order]
    return run


def merged_points(first: PointRun, second: PointRun, shift: int, make: Make = in_memory) -> PointRun:
    """Merge two runs; the second's photos are counted on from `shift`. A piece at a time: memory does not grow with the runs."""
    run = _empty(first.starts + second.starts, make)
    low = 0
    while low < WORDS:
        high = max(low + 1, int(np.searchsorted(run.starts, run.starts[low] + POINTS_AT_ONCE, side="right")) - 1)
        high = min(high, WORDS)
        spans = [(part, slice(int(part.starts[low]), int(part.starts[high]))) for part in (first, second)]
        word = np.concatenate([np.repeat(np.arange(high - low), np.diff(part.starts[low : high + 1])) for part, _ in spans])
        order = np.argsort(word, kind="stable")
        target = slice(int(run.starts[low]), int(run.starts[high]))
        for name in FIELDS:
            pieces = [getattr(part, name)[span] for part, span in spans]
            if name == "owner":
                pieces[1] = pieces[1] + np.int32(shift)
            getattr(run, name)[target] = np.concatenate(pieces)[order]
        low = high
    return run


def opened_points(open_array: Callable[[str], NDArray[Any]]) -> PointRun:
    """Return a run whose arrays were made before, given what opens an array by its name."""
    return PointRun(open_array("points-starts"), *(open_array(f"points-{name}") for name in FIELDS))


def _empty(starts: NDArray[np.int64], make: Make) -> PointRun:
    kept = make("points-starts", (WORDS + 1,), np.int64)
    kept[:] = starts
    return PointRun(kept, *(make(f"points-{name}", (int(starts[-1]),), dtype) for name, dtype in FIELDS.items()))


@lru_cache(maxsize=1)
def _tree() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the codes of the branches (lanes, branches) and of the words (lanes, branches, words): lane by lane."""
    lanes = CODE_BYTES // 8
    branches, words = (np.frombuffer(part, dtype=np.uint64) for part in vocabulary())
    return (
        np.ascontiguousarray(branches.reshape(-1, lanes).T),
        np.ascontiguousarray(np.moveaxis(words.reshape(-1, WORDS_PER_BRANCH, lanes), 2, 0)),
    )


def nearest_words(code: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return (n, TRIED_WORDS) words nearest to (n, 32) codes, searched in the TRIED_BRANCHES nearest branches."""
    branches, words = _tree()
    lanes = np.ascontiguousarray(code).view(np.uint64).T
    to_branch = _apart(lanes, (lane[None] for lane in branches))
    branch = np.argpartition(to_branch, TRIED_BRANCHES, axis=1)[:, :TRIED_BRANCHES]
    to_word = _apart(lanes, (lane[branch].reshape(len(code), -1) for lane in words))
    best = np.argpartition(to_word, TRIED_WORDS, axis=1)[:, :TRIED_WORDS]
    chosen = np.take_along_axis(branch, best // WORDS_PER_BRANCH, axis=1)
    return np.asarray(chosen * WORDS_PER_BRANCH + best % WORDS_PER_BRANCH, dtype=np.int64)


def _apart(lanes: NDArray[np.uint64], others: Iterable[NDArray[np.uint64]]) -> NDArray[np.int16]:
    """Return (n, m): in how many bits n codes differ from m others each, both given lane by lane."""
    counts = (np.bitwise_count(lane[:, None] ^ other) for lane, other in zip(lanes, others, strict=True))
    apart: NDArray[np.int16] = next(counts).astype(np.int16)
    for count in counts:
        apart += count
    return apart
