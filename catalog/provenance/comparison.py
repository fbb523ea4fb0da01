"""Two registered pictures laid over each other: what the one has that the other lacks, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.provenance.bars import bars
from catalog.provenance.laid_over import differing_region, edge_step
from catalog.provenance.tones import tone_curve, toned
from catalog.provenance.views import Matrix, Plane, View, density, inverted, project, sample

# The frame both are laid on: large enough to see overlaid letters, small enough for a few milliseconds a pair.
FRAME_PIXELS = 192
_BLOCK = 8
# Colours are held against those of the same sixteenth of the scale.
LEVELS = 16
# So much of a picture, textured, that the other lacks is no rounding of the map.
UNEXPLAINED = 0.08
# Steps along a cut that are this many times as large as elsewhere say that something else begins there: a page, another
# picture. Where they are smaller the picture goes on across the cut.
SEAM = 2.0
# Of a bar that was cut away the edge may still be shown, mixed into the last line.
_SHOWN_OF_BAR = 0.1

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what one picture of a pair shows where the other is laid over it, and where it is not.

    `covered` is the share of this picture that the other one explains. `bare_flat` and `bare_textured` are the shares that it
    does not, plain (borders, bars) and not. `bare_seam` is the mean luma step where the bare part begins, against steps
    nearby (1: the picture goes on). `bare_bar` is the share of this picture that is a bar along an edge, of which the other shows
    nothing. `residual` is what is left of this picture, in levels, when it is made from the other by
    the best curve of tones; `trimmed` the same without the worst 15 %. `residual_energy` is `residual` as a share of this
    picture's own variation. `detail` is its fine detail in the common frame. `odd_step` is the mean luma step along the edge of
    where the two show different things, against steps elsewhere, at least 1 (1: the picture goes on, or nothing is known).
    `colour` is the mean chroma where both show the same; `hues` how far its chroma lies from the mean of its level there, in
    levels, without the worst 15 %: none in a grey or toned picture. `clipped` is the share of it at the ends of the scale.
    """

    covered: float
    bare_flat: float
    bare_textured: float
    bare_seam: float
    bare_bar: float
    residual: float
    trimmed: float
    residual_energy: float
    detail: float
    odd_step: float
    colour: float
    hues: float
    clipped: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold a pair laid over each other.

    `enlargement` is the pixels of the second picture that one pixel of the first spans, as a length. `odd` is the share of
    the common region, 0–1, where the two show different things. `agreement` is the correlation of the two lumas there.
    `tone_step` and `colour_step` are how far luma and chroma lie apart there as they stand, in levels, before any curve of
    tones is fitted.
    """

    first: Side
    second: Side
    enlargement: float
    is_mirrored: bool
    odd: float
    agreement: float
    tone_step: float
    colour_step: float

    @property
    def is_of_two_crops(self) -> bool:
        """Tell whether each shows a part of the scene that the other lacks, so that neither can be made from the other."""
        sides = (self.first, self.second)
        return all(side.bare_textured >= UNEXPLAINED and side.bare_seam <= SEAM for side in sides)

    @property
    def is_whole_of_part(self) -> bool:
        """Tell whether the second goes on beyond the first, in more than plain ground, and the first nowhere beyond it."""
        goes_on = self.second.bare_textured >= UNEXPLAINED and self.second.bare_seam <= SEAM
        return goes_on and 1 - self.first.covered < UNEXPLAINED

    def reversed(self) -> Comparison:
        """Return the same comparison with first and second exchanged."""
        return replace(self, first=self.second, second=self.first, enlargement=1 / max(self.enlargement, 1e-6))


def compare(first: View, second: View, transform: Matrix) -> Comparison | None:
    """Compare two pictures; `transform` maps pixels of the first to pixels of the second.

    Returns None where the two do not overlap by at least 16 × 16 frame pixels.
    """
    frame = _frame(first, second, transform)
    if frame is None:
        return None
    to_first, to_second, height, width = frame
    luma_first, in_first = sample(first, to_first, height, width)
    luma_second, in_second = sample(second, to_second, height, width)
    both = in_first & in_second
    if both.sum() < 256:
        return None
    left, right = luma_first[0], luma_second[0]
    made_second, made_first = _by_tones(left, right, both), _by_tones(right, left, both)
    gap_second, gap_first = np.abs(right - made_second), np.abs(left - made_first)
    odd = _odd_blocks(gap_first, gap_second, both)
    region = differing_region(np.minimum(gap_first, gap_second), odd, both)
    same = both & ~odd if (both & ~odd).sum() >= 256 else both
    samples = _samples(first, to_first, height, width, region), _samples(second, to_second, height, width, region)
    colours = tuple((planes[1:], inside) for planes, inside in samples)
    centre_x, centre_y = (first.width - 1) / 2, (first.height - 1) / 2
    return Comparison(
        first=_side(first, inverted(transform), second, left, gap_first, both, same, region, samples[0]),
        second=_side(second, transform, first, right, gap_second, both, same, region, samples[1]),
        enlargement=density(transform, *_common_centre(to_first, height, width, (centre_x, centre_y))),
        is_mirrored=bool(np.linalg.det(transform[:2, :2]) < 0),
        odd=float((odd & both).sum() / both.sum()),
        agreement=_correlation(left[same], right[same]),
        tone_step=float(np.abs(left[same] - right[same]).mean()),
        colour_step=_colour_step(colours[0], colours[1]),
    )


def _common_centre(to_first: Matrix, height: int, width: int, fallback: tuple[float, float]) -> tuple[float, float]:
    point = to_first @ np.array([width / 2, height / 2, 1.0])
    return (float(point[0] / point[2]), float(point[1] / point[2])) if abs(point[2]) > 1e-9 else fallback


def _frame(first: View, second: View, transform: Matrix) -> tuple[Matrix, Matrix, int, int] | None:
    """Return maps from a common frame to both pictures and its height and width: the overlap's box in the second picture."""
    outline = _outline(first.width, first.height)
    mapped = transform @ outline
    if (mapped[2] <= 1e-9).any():
        return None
    x, y = mapped[0] / mapped[2], mapped[1] / mapped[2]
    x = x.clip(-0.5, second.width - 0.5)
    y = y.clip(-0.5, second.height - 0.5)
    span_x, span_y = float(x.max() - x.min()), float(y.max() - y.min())
    if min(span_x, span_y) < 8:
        return None
    finest_second = float(np.sqrt(second.scale[0] * second.scale[1]))
    middle = np.array([(x.max() + x.min()) / 2, (y.max() + y.min()) / 2, 1.0])
    back = inverted(transform)
    finest_first = density(back, middle[0], middle[1]) * float(np.sqrt(first.scale[0] * first.scale[1]))
    step = max(max(span_x, span_y) / FRAME_PIXELS, 1 / max(finest_second, 1e-6), 1 / max(finest_first, 1e-6))
    width, height = max(1, round(span_x / step)), max(1, round(span_y / step))
    if min(width, height) < 16:
        return None
    sx, sy = span_x / width, span_y / height
    to_second = np.array([[sx, 0, x.min() + sx / 2], [0, sy, y.min() + sy / 2], [0, 0, 1.0]])
    return back @ to_second, to_second, height, width


def _outline(width: int, height: int) -> Matrix:
    right, low = width - 0.5, height - 0.5
    return np.array([[-0.5, right, right, -0.5], [-0.5, -0.5, low, low], [1.0, 1.0, 1.0, 1.0]])


def _by_tones(given: Plane, wanted: Plane, mask: Mask) -> Plane:
    """Return `wanted` as made from `given` by the best curve of tones: the mean wanted level of each given level."""
    curve = tone_curve(given[mask], wanted[mask], least=1e-6)
    return given if curve is None else toned(given, curve)


def _odd_blocks(gap_first: Plane, gap_second: Plane, both: Mask) -> Mask:
    """Return where whole blocks differ far more than the two differ as a rule: something was laid over one of them."""
    gap = np.minimum(gap_first, gap_second)
    height, width = gap.shape
    rows, columns = height // 4, width // 4
    cut = gap[: rows * 4, : columns * 4].reshape(rows, 4, columns, 4).mean((1, 3))
    known = both[: rows * 4, : columns * 4].reshape(rows, 4, columns, 4).all((1, 3))
    if not known.any():
        return np.zeros_like(both)
    usual = float(np.median(cut[known]))
    odd = np.zeros_like(both)
    odd[: rows * 4, : columns * 4] = np.repeat(np.repeat((cut > max(18.0, 4 * usual)) & known, 4, 0), 4, 1)
    return odd


def _samples(view: View, to_full: Matrix, height: int, width: int, region: Mask) -> tuple[Plane, Mask]:
    """Return luma and the two colour differences of every fourth pixel of the frame, and which tell of the picture's colours.

    They lie inside it and outside the region in which the pair shows different things: a red bar gives a grey picture no colour.
    """
    step = np.diag([4.0, 4.0, 1.0])
    planes, inside = sample(view, to_full @ step, max(1, height // 4), max(1, width // 4), planes=3)
    alike = inside & ~region[::4, ::4][: inside.shape[0], : inside.shape[1]]
    return planes, alike if alike.sum() >= LEVELS else inside


def _chroma(colours: Plane) -> float:
    """Return the mean distance from grey of pixels in a row."""
    return float(np.abs(colours).mean()) if colours.size else 0.0


def _hues(luma: NDArray[np.float32], colours: Plane) -> float:
    """Return the mean distance of colours from those usual at their luma, without the worst 15 %; pixels in a row."""
    if luma.size < LEVELS:
        return 0.0
    level = (luma.clip(0, 255) / 256 * LEVELS).astype(np.intp)
    count = np.maximum(np.bincount(level, minlength=LEVELS), 1)
    usual = np.stack([np.bincount(level, plane, LEVELS) / count for plane in colours])
    apart = np.abs(colours - usual[:, level]).mean(0)
    most = max(1, int(apart.size * 0.85))
    return float(np.partition(apart, most - 1)[:most].mean())


def _colour_step(first: tuple[Plane, Mask], second: tuple[Plane, Mask]) -> float:
    """Return the mean distance of the two colours where both pictures lie, without the worst 15 %: print is no recolouring."""
    both = first[1] & second[1]
    if not both.any():
        return 0.0
    apart = np.abs(first[0][:, both] - second[0][:, both]).mean(0)
    most = max(1, int(len(apart) * 0.85))
    return float(np.partition(apart, most - 1)[:most].mean())


def _side(
    own: View,
    to_own: Matrix,
    other: View,
    luma: Plane,
    gap: Plane,
    both: Mask,
    same: Mask,
    region: Mask,
    samples: tuple[Plane, Mask],
) -> Side:
    # `to_own` maps the other's pixels to this one's.
    covered, flat, textured, seam, bar = _bare(own, inverted(to_own), other)
    residual, levels = gap[same], luma[same]
    spread = float(levels.std()) + 2.0
    most = max(1, int(len(residual) * 0.85))
    inner = same[1:-1, 1:-1]
    laplacian = np.abs(4 * luma[1:-1, 1:-1] - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:])
    planes = samples[0][:, samples[1]]
    return Side(
        covered=covered, bare_flat=flat, bare_textured=textured, bare_seam=seam, bare_bar=bar,
        residual=float(residual.mean()), trimmed=float(np.partition(residual, most - 1)[:most].mean()),
        residual_energy=float(np.square(residual).mean()) / spread**2,
        detail=float(laplacian[inner].mean()) / spread if inner.any() else 0.0,
        odd_step=edge_step(luma, region, both), colour=_chroma(planes[1:]), hues=_hues(planes[0], planes[1:]),
        clipped=float(((levels < 4) | (levels > 251)).mean()),
    )  # fmt: skip


def _bare(own: View, to_other: Matrix, other: View) -> tuple[float, float, float, float, float]:
    """Return the shares of a picture that the other explains, does not and is plain, does not and is textured; seam and bar."""
    level = own.levels[-1]
    for candidate in own.levels:
        if max(candidate.shape[1:]) <= 128:
            level = candidate
            break
    luma = level[0]
    height, width = luma.shape
    step_x, step_y = own.width / width, own.height / height
    to_own = np.array([[step_x, 0, step_x / 2 - 0.5], [0, step_y, step_y / 2 - 0.5], [0, 0, 1.0]])
    u, v, ahead = project(to_other @ to_own, height, width)
    inside = (u > -0.5) & (u < other.width - 0.5) & (v > -0.5) & (v < other.height - 0.5) & ahead
    inside = inside.reshape(height, width)
    bare = ~inside
    across = np.abs(np.diff(luma, axis=1))
    down = np.abs(np.diff(luma, axis=0))
    rough = np.zeros_like(luma)
    rough[:, :-1] += across
    rough[:-1, :] += down
    seam_across, seam_down = inside[:, 1:] != inside[:, :-1], inside[1:] != inside[:-1]
    steps = np.concatenate([across[seam_across], down[seam_down]])
    usual = np.concatenate([across[~seam_across & inside[:, 1:]], down[~seam_down & inside[1:]]])
    seam = float(steps.mean() + 1) / float(usual.mean() + 1) if steps.size >= 8 and usual.size else 1.0
    flat = float((bare & (rough < 4)).mean())
    bar = _missing_bar(own.levels[0][0], inside) if flat > 0 else 0.0
    return float(inside.mean()), flat, float(bare.mean()) - flat, seam, bar


def _missing_bar(luma: Plane, inside: Mask) -> float:
    """Return the share of a picture that bars along its edges take up of which the other picture shows nothing."""
    height, width = inside.shape
    top, bottom, left, right = bars(luma)
    rows = _gone(top, inside[: round(top * height)]) + _gone(bottom, inside[height - round(bottom * height) :])
    columns = _gone(left, inside[:, : round(left * width)]) + _gone(right, inside[:, width - round(right * width) :])
    return 1 - (1 - rows) * (1 - columns)


def _gone(share: float, shown: Mask) -> float:
    return share if shown.size and float(shown.mean()) <= _SHOWN_OF_BAR else 0.0


def _correlation(left: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    a, b = left - left.mean(), right - right.mean()
    return float((a * b).sum() / max(float(np.sqrt((a * a).sum() * (b * b).sum())), 1e-6))
