"""Where two registered pictures differ: does another picture stand in the same frame, or was something laid over one of them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.appearance import Registered
from catalog.matching.patches import differing_samples
from catalog.matching.registration import Floats

# From so many grey levels on, tones matched, two pictures differ, and never below so many times what they differ by where they
# agree.
DIFFER: Final = (25.0, 4.0)
# Samples: places that lie no farther apart are one piece, thinner ones are none; smaller ones than this share of the overlap
# are left out.
TOGETHER: Final = 7
THINNEST: Final = 5
LEAST_PIECE: Final = 0.005
# Samples: an outline so near to the rim of the overlap does not count, and fewer of it do not tell.
RIM: Final = 3
LEAST_OUTLINE: Final = 20
# The step across a line is that between the samples so far to either side, both a little softened. It is averaged along so many
# samples: texture goes up and down there, a seam does not. What is inside is softened by the second number to know the way.
ACROSS: Final = 2.5
SOFTENED: Final = (0.8, 2.0)
ALONG: Final = 15
# Samples inwards: the outline is a sample wrong; lines beside it, inside and outside, tell how great steps are without a seam.
NEAR: Final = (-1.0, 0.0, 1.0)
BESIDE: Final = (-12.0, -9.0, -6.0, 6.0, 9.0, 12.0)
# Grey levels added to mean steps, so that little against nothing is not much.
GROUND: Final = 2.0


@dataclass(frozen=True, slots=True)
class Replaced:
    """Hold what is known of the pieces where two registered pictures differ.

    `share` (0-1) is their share of the overlap, holes filled. A seam runs along their outlines where steps across are greater
    than beside; `one_sided` is how much greater that ratio is in the one picture than in the other, natural logarithm, 0 or
    more: what is laid over a copy has a seam in one of the two, a window with another picture in it has its own in both.
    """

    share: float = 0.0
    one_sided: float = 0.0


def replaced_part(both: Registered) -> Replaced:
    """Measure the pieces where two registered pictures differ, and how their outlines show in each."""
    differs = cv2.morphologyEx(differing_samples(both, *DIFFER), cv2.MORPH_CLOSE, np.ones((TOGETHER, TOGETHER), np.uint8))
    differs = cv2.morphologyEx(differs, cv2.MORPH_OPEN, np.ones((THINNEST, THINNEST), np.uint8))
    found, _ = cv2.findContours(differs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    least = LEAST_PIECE * both.mask.sum()
    outlines = [outline[:, 0].astype(np.intp) for outline in found if cv2.contourArea(outline) >= least]
    filled = np.zeros(differs.shape, np.uint8)
    cv2.drawContours(filled, [places.astype(np.int32) for places in outlines], -1, (1,), cv2.FILLED)
    share = float(filled[both.mask].mean())
    inner = np.zeros_like(both.mask)
    inner[RIM:-RIM, RIM:-RIM] = both.mask[RIM:-RIM, RIM:-RIM]
    counts = [inner[places[:, 1], places[:, 0]] for places in outlines]
    if sum(int(one.sum()) for one in counts) < LEAST_OUTLINE:
        return Replaced(share)
    slope = cv2.GaussianBlur(filled.astype(np.float32), (0, 0), SOFTENED[1])
    uphill = np.stack([cv2.Sobel(slope, cv2.CV_32F, *axis) for axis in ((1, 0), (0, 1))], axis=2, dtype=np.float32)
    lines = [_Line(places, uphill, count) for places, count in zip(outlines, counts, strict=True)]
    own, other = (_seam(luma, lines) for luma in (both.luma, both.expected))
    return Replaced(share, float(abs(np.log(own / other))))


class _Line:
    """Hold an outline, (n, 2) samples, which of them count, and the way inwards at each, (n, 2) of length 1."""

    def __init__(self, places: NDArray[np.integer], uphill: Floats, counts: NDArray[np.bool_]) -> None:
        inwards = uphill[places[:, 1], places[:, 0]]
        self.inwards = inwards / np.maximum(np.hypot(inwards[:, 0], inwards[:, 1]), np.float32(1e-6))[:, None]
        self.places = places.astype(np.float32)
        self.counts = counts

    def steps(self, luma: Floats, moved: float) -> Floats:
        """Return the steps across the line moved inwards by so many samples, averaged along it, where they count."""
        line = np.asarray(self.places + np.float32(moved) * self.inwards, dtype=np.float32)
        limits = np.array([luma.shape[1] - RIM - 1, luma.shape[0] - RIM - 1])
        counts = self.counts & (line > RIM).all(axis=1) & (line < limits).all(axis=1)
        inside, outside = (_taken(luma, line + side * ACROSS * self.inwards) for side in (1, -1))
        around = np.take(inside - outside, np.arange(-(ALONG // 2), len(line) + ALONG // 2), mode="wrap")
        return np.asarray(np.abs(np.convolve(around, np.full(ALONG, 1 / ALONG), mode="valid"))[counts], dtype=np.float32)


def _taken(luma: Floats, places: NDArray[np.floating]) -> Floats:
    """Return the grey level at each of (n, 2) places, across and down."""
    across, down = (np.ascontiguousarray(places[:, axis], dtype=np.float32) for axis in (0, 1))
    return np.asarray(cv2.remap(luma, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[:, 0], dtype=np.float32)


def _seam(luma: Floats, lines: Sequence[_Line]) -> float:
    """Return how much greater the steps across outlines are than beside them, as a ratio: about 1 where there is no seam."""
    softened = np.asarray(cv2.GaussianBlur(luma, (0, 0), SOFTENED[0]), dtype=np.float32)
    near, beside = (
        [float(steps.mean()) for moved in moves if len(steps := np.concatenate([line.steps(softened, moved) for line in lines]))]
        for moves in (NEAR, BESIDE)
    )
    return (max(near, default=0.0) + GROUND) / (float(np.mean(beside or [0.0])) + GROUND)
