"""Templates: what many unrelated photos share at one place of the picture, so that it does not link them.

A template is a function of a set of photos and of nothing else: neither their order nor what was decided before changes it. It
is found where the same local features stand at the same place in several pictures whose other places were looked at and differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.matching.points import POINT_DTYPE
from catalog.records.local_points import ANGLE_STEPS_PER_TURN, SCALE_STEPS_PER_OCTAVE
from catalog.records.template import TEMPLATE_VERSION, Room, Template

Packed = NDArray[np.void]
# Two points are the same one: this near as a share of width and height, in octaves, in turns, in bits of 256.
NEAR: Final = 0.012
NEAR_OCTAVES: Final = 0.25
NEAR_TURN: Final = 0.05
NEAR_BITS: Final = 70
# Pictures are laid over each other as they are: their proportions may differ by this factor.
NEAR_ASPECT: Final = 0.03
# A point belongs to a template when it stands in so many other pictures that are unrelated to its own; a template has so many.
LEAST_OTHERS: Final = 4
LEAST_POINTS: Final = 10
# Pictures are unrelated where at least this share of them has no point in common and its fine tones do not correlate.
LEAST_DIFFERING: Final = 0.2
MOST_CORRELATION: Final = 0.3
LEAST_TEXTURE: Final = 3.0
CELLS: Final = 8
# A picture carries a template when it has this share of its points: one full of detail keeps fewer of its 300 for the frame.
# Of 22 samples the fewest had 0.53 of a frame and 0.39 of a banner; a small logo is not found in all (docs/matching.md).
CARRIED: Final = 0.3
# What is compared beside a template must be this share of the picture, else the template is the picture.
LEAST_ROOM: Final = 0.2
ROOM_GRID: Final = 32
ROOM_MARGIN: Final = 0.015
# Pictures that are compared with one another at a time, by their digests in order: templates that a thousand carry are in twenty.
SAMPLE: Final = 20
TONES: Final = 64


@dataclass(frozen=True, slots=True)
class Framed:
    """Hold what a template is looked for in: packed points, width over height, and (64, 64) tones of the whole picture."""

    sha256: str
    points: bytes
    aspect: float
    tones: NDArray[np.uint8]


def tones_of(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the (64, 64) grey tones of an (h, w, 3) picture, whatever its proportions."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, (TONES, TONES), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def find_templates(pictures: Sequence[Framed]) -> tuple[tuple[Template, tuple[str, ...]], ...]:
    """Return the templates of a set of pictures that may share one, each with the digests of its carriers, in their order."""
    left = sorted(pictures, key=lambda one: one.sha256)
    found: list[tuple[Template, tuple[str, ...]]] = []
    while template := _template(left[:SAMPLE]) if len(left) > LEAST_OTHERS else None:
        carriers = tuple(one.sha256 for one in left if carries(one.points, one.aspect, template))
        known = Template(
            template.digest, template.version, template.points, template.aspect, template.room, len(carriers)
        )  # fmt: skip
        found.append((known, carriers))
        left = [one for one in left if one.sha256 not in set(carriers)]
    return tuple(found)


def carries(points: bytes, aspect: float, template: Template) -> bool:
    """Tell whether a picture, given its packed points and its width over height, carries a template."""
    own, wanted = np.frombuffer(points, dtype=POINT_DTYPE), np.frombuffer(template.points, dtype=POINT_DTYPE)
    if not len(own) or abs(np.log(aspect / template.aspect)) > NEAR_ASPECT:
        return False
    return bool(_shared(wanted, own).mean() >= CARRIED)


def carried_by_both(
    first: tuple[bytes, float], second: tuple[bytes, float], templates: Sequence[Template]
) -> Template | None:  # fmt: skip
    """Return the first template, by digest, that two pictures carry, each given by its packed points and width over height."""
    for template in sorted(templates, key=lambda one: one.digest):
        if carries(*first, template) and carries(*second, template):
            return template
    return None


def beside_template(points: bytes, aspect: float, templates: Sequence[Template]) -> bytes:
    """Return a picture's packed points without those that lie outside the room of a template it carries."""
    for template in templates:
        if carries(points, aspect, template):
            own = np.frombuffer(points, dtype=POINT_DTYPE)
            left, top, right, bottom = (share * 65535 for share in template.room)
            inside = (own["x"] >= left) & (own["x"] <= right) & (own["y"] >= top) & (own["y"] <= bottom)
            points = own[inside].tobytes()
    return points


def _template(sample: Sequence[Framed]) -> Template | None:
    """Return the template of a sample that most of it carries; of equal ones that of the first picture."""
    points = [np.frombuffer(one.points, dtype=POINT_DTYPE) for one in sample]
    others = [np.zeros(len(own), dtype=np.int32) for own in points]
    for first, second in combinations(range(len(sample)), 2):
        if abs(np.log(sample[first].aspect / sample[second].aspect)) > NEAR_ASPECT:
            continue
        here = _shared(points[first], points[second])
        there = _shared(points[second], points[first])
        if here.sum() >= LEAST_POINTS and _differ(sample[first], sample[second], points[first][here]):
            others[first] += here
            others[second] += there
    best: Template | None = None
    for one, own, count in zip(sample, points, others, strict=True):
        kept = own[count >= max(LEAST_OTHERS, count.max(initial=0) / 2)]
        room = _room(kept, one.aspect) if len(kept) >= LEAST_POINTS else None
        if room is not None and (best is None or kept.nbytes > len(best.points)):
            digest = hashlib.sha256(kept.tobytes()).hexdigest()
            best = Template(digest, TEMPLATE_VERSION, kept.tobytes(), one.aspect, room, 0)
    return best


def _shared(own: Packed, other: Packed) -> NDArray[np.bool_]:
    """Tell of each point whether the other picture has the same one at the same place."""
    near = NEAR * 65535
    off_x = np.abs(own["x"][:, None].astype(np.int32) - other["x"][None, :].astype(np.int32))
    off_y = np.abs(own["y"][:, None].astype(np.int32) - other["y"][None, :].astype(np.int32))
    rows, columns = np.nonzero((off_x <= near) & (off_y <= near))
    growth = np.abs(own["scale"][rows].astype(np.int32) - other["scale"][columns].astype(np.int32))
    turn = np.abs(own["angle"][rows].astype(np.int32) - other["angle"][columns].astype(np.int32))
    turn = np.minimum(turn, ANGLE_STEPS_PER_TURN - turn)
    bits = np.bitwise_count(own["code"][rows] ^ other["code"][columns]).sum(axis=1, dtype=np.int32)
    same = (growth <= NEAR_OCTAVES * SCALE_STEPS_PER_OCTAVE) & (turn <= NEAR_TURN * ANGLE_STEPS_PER_TURN) & (bits <= NEAR_BITS)
    found = np.zeros(len(own), dtype=np.bool_)
    found[rows[same]] = True
    return found


def _differ(first: Framed, second: Framed, shared: Packed) -> bool:
    """Tell whether two pictures were seen to differ where they share no point: it is not enough that nothing is there."""
    cells = np.zeros((CELLS, CELLS), dtype=np.bool_)
    cells[shared["y"].astype(np.intp) * CELLS // 65536, shared["x"].astype(np.intp) * CELLS // 65536] = True
    outside = ~np.kron(cells, np.ones((TONES // CELLS, TONES // CELLS), dtype=np.bool_))
    one, other = (_fine(picture.tones)[outside] for picture in (first, second))
    if outside.mean() < LEAST_DIFFERING or min(one.std(), other.std()) < LEAST_TEXTURE:
        return False
    return bool(abs(np.corrcoef(one, other)[0, 1]) <= MOST_CORRELATION)


def _fine(tones: NDArray[np.uint8]) -> NDArray[np.float32]:
    grey = tones.astype(np.float32)
    return np.asarray(grey - cv2.blur(grey, (9, 9)), dtype=np.float32)


def _room(points: Packed, aspect: float) -> Room | None:
    """Return the largest rectangle without any of the points and what they look at; None where too little is left."""
    reach = 2.0 ** (points["scale"].astype(np.float64) / -SCALE_STEPS_PER_OCTAVE) * 1.5
    across, down = reach * max(1.0, 1 / aspect), reach * max(1.0, aspect)
    x, y = points["x"] / 65535, points["y"] / 65535
    taken = np.zeros((ROOM_GRID, ROOM_GRID), dtype=np.bool_)
    for left, right, top, bottom in zip(x - across, x + across, y - down, y + down, strict=True):
        low_x, high_x = (int(np.clip(edge * ROOM_GRID, 0, ROOM_GRID - 1)) for edge in (left, right))
        low_y, high_y = (int(np.clip(edge * ROOM_GRID, 0, ROOM_GRID - 1)) for edge in (top, bottom))
        taken[low_y : high_y + 1, low_x : high_x + 1] = True
    area, (left, top, right, bottom) = max(_free(taken), default=(0, (0, 0, 0, 0)))
    if area < LEAST_ROOM * ROOM_GRID * ROOM_GRID:
        return None

    def inner(low: int, high: int) -> tuple[float, float]:
        # What borders on the template is shared too, by its edge; the picture's own edge is not.
        low_edge = low / ROOM_GRID + ROOM_MARGIN if low else 0.0
        return low_edge, high / ROOM_GRID - ROOM_MARGIN if high < ROOM_GRID else 1.0

    (x0, x1), (y0, y1) = inner(left, right), inner(top, bottom)
    return x0, y0, x1, y1


def _free(taken: NDArray[np.bool_]) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Yield free rectangles with their areas, the largest among them: for every pair of rows the longest free run of columns."""
    for top in range(ROOM_GRID):
        blocked = np.zeros(ROOM_GRID, dtype=np.bool_)
        for bottom in range(top + 1, ROOM_GRID + 1):
            blocked |= taken[bottom - 1]
            edges = np.flatnonzero(np.concatenate([[True], blocked, [True]]))
            runs = np.diff(edges) - 1
            widest = int(np.argmax(runs))
            if runs[widest] > 0:
                left = int(edges[widest])
                yield int(runs[widest]) * (bottom - top), (left, top, left + int(runs[widest]), bottom)
