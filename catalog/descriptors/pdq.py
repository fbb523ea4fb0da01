"""PDQ, the 256-bit hash that hash-sharing programmes speak, and its forms under the eight turns and mirrors.

After Facebook's description, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm"
(https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf): two box filters a side, 64 x 64 samples, the
16 x 16 lowest cosine frequencies above the constant one, bits by comparison with their median. All steps before the
comparison are linear and separable, so that they are one matrix from the left and one from the right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.shrunk import Picture
from catalog.records.descriptor import Descriptor

# The size that local features ask for too: one shrink and one grey picture serve every algorithm.
BOX: Final = 640
SAMPLES: Final = 64
FREQUENCIES: Final = 16
# The filter's window is a 128th of the side, rounded up: two passes of it leave about two samples of 64 a window.
WINDOW_DIVISOR: Final = 128
LUMA: Final = np.array([0.299, 0.587, 0.114], dtype=np.float32)
# Quality is the sum of whole-number steps, in percent of white, between neighbouring samples, divided by this.
QUALITY_DIVISOR: Final = 90

# The eight variants in the order in which they are packed: (transpose, then mirror left to right, then upside down).
TURNS: Final[tuple[tuple[bool, bool, bool], ...]] = tuple(
    (transpose, across, down) for transpose in (False, True) for down in (False, True) for across in (False, True)
)


@lru_cache(maxsize=256)
def _sampling(side: int) -> NDArray[np.float32]:
    """Return the (64, side) matrix that filters a line of `side` values twice and takes 64 of them."""
    window = (side + WINDOW_DIVISOR - 1) // WINDOW_DIVISOR
    right = (window + 2) // 2 - 1
    left = window - 1 - right
    position = np.arange(side)
    low, high = np.maximum(position - left, 0), np.minimum(position + right, side - 1)
    once = ((position >= low[:, None]) & (position <= high[:, None])).astype(np.float64)
    once /= once.sum(axis=1, keepdims=True)
    taken = ((np.arange(SAMPLES) + 0.5) * side / SAMPLES).astype(np.intp)
    return np.asarray(once[taken] @ once, dtype=np.float32)


def _cosines() -> NDArray[np.float32]:
    """Return the (16, 64) cosine transform without its constant row."""
    frequency = np.arange(1, FREQUENCIES + 1)[:, None]
    place = 2 * np.arange(SAMPLES)[None, :] + 1
    return np.asarray(np.sqrt(2 / SAMPLES) * np.cos(np.pi / (2 * SAMPLES) * frequency * place), dtype=np.float32)


COSINES: Final = _cosines()


@lru_cache(maxsize=256)
def _lowest(side: int) -> NDArray[np.float32]:
    """Return the (16, side) matrix that takes a line to its lowest frequencies."""
    return np.asarray(COSINES @ _sampling(side), dtype=np.float32)


def _luma(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (h, w) float32 luma of a grey or a colour picture."""
    wide = picture.astype(np.float32)
    return np.asarray(wide @ LUMA if picture.ndim == 3 else wide, dtype=np.float32)


def _samples(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    luma = _luma(picture)
    height, width = luma.shape
    return np.asarray(_sampling(height) @ luma @ _sampling(width).T, dtype=np.float32)


def _code(frequencies: NDArray[np.float32]) -> bytes:
    """Pack 16 x 16 frequencies as the reference prints them: the last one is the most significant bit."""
    median = np.partition(frequencies, FREQUENCIES * FREQUENCIES // 2 - 1, axis=None)[FREQUENCIES * FREQUENCIES // 2 - 1]
    return np.packbits((frequencies > median).reshape(-1)[::-1]).tobytes()


def pdq_codes(picture: NDArray[np.uint8]) -> tuple[bytes, ...]:
    """Return the eight 32-byte codes of an (h, w, 3) or grey (h, w) uint8 picture, those of TURNS in order, the first its own.

    Sides below 64 are allowed; samples then repeat.
    """
    luma = _luma(picture)
    # Windows of an even width are not symmetric, so a mirrored picture is sampled anew: one product gives all four.
    from_left, from_right = (np.concatenate([half, half[:, ::-1]]) for half in map(_lowest, luma.shape))
    every = (from_left @ luma @ from_right.T).reshape(2, FREQUENCIES, 2, FREQUENCIES)
    codes = []
    for transpose, across, down in TURNS:
        turned = every[int(across), :, int(down)].T if transpose else every[int(down), :, int(across)]
        codes.append(_code(np.asarray(turned, dtype=np.float32)))
    return tuple(codes)


def pdq_quality(picture: NDArray[np.uint8]) -> int:
    """Return PDQ's quality of an (h, w, 3) or grey (h, w) uint8 picture, 0 for one tone to 100 for plenty of detail."""
    samples = _samples(picture)
    steps = sum(int(np.abs(np.trunc(np.diff(samples, axis=axis) * 100 / 255)).sum()) for axis in (0, 1))
    return min(100, steps // QUALITY_DIVISOR)


@dataclass(frozen=True, slots=True)
class PdqAlgorithm:
    """Reduce a picture to PDQ's 256 bits, from the grey picture at a box of 640."""

    name: str = "pdq"
    version: int = 2
    bits: int = 256

    def describe(self, picture: Picture) -> Descriptor:
        """Hash the picture as it stands."""
        return Descriptor(self.name, self.version, self.bits, pdq_codes(picture.grey(BOX))[0])


@dataclass(frozen=True, slots=True)
class PdqTurnsAlgorithm:
    """Reduce a picture to the PDQ codes of its eight turns and mirrors, end to end in the order of TURNS.

    They are what a query asks with, so that a mirrored or turned copy is found by the plain code of the reference.
    """

    name: str = "pdq_turns"
    version: int = 2
    bits: int = 2048

    def describe(self, picture: Picture) -> Descriptor:
        """Hash the picture eight times; the first 256 bits are its plain code."""
        return Descriptor(self.name, self.version, self.bits, b"".join(pdq_codes(picture.grey(BOX))))


PDQ: Final = PdqAlgorithm()
PDQ_TURNS: Final = PdqTurnsAlgorithm()
