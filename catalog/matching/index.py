"""Candidates: which photos a picture could be the same as. Nobody has looked at the pixels yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.codes import as_words
from catalog.matching.point_index import votes
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.points import VERSION as LOCAL_POINTS_VERSION
from catalog.matching.points import Points, unpacked_points, working_size
from catalog.matching.segment import BITS, VERSIONS, Entry, Segment, places_of
from catalog.matching.trimmed import asked_codes
from catalog.matching.vector_run import vector_in
from catalog.records.descriptor import Descriptor
from catalog.records.match import Candidate
from catalog.records.model import LEARNED, LearnedModel

# Every code within these distances becomes a candidate (exact); measured in docs/matching.md, "Global hashes".
RADII: Final = {"phash": 10, "dhash": 10, "pdq": 63}
# The PDQ codes of a query's turns and mirrors, compared with the codes of photos as they stand.
TURNS: Final = "pdq_turns"
# The list that verification works through; recall by length in docs/matching.md, "Recall of the index".
SHORT_LIST: Final = 10
# At least this much agreement of local features makes a candidate: less than one clear pair. Unrelated photos rarely reach it,
# so that most queries have two candidates (docs/matching.md, "Recall of the index").
LEAST_VOTES: Final = 0.3


@dataclass(slots=True)
class _Proposal:
    rung: str
    strength: float
    distances: dict[str, int] = field(default_factory=dict)
    votes: float = 0.0


class ReferenceIndex:
    """List candidates for a query among the photos of some segments, best first."""

    def __init__(self, segments: Sequence[Segment] = (), model: LearnedModel | None = None) -> None:
        """Take the segments; every photo is in one of them. `model` is the one that made the vectors they hold."""
        self.segments = tuple(segments)
        self.model = model
        self._bases = np.cumsum([0, *(len(segment) for segment in self.segments)]).tolist()

    def __len__(self) -> int:
        return int(self._bases[-1])

    @property
    def nbytes(self) -> int:
        """Return the bytes of codes, tables and local features."""
        return sum(segment.nbytes for segment in self.segments)

    def lacking(self, numbers: Sequence[int]) -> list[int]:
        """Return those of the photos' numbers that are not held, in the order given."""
        wanted = np.array(numbers, dtype=np.int64)
        for segment in self.segments:
            wanted = wanted[~np.isin(wanted, segment.numbers)]
        return [int(number) for number in wanted]

    def candidates(self, query: Entry) -> list[Candidate]:
        """List photos the query could be the same as, best first; the query's own photo is among them when it is held.

        Global hashes propose every photo within their radius (exactly); the list is cut to SHORT_LIST, keeping all that
        share bytes or image data.
        """
        proposals: dict[int, _Proposal] = {}
        for base, segment in zip(self._bases, self.segments, strict=False):
            if query.image_data_sha256 is not None:
                for place in places_of(segment.image_data, query.image_data_sha256):
                    proposals[base + place] = _Proposal("same_image_data", 3.0)
            for place in places_of(segment.digests, query.sha256):
                proposals[base + place] = _Proposal("same_bytes", 4.0)
            if not query.is_plain:
                for descriptor in asked_codes(query.descriptors, VERSIONS["pdq"]):
                    _propose_by_code(segment, base, descriptor, proposals)
        if not query.is_plain:
            self._propose_by_points(query, proposals)
            self._propose_by_vector(query, proposals)
        found = {self._sha256(number): proposal for number, proposal in proposals.items()}
        ranked = sorted(found.items(), key=lambda item: (-item[1].strength, item[0]))
        kept = [item for place, item in enumerate(ranked) if place < SHORT_LIST or item[1].strength >= 3.0]
        return [
            Candidate(query.sha256, sha256, one.rung, tuple(sorted(one.distances.items())), round(one.votes))
            for sha256, one in kept
        ]

    def _propose_by_points(self, query: Entry, proposals: dict[int, _Proposal]) -> None:
        packed = next((found.data for found in query.descriptors if found.kind == (LOCAL_POINTS, LOCAL_POINTS_VERSION)), b"")
        own = unpacked_points(packed, *working_size(query.width, query.height))
        held = self._votes(own)
        for number in np.argsort(-held, kind="stable")[:SHORT_LIST].tolist():
            if held[number] < LEAST_VOTES:
                break
            found = proposals.setdefault(number, _Proposal(LOCAL_POINTS, 0.0))
            found.votes = float(held[number])
            if found.strength < 3.0:
                found.strength = max(found.strength, 2.0 - 2.0 / (1 + found.votes / 10))

    def _propose_by_vector(self, query: Entry, proposals: dict[int, _Proposal]) -> None:
        """Propose what a learned model says is near; a rung that somebody else trained comes after all others."""
        vector = None if self.model is None else vector_in(query.descriptors, self.model)
        if self.model is None or vector is None:
            return
        for base, segment in zip(self._bases, self.segments, strict=False):
            if segment.vectors is None:
                continue
            for place, distance in zip(*map(np.ndarray.tolist, segment.vectors.near(vector, self.model.radius)), strict=True):
                strength = 1.0 - distance / self.model.radius
                found = proposals.setdefault(base + place, _Proposal(LEARNED, 0.0))
                found.strength = max(found.strength, strength)

    def _votes(self, own: Points) -> NDArray[np.float32]:
        runs = [(base, segment.points) for base, segment in zip(self._bases, self.segments, strict=False)]
        return np.maximum(votes(runs, own, len(self)), votes(runs, own.mirrored(), len(self)))

    def _sha256(self, number: int) -> str:
        at = bisect_right(self._bases, number) - 1
        return self.segments[at].sha256(number - self._bases[at])


def _propose_by_code(segment: Segment, base: int, descriptor: Descriptor, proposals: dict[int, _Proposal]) -> None:
    name = "pdq" if descriptor.algorithm == TURNS else descriptor.algorithm
    if name not in RADII or descriptor.version != VERSIONS[name]:
        return
    held = segment.codes[name]
    step = BITS[name] // 8
    for turn, start in enumerate(range(0, len(descriptor.data), step)):
        code = as_words([descriptor.data[start : start + step]], BITS[name])[0]
        rows, distances = held.run.near(code, RADII[name])
        if name == "pdq":
            # The code of a negative has every bit the other way round.
            inverted_rows, inverted_distances = held.run.near(~code, RADII[name])
            rows, distances = np.r_[rows, inverted_rows], np.r_[distances, inverted_distances]
        for place, distance in zip(held.owner[rows].tolist(), distances.tolist(), strict=True):
            found = proposals.setdefault(base + place, _Proposal(name if not turn else TURNS, 0.0))
            found.distances[name] = min(distance, found.distances.get(name, BITS[name]))
            if found.strength < 3.0:
                found.strength = max(found.strength, 2.0 - distance / (RADII[name] + 1))
