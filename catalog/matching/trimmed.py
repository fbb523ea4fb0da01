"""Bordered and letterboxed pictures: their insides as further codes to be found by, and as hypotheses to be examined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from catalog.matching.codes import as_words, distances
from catalog.matching.geometry import Matrix
from catalog.matching.hypotheses import PDQ_BITS, PDQ_RADIUS, Hypothesis, turn_matrix
from catalog.matching.points import working_size
from catalog.records.comparable import Comparable
from catalog.records.descriptor import Descriptor
from catalog.records.trimmed import CODE_BYTES, FULL, TRIMMED, TRIMMED_BOX, TRIMMED_VERSION

KIND: Final = (TRIMMED, TRIMMED_VERSION)


@dataclass(frozen=True, slots=True)
class _View:
    """Hold a picture or its inside: x0, y0, x1, y1 in working pixels, its own code and those it asks with."""

    box: tuple[float, float, float, float]
    code: bytes
    turns: bytes

    @property
    def size(self) -> Matrix:
        return np.array([self.box[2] - self.box[0], self.box[3] - self.box[1]])


def held_codes(descriptors: Iterable[Descriptor], version: int) -> Iterator[Descriptor]:
    """Yield the descriptors, and the code of the inside as one more PDQ code of this version."""
    for descriptor in descriptors:
        yield descriptor
        if descriptor.kind == KIND and descriptor.data:
            yield Descriptor("pdq", version, PDQ_BITS, descriptor.data[TRIMMED_BOX.size :][:CODE_BYTES])


def asked_codes(descriptors: Iterable[Descriptor], version: int) -> Iterator[Descriptor]:
    """Yield the descriptors, and the turned codes of the inside as eight more PDQ codes of this version."""
    for descriptor in descriptors:
        yield descriptor
        if descriptor.kind == KIND and descriptor.data:
            yield Descriptor("pdq_turns", version, 8 * PDQ_BITS, descriptor.data[TRIMMED_BOX.size :])


def inside_hypotheses(query: Comparable, reference: Comparable) -> list[Hypothesis]:
    """Return the turns under which the inside of one picture is near by PDQ to the other, or to its inside, nearest first."""
    found = []
    for number, asked in enumerate(_views(query)):
        for place, held in enumerate(_views(reference)):
            if not number and not place:
                continue
            codes = [asked.turns[start : start + CODE_BYTES] for start in range(0, len(asked.turns), CODE_BYTES)]
            apart = distances(as_words(codes, PDQ_BITS), as_words([held.code], PDQ_BITS)[0])
            turn = int(np.argmin(apart))
            if apart[turn] <= PDQ_RADIUS:
                into = np.array([[1, 0, -asked.box[0]], [0, 1, -asked.box[1]], [0, 0, 1.0]])
                back = np.array([[1, 0, held.box[0]], [0, 1, held.box[1]], [0, 0, 1.0]])
                matrix = back @ turn_matrix(turn, asked.size, held.size) @ into
                found.append(Hypothesis(matrix, TRIMMED, 0, 0, 0.0, 0, int(apart[turn])))
    return sorted(found, key=lambda one: one.distance or 0)[:2]


def _views(picture: Comparable) -> list[_View]:
    """Return the whole picture and, where it has a border, its inside."""
    plain, turns, trimmed = (picture.descriptor(name) for name in ("pdq", "pdq_turns", TRIMMED))
    if plain is None or turns is None or plain.version != turns.version:
        return []
    width, height = working_size(picture.width, picture.height)
    views = [_View((0.0, 0.0, width, height), plain.data, turns.data)]
    if trimmed is not None and trimmed.kind == KIND and trimmed.data:
        x0, y0, x1, y1 = (edge / FULL for edge in TRIMMED_BOX.unpack(trimmed.data[: TRIMMED_BOX.size]))
        codes = trimmed.data[TRIMMED_BOX.size :]
        views.append(_View((x0 * width, y0 * height, x1 * width, y1 * height), codes[:CODE_BYTES], codes))
    return views
