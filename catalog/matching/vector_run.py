"""Vectors of a learned model, and which of them are near another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.matching.making import Make, in_memory
from catalog.records.descriptor import Descriptor
from catalog.records.model import LearnedModel

NAME: Final = "vectors"
STORED: Final = np.dtype("<f2")
# Vectors looked at in one go: bounds memory at about 16 MB for 512 numbers each, however many there are.
LOOKED_AT_ONCE: Final = 8_192


@dataclass(frozen=True, slots=True)
class VectorRun:
    """Hold (n, length) float16 vectors of Euclidean length 1 and, by row, the number in the segment of each one's photo."""

    vectors: NDArray[np.float16]
    owner: NDArray[np.int32]

    @property
    def nbytes(self) -> int:
        """Return the bytes of both arrays."""
        return self.vectors.nbytes + self.owner.nbytes

    def near(self, vector: NDArray[np.float32], radius: float) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the photos whose vectors lie within a cosine distance (0-2) of one (length,) vector, and how far; exact."""
        owners, distances = [self.owner[:0]], [np.empty(0, dtype=np.float32)]
        for begin in range(0, len(self.vectors), LOOKED_AT_ONCE):
            span = slice(begin, begin + LOOKED_AT_ONCE)
            apart = 1 - self.vectors[span].astype(np.float32) @ vector
            rows = np.flatnonzero(apart <= radius)
            owners.append(self.owner[span][rows])
            distances.append(apart[rows])
        return np.concatenate(owners), np.concatenate(distances)


def vector_in(descriptors: Sequence[Descriptor], model: LearnedModel) -> NDArray[np.float32] | None:
    """Return the vector that a model made of a picture, None where it made none or other bytes than it must."""
    packed = next((one.data for one in descriptors if one.kind == model.kind), b"")
    return np.frombuffer(packed, dtype=STORED).astype(np.float32) if len(packed) == model.vector_bytes else None


def vector_run(held: Sequence[tuple[int, NDArray[np.float32]]], length: int, make: Make = in_memory) -> VectorRun:
    """Gather the vectors of photos, each with its number in the segment, into one run."""
    vectors, owner = make(NAME, (len(held), length), np.float16), make(f"{NAME}-owner", (len(held),), np.int32)
    for row, (number, vector) in enumerate(held):
        vectors[row], owner[row] = vector, number
    return VectorRun(vectors, owner)


def merged_vectors(first: VectorRun, second: VectorRun, shift: int, make: Make = in_memory) -> VectorRun:
    """Merge two runs; the second's photos are counted on from `shift`."""
    count = len(first.owner)
    vectors = make(NAME, (count + len(second.owner), first.vectors.shape[1]), np.float16)
    owner = make(f"{NAME}-owner", (len(vectors),), np.int32)
    vectors[:count], vectors[count:] = first.vectors, second.vectors
    owner[:count], owner[count:] = first.owner, second.owner + np.int32(shift)
    return VectorRun(vectors, owner)
