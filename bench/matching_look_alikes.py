"""What only looks alike: burst frames and crops before one wall called copies, and how exactly transforms are found.

All pictures are drawn, so that what is true is known. Nothing is read or written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, share_of
from bench.matching_vocabulary import SIDE, drawn_picture
from catalog.descriptors.plainness import is_plain
from catalog.descriptors.registry import describe
from catalog.imaging import ReducedPicture, encode_preview
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable
from catalog.records.match import Verification

Grey = NDArray[np.uint8]
PICTURES = 60
# The corners of a transform may be off by this share of the diagonal.
CORNERS = 0.02
GRAIN = 2.5
BRICK = 60
SUBJECT = 110
FIGURES_MOVED = 4


def made_comparable(grey: Grey) -> Comparable:
    """Return a drawn picture in the form that verification takes, once saved as a JPEG on the way."""
    _, saved = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 85])
    read = cv2.imdecode(saved, cv2.IMREAD_GRAYSCALE)
    rgb = np.repeat(np.asarray(read, dtype=np.uint8)[:, :, None], 3, axis=2)
    picture = ReducedPicture(rgb, rgb.shape[1], rgb.shape[0], 1, 1, "image/jpeg", ())
    content = saved.tobytes()
    return Comparable(
        hashlib.sha256(content).hexdigest(), None, len(content), picture.width, picture.height, is_plain(picture),
        describe(picture), encode_preview(picture),
    )  # fmt: skip


def _grained(picture: NDArray[np.float32], random: np.random.Generator) -> Grey:
    return np.clip(picture + random.normal(0, GRAIN, picture.shape), 0, 255).astype(np.uint8)


def burst(random: np.random.Generator) -> tuple[Grey, Grey]:
    """Draw two frames of one scene: the camera went aside by a little, people moved, the grain is another."""
    ground, people = drawn_picture(random), drawn_picture(random)
    corners = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], dtype=np.float32)
    aside = cv2.getPerspectiveTransform(corners, (corners + random.uniform(-9, 9, (4, 2))).astype(np.float32))
    frames = [
        ground.astype(np.float32),
        np.asarray(cv2.warpPerspective(ground, aside, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT), dtype=np.float32),
    ]
    for _ in range(FIGURES_MOVED):
        centre, radius = random.uniform(90, SIDE - 90, 2), int(random.uniform(35, 70))
        for frame, place in zip(frames, (centre, centre + random.uniform(25, 60, 2) * random.choice([-1, 1], 2)), strict=True):
            shape = np.zeros((SIDE, SIDE), dtype=np.uint8)
            at = (int(place[0]), int(place[1]))
            cv2.ellipse(shape, at, (radius // 2, radius), random.uniform(-15, 15), 0, 360, (1,), -1)
            shift = np.array([[1, 0, place[0] - centre[0]], [0, 1, place[1] - centre[1]]], dtype=np.float64)
            moved = cv2.warpAffine(people, shift, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT)
            np.copyto(frame, moved, where=shape > 0, casting="unsafe")
    return _grained(frames[0], random), _grained(frames[1], random)


def before_one_wall(random: np.random.Generator) -> tuple[Grey, Grey]:
    """Draw two different heads before one brick wall, the camera where it was."""
    brick = drawn_picture(random)[:BRICK, : 2 * BRICK].astype(np.float32)
    brick[:4], brick[:, :4] = 200, 200
    rows = [
        np.roll(np.tile(brick, (1, SIDE // (2 * BRICK) + 1))[:, :SIDE], BRICK * (row % 2), axis=1) for row in range(SIDE // BRICK)
    ]
    wall = np.concatenate(rows)
    pictures = []
    for _ in range(2):
        picture, head = wall.copy(), drawn_picture(random)
        shape = np.zeros(wall.shape, dtype=np.uint8)
        cv2.ellipse(shape, (SIDE // 2, SIDE // 2), (SUBJECT, int(1.3 * SUBJECT)), 0, 0, 360, (1,), -1)
        np.copyto(picture, head[: wall.shape[0]], where=shape > 0, casting="unsafe")
        pictures.append(_grained(picture, random))
    return pictures[0], pictures[1]


def face_crop(picture: Grey) -> Grey:
    """Cut the head out, with some of the wall around it."""
    middle, reach = SIDE // 2, int(1.45 * SUBJECT)
    return picture[middle - reach : middle + reach, middle - reach : middle + reach]


def changed(random: np.random.Generator) -> tuple[Grey, Grey, NDArray[np.float64]]:
    """Draw a picture and a turned, enlarged, tilted region of it; return that, the picture and the transform between them."""
    picture = drawn_picture(random)
    turn, zoom = random.uniform(-0.5, 0.5), random.uniform(0.7, 1.6)
    linear = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) / zoom
    middle = np.array([SIDE / 2, SIDE / 2])
    matrix = np.eye(3)
    matrix[:2, :2], matrix[:2, 2] = linear, middle + random.uniform(-60, 60, 2) - linear @ middle
    matrix[2, :2] = random.uniform(-1e-4, 1e-4, 2)
    matrix = matrix / (matrix[2] @ [SIDE / 2, SIDE / 2, 1])
    taken = cv2.warpPerspective(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.asarray(taken, dtype=np.uint8), picture, matrix


def corner_error(found: tuple[float, ...], right: NDArray[np.float64]) -> float:
    """Return how far the farthest corner lands from where it should, as a share of the diagonal."""
    corners = np.array([[0, 0, 1], [SIDE, 0, 1], [SIDE, SIDE, 1], [0, SIDE, 1]], dtype=np.float64)
    one, other = corners @ np.array(found).reshape(3, 3).T, corners @ right.T
    return float(np.hypot(*(one[:, :2] / one[:, 2:] - other[:, :2] / other[:, 2:]).T).max() / np.hypot(SIDE, SIDE))


def is_accepted(query: Grey, reference: Grey) -> bool:
    """Tell whether the pair is accepted as a copy or a part."""
    return any(found.is_match for found in verify(made_comparable(query), made_comparable(reference)))


def run(folder: Path, pictures: int = PICTURES) -> Iterator[Figure]:
    """Verify so many pairs of every kind."""
    random = np.random.default_rng(23)
    called = [is_accepted(*burst(random)) for _ in range(pictures)]
    yield share_of("burst frames called copies", sum(called), pictures, "at most", 0.01)
    walls = [before_one_wall(random) for _ in range(pictures)]
    own = [is_accepted(face_crop(first), first) for first, _ in walls]
    others = [is_accepted(face_crop(first), second) for first, second in walls]
    yield share_of("crops of a head before a wall found in their photo", sum(own), pictures, "at least", 0.9)
    yield share_of("the same accepted as another head's photo", sum(others), pictures, "at most")
    errors = []
    for _ in range(pictures):
        query, reference, right = changed(random)
        best: Verification = verify(made_comparable(query), made_comparable(reference))[0]
        if best.is_match and best.transform is not None:
            errors.append(corner_error(best.transform, right))
    exact = sum(error <= CORNERS for error in errors)
    yield share_of("turned, enlarged and tilted copies accepted", len(errors), pictures)
    yield share_of(f"of these, corners within {CORNERS:.0%} of the diagonal", exact, len(errors), "at least", 0.95)
    yield Figure("median corner error", f"{100 * float(np.median(errors)):.2f} % of the diagonal")
