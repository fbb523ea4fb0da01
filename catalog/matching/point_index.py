"""Which photos share local features with a query, without touching every photo.

An inverted file: points are sorted by their word of the vocabulary, and a query point looks into the few words nearest to
it. Each agreement proposes how much the picture was enlarged and turned; only agreements that propose the same count
together (H. Jegou, M. Douze, C. Schmid, "Improving Bag-of-Features for Large Scale Image Search", IJCV 87, 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.points import LONG_SIDE, POINT_DTYPE, Points
from catalog.records.local_points import ANGLE_STEPS_PER_TURN, SCALE_STEPS_PER_OCTAVE
from catalog.records.vocabulary import BRANCHES, CODE_BYTES, WORDS_PER_BRANCH, vocabulary

WORDS: Final = BRANCHES * WORDS_PER_BRANCH
# The index keeps the first half of each code: which of the 128 values are above the median.
SKETCH_BYTES: Final = 16
# Measured in docs/matching.md, "Recall of the index": nearest branches tried, and words among theirs.
TRIED_BRANCHES: Final = 4
TRIED_WORDS: Final = 5
MOST_SKETCH_DISTANCE: Final = 26
MOST_LANE_DISTANCE: Final = 16
MOST_TIMES_MEAN: Final = 8
# Photos whose agreements are counted by turn and enlargement: those with the most of any kind.
MOST_TALLIED: Final = 300
# Bins of proposed turn and enlargement; each agreement counts in the two nearest of both.
TURN_BINS: Final = 12
GROWTH_PER_BIN: Final = 0.7
GROWTH_BINS: Final = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """Hold the points of some photos sorted by word; `starts` (words + 1) says where each word begins."""

    starts: NDArray[np.int64]
    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    owner: NDArray[np.int32]
    scale: NDArray[np.uint8]
    angle: NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        """Return the bytes of the arrays."""
        return sum(part.nbytes for part in (self.starts, self.first, self.second, self.owner, self.scale, self.angle))


@dataclass(frozen=True, slots=True)
class Hits:
    """Hold pairs of a segment's point (`at`) and a query's (`asked`) that look alike, and by how many bits they differ."""

    at: NDArray[np.int32]
    asked: NDArray[np.int32]
    distance: NDArray[np.float32]


class PointIndex:
    """Hold the local features of numbered photos, and propose those that share them with a query."""

    def __init__(self) -> None:
        """Begin empty."""
        self._segments: list[Segment] = []
        self._pending: list[tuple[int, NDArray[np.void]]] = []

    @property
    def nbytes(self) -> int:
        """Return the bytes of the index in memory."""
        self._settle()
        return sum(segment.nbytes for segment in self._segments)

    def add(self, number: int, packed: bytes) -> None:
        """Add the packed points of one photo."""
        self._pending.append((number, np.frombuffer(packed, dtype=POINT_DTYPE)))

    def votes(self, query: Points, count: int) -> NDArray[np.float32]:
        """Return (count,) for photos 0 to count - 1: how strongly points agree on one turn and enlargement."""
        self._settle()
        score = np.zeros(count, dtype=np.float32)
        if not len(query):
            return score
        words = nearest_words(query.code).reshape(-1)
        for segment in self._segments:
            hits = self._hits(segment, query, words)
            if len(hits.at):
                self._tally(score, segment, query, hits)
        return score

    @staticmethod
    def _hits(segment: Segment, query: Points, words: NDArray[np.int64]) -> Hits:
        """Return which points of the segment look like which of the query's."""
        low = segment.starts[words]
        sizes = segment.starts[words + 1] - low
        # A word that far too many points share says little and costs much.
        sizes[sizes > MOST_TIMES_MEAN * (len(segment.owner) / WORDS + 8)] = 0
        asked = np.repeat(np.arange(len(words), dtype=np.int32), sizes)
        shift = (low - (np.cumsum(sizes) - sizes)).astype(np.int32)
        at = np.arange(len(asked), dtype=np.int32) + shift[asked]
        lanes = np.ascontiguousarray(query.code[:, :SKETCH_BYTES]).view(np.uint64).repeat(TRIED_WORDS, axis=0)
        distance = np.bitwise_count(segment.first[at] ^ lanes[asked, 0])
        near = np.flatnonzero(distance <= MOST_LANE_DISTANCE)
        at, asked = at[near], asked[near]
        distance = distance[near] + np.bitwise_count(segment.second[at] ^ lanes[asked, 1])
        near = np.flatnonzero(distance <= MOST_SKETCH_DISTANCE)
        return Hits(at[near], asked[near] // TRIED_WORDS, distance[near].astype(np.float32))

    @staticmethod
    def _tally(score: NDArray[np.float32], segment: Segment, query: Points, hits: Hits) -> None:
        """Count the agreements of the photos that have most of them by turn and enlargement, and keep each photo's best."""
        crowd = np.bincount(hits.asked, minlength=len(query))[hits.asked]
        weight = (1 - hits.distance / (MOST_SKETCH_DISTANCE + 4)) ** 2 / np.sqrt(crowd)
        owner = segment.owner[hits.at]
        total = np.bincount(owner, weight, len(score))
        leaders = np.argsort(-total, kind="stable")[:MOST_TALLIED]
        place = np.full(len(score), -1, dtype=np.int32)
        place[leaders] = np.arange(len(leaders))
        kept = np.flatnonzero(place[owner] >= 0)
        row, at, asked, weight = place[owner[kept]], hits.at[kept], hits.asked[kept], weight[kept]
        scale = np.log2(query.radius / np.float32(LONG_SIDE)) * -SCALE_STEPS_PER_OCTAVE
        angle = query.angle * (ANGLE_STEPS_PER_TURN / (2 * np.pi))
        growth = (scale[asked] - segment.scale[at]) / (SCALE_STEPS_PER_OCTAVE * GROWTH_PER_BIN) + GROWTH_BINS / 2
        turn = ((segment.angle[at] - angle[asked]) / ANGLE_STEPS_PER_TURN * TURN_BINS) % TURN_BINS
        tally = np.zeros(len(leaders) * GROWTH_BINS * TURN_BINS)
        for step_growth in (-0.5, 0.5):
            for step_turn in (-0.5, 0.5):
                level = np.clip(np.round(growth + step_growth), 0, GROWTH_BINS - 1).astype(np.int64)
                sector = np.round(turn + step_turn).astype(np.int64) % TURN_BINS
                tally += np.bincount((row * GROWTH_BINS + level) * TURN_BINS + sector, weight, len(tally))
        best = tally.reshape(len(leaders), -1).max(axis=1)
        score[leaders] = np.maximum(score[leaders], best.astype(np.float32))

    def _settle(self) -> None:
        if not self._pending:
            return
        owner = np.concatenate([np.full(len(points), number, dtype=np.int32) for number, points in self._pending])
        points = np.concatenate([points for _, points in self._pending])
        self._pending.clear()
        lanes = np.ascontiguousarray(points["code"][:, :SKETCH_BYTES]).view(np.uint64)
        segment = _sorted(points["word"], lanes[:, 0], lanes[:, 1], owner, points["scale"], points["angle"])
        while self._segments and len(self._segments[-1].owner) < 4 * len(segment.owner):
            segment = _merged(self._segments.pop(), segment)
        self._segments.append(segment)


def _sorted(
    word: NDArray[np.uint16],
    first: NDArray[np.uint64],
    second: NDArray[np.uint64],
    owner: NDArray[np.int32],
    scale: NDArray[np.uint8],
    angle: NDArray[np.uint8],
) -> Segment:
    order = np.argsort(word, kind="stable")
    starts = np.zeros(WORDS + 1, dtype=np.int64)
    np.cumsum(np.bincount(word, minlength=WORDS), out=starts[1:])
    return Segment(starts, first[order], second[order], owner[order], scale[order], angle[order])


def _merged(first: Segment, second: Segment) -> Segment:
    word = np.concatenate([np.repeat(np.arange(WORDS, dtype=np.uint16), np.diff(part.starts)) for part in (first, second)])
    return _sorted(
        word,
        np.concatenate([first.first, second.first]),
        np.concatenate([first.second, second.second]),
        np.concatenate([first.owner, second.owner]),
        np.concatenate([first.scale, second.scale]),
        np.concatenate([first.angle, second.angle]),
    )


@lru_cache(maxsize=1)
def _tree() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    branches, words = vocabulary()
    lanes = CODE_BYTES // 8
    return (
        np.frombuffer(branches, dtype=np.uint64).reshape(-1, lanes),
        np.frombuffer(words, dtype=np.uint64).reshape(-1, WORDS_PER_BRANCH, lanes),
    )


def nearest_words(code: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return (n, TRIED_WORDS) words nearest to (n, 32) codes, searched in the TRIED_BRANCHES nearest branches."""
    branches, words = _tree()
    lanes = np.ascontiguousarray(code).view(np.uint64)
    to_branch = np.bitwise_count(lanes[:, None, :] ^ branches[None]).sum(axis=2, dtype=np.int16)
    branch = np.argpartition(to_branch, TRIED_BRANCHES, axis=1)[:, :TRIED_BRANCHES]
    to_word = np.bitwise_count(lanes[:, None, None, :] ^ words[branch]).sum(axis=3, dtype=np.int16).reshape(len(code), -1)
    best = np.argpartition(to_word, TRIED_WORDS, axis=1)[:, :TRIED_WORDS]
    chosen = np.take_along_axis(branch, best // WORDS_PER_BRANCH, axis=1)
    return np.asarray(chosen * WORDS_PER_BRANCH + best % WORDS_PER_BRANCH, dtype=np.int64)
