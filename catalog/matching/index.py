"""Candidates: which photos a picture could be the same as. Nobody has looked at the pixels yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.matching.codes import as_words
from catalog.matching.multi_index import CodeIndex
from catalog.matching.point_index import PointIndex
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.points import VERSION as LOCAL_POINTS_VERSION
from catalog.matching.points import Points, unpacked_points, working_size
from catalog.records.descriptor import Descriptor
from catalog.records.match import Candidate

# Every code within these distances becomes a candidate (exact); measured in docs/matching.md, "Global hashes".
RADII: Final = {"phash": 10, "dhash": 10, "pdq": 63}
BITS: Final = {"phash": 64, "dhash": 64, "pdq": 256}
VERSIONS: Final = {"phash": 1, "dhash": 1, "pdq": 1, "pdq_turns": 1}
# The list that verification works through; recall by length in docs/matching.md, "Recall of the index".
SHORT_LIST: Final = 10
# At least this much agreement of local features makes a candidate: less than one clear pair. Unrelated photos rarely reach it,
# so that most queries have two candidates (docs/matching.md, "Recall of the index").
LEAST_VOTES: Final = 0.3


class Entry(Protocol):
    """Offer what a candidate is found by; Comparable does."""

    @property
    def sha256(self) -> str:
        """Return the digest of the file."""

    @property
    def image_data_sha256(self) -> str | None:
        """Return the digest of the coded image data, None where there is none."""

    @property
    def width(self) -> int:
        """Return the oriented width of the full picture."""

    @property
    def height(self) -> int:
        """Return the oriented height of the full picture."""

    @property
    def is_plain(self) -> bool:
        """Tell whether the picture is too flat to be compared by hash."""

    @property
    def descriptors(self) -> tuple[Descriptor, ...]:
        """Return the picture's descriptors."""


@dataclass(slots=True)
class _Proposal:
    rung: str
    strength: float
    distances: dict[str, int] = field(default_factory=dict)
    votes: float = 0.0


class ReferenceIndex:
    """Hold the descriptors of photos and list candidates for a query, best first. Photos may be added at any time."""

    def __init__(self) -> None:
        """Begin empty."""
        self._photos: list[str] = []
        self._by_bytes: dict[str, int] = {}
        self._by_image_data: dict[str, list[int]] = {}
        self._codes = {name: CodeIndex(BITS[name], radius) for name, radius in RADII.items()}
        self._numbers: dict[str, list[int]] = {name: [] for name in RADII}
        self._points = PointIndex()

    def __len__(self) -> int:
        return len(self._photos)

    @property
    def nbytes(self) -> int:
        """Return the bytes that codes, tables and local features take in memory."""
        return self._points.nbytes + sum(codes.nbytes for codes in self._codes.values())

    def add(self, entries: Iterable[Entry]) -> None:
        """Add photos; one that is already there is left alone. Plain ones are found by their bytes and image data only."""
        codes: dict[str, list[bytes]] = {name: [] for name in RADII}
        for entry in entries:
            if entry.sha256 in self._by_bytes:
                continue
            number = len(self._photos)
            self._photos.append(entry.sha256)
            self._by_bytes[entry.sha256] = number
            if entry.image_data_sha256 is not None:
                self._by_image_data.setdefault(entry.image_data_sha256, []).append(number)
            if entry.is_plain:
                continue
            for descriptor in entry.descriptors:
                if descriptor.algorithm in RADII and descriptor.version == VERSIONS[descriptor.algorithm]:
                    codes[descriptor.algorithm].append(descriptor.data)
                    self._numbers[descriptor.algorithm].append(number)
                elif descriptor.kind == (LOCAL_POINTS, LOCAL_POINTS_VERSION):
                    self._points.add(number, descriptor.data)
        for name, found in codes.items():
            if found:
                self._codes[name].add(as_words(found, BITS[name]))

    def candidates(self, query: Entry) -> list[Candidate]:
        """List photos the query could be the same as, best first; the query's own photo is among them when it is held.

        Global hashes propose every photo within their radius (exactly); the list is cut to SHORT_LIST, keeping all that
        share bytes or image data.
        """
        proposals: dict[int, _Proposal] = {}
        if query.image_data_sha256 is not None:
            for number in self._by_image_data.get(query.image_data_sha256, ()):
                proposals[number] = _Proposal("same_image_data", 3.0)
        if query.sha256 in self._by_bytes:
            proposals[self._by_bytes[query.sha256]] = _Proposal("same_bytes", 4.0)
        if not query.is_plain:
            for descriptor in query.descriptors:
                self._propose_by_code(descriptor, proposals)
            self._propose_by_points(query, proposals)
        ranked = sorted(proposals.items(), key=lambda item: (-item[1].strength, self._photos[item[0]]))
        kept = [item for place, item in enumerate(ranked) if place < SHORT_LIST or item[1].strength >= 3.0]
        return [
            Candidate(query.sha256, self._photos[number], found.rung, tuple(sorted(found.distances.items())), round(found.votes))
            for number, found in kept
        ]

    def _propose_by_code(self, descriptor: Descriptor, proposals: dict[int, _Proposal]) -> None:
        name = "pdq" if descriptor.algorithm == "pdq_turns" else descriptor.algorithm
        if name not in RADII or descriptor.version != VERSIONS[descriptor.algorithm]:
            return
        numbers = self._numbers[name]
        step = BITS[name] // 8
        for turn, start in enumerate(range(0, len(descriptor.data), step)):
            code = as_words([descriptor.data[start : start + step]], BITS[name])[0]
            rows, distances = self._codes[name].near(code)
            if name == "pdq":
                # The code of a negative has every bit the other way round.
                inverted_rows, inverted_distances = self._codes[name].near(~code)
                rows, distances = np.r_[rows, inverted_rows], np.r_[distances, inverted_distances]
            for row, distance in zip(rows.tolist(), distances.tolist(), strict=True):
                found = proposals.setdefault(numbers[row], _Proposal(name if not turn else "pdq_turns", 0.0))
                found.distances[name] = min(distance, found.distances.get(name, BITS[name]))
                if found.strength < 3.0:
                    found.strength = max(found.strength, 2.0 - distance / (RADII[name] + 1))

    def _propose_by_points(self, query: Entry, proposals: dict[int, _Proposal]) -> None:
        packed = next((found.data for found in query.descriptors if found.kind == (LOCAL_POINTS, LOCAL_POINTS_VERSION)), b"")
        own = unpacked_points(packed, *working_size(query.width, query.height))
        votes = self._votes(own)
        for number in np.argsort(-votes, kind="stable")[:SHORT_LIST].tolist():
            if votes[number] < LEAST_VOTES:
                break
            found = proposals.setdefault(number, _Proposal(LOCAL_POINTS, 0.0))
            found.votes = float(votes[number])
            if found.strength < 3.0:
                found.strength = max(found.strength, 2.0 - 2.0 / (1 + found.votes / 10))

    def _votes(self, own: Points) -> NDArray[np.float32]:
        count = len(self._photos)
        votes = self._points.votes(own, count)
        return np.maximum(votes, self._points.votes(own.mirrored(), count))
