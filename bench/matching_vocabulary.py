"""Make the vocabulary of local features from drawn pictures, the same bytes every time.

The pictures are dead leaves: shapes of all sizes that hide one another, which have the edges and scales of photographs (A.
Lee, D. Mumford, J. Huang, "Occlusion Models for Natural Images", IJCV 41, 2001) and belong to nobody.

    python -m bench.matching_vocabulary catalog/records/vocabulary_2.bin
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.descriptors.local_points import find_points
from catalog.records.vocabulary import BRANCHES, CODE_BYTES, WORDS_PER_BRANCH

PICTURES = 240
SIDE = 480
ROUNDS = 12
Codes = NDArray[np.uint8]


def drawn_picture(random: np.random.Generator) -> NDArray[np.uint8]:
    """Draw leaves, largest first, with shading, stripes, grain and some blur; (SIDE, SIDE) uint8."""
    canvas = np.full((SIDE, SIDE), 128, dtype=np.float32)
    radii = np.sort(4.0 / random.random(900) ** 0.7)[::-1].clip(2, SIDE / 2)
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    for radius in radii:
        centre = random.integers(0, SIDE, 2).tolist()
        kind, turn = random.integers(0, 4), random.uniform(0, 360)
        left, top = (max(0, int(side - 1.5 * radius)) for side in centre)
        right, bottom = (min(SIDE, int(side + 1.5 * radius) + 2) for side in centre)
        shape = np.zeros((bottom - top, right - left), dtype=np.uint8)
        middle = (centre[0] - left, centre[1] - top)
        if kind == 0:
            cv2.ellipse(shape, middle, (int(radius), max(1, int(radius * random.uniform(0.2, 1)))), turn, 0, 360, 1, -1)
        elif kind == 1:
            corners = cv2.boxPoints((middle, (2 * radius, 2 * radius * random.uniform(0.1, 1)), turn))
            cv2.fillPoly(shape, [corners.astype(np.int32)], 1)
        else:
            angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 8)))
            reach = radius * random.uniform(0.5, 1.2, len(angles))
            corners = np.stack([middle[0] + reach * np.cos(angles), middle[1] + reach * np.sin(angles)], axis=1)
            cv2.fillPoly(shape, [corners.astype(np.int32)], 1)
        slope = random.normal(0, 0.4, 2) * 40 / max(radius, 8)
        across, down = columns[top:bottom, left:right] - centre[0], rows[top:bottom, left:right] - centre[1]
        paint = random.uniform(0, 255) + slope[0] * across + slope[1] * down
        if random.random() < 0.25:
            pace = random.uniform(0.15, 1.2)
            paint = paint + random.uniform(0, 40) * np.sin(pace * (across * np.cos(turn) + down * np.sin(turn)))
        region = canvas[top:bottom, left:right]
        canvas[top:bottom, left:right] = np.where(shape > 0, paint, region)
    soft = np.asarray(cv2.GaussianBlur(canvas, (0, 0), random.uniform(0.5, 1.6)))
    grainy = soft + random.normal(0, random.uniform(0, 5), soft.shape)
    return np.clip(grainy, 0, 255).astype(np.uint8)


def nearest(codes: Codes, centres: Codes) -> NDArray[np.intp]:
    """Return for each (n, 32) code the row of the nearest centre."""
    _, found = cv2.batchDistance(codes, centres, cv2.CV_32S, normType=cv2.NORM_HAMMING, K=1)
    return np.asarray(found[:, 0], dtype=np.intp)


def centres_of(codes: Codes, count: int, random: np.random.Generator) -> Codes:
    """Return `count` codes, each the majority of those nearest to it (k-means for bits)."""
    centres = codes[random.choice(len(codes), count, replace=len(codes) < count)].copy()
    bits = np.unpackbits(codes, axis=1)
    for _ in range(ROUNDS):
        owner = nearest(codes, centres)
        for index in range(count):
            members = bits[owner == index]
            centres[index] = np.packbits(members.mean(axis=0) > 0.5) if len(members) else codes[random.integers(len(codes))]
    return centres


def make() -> bytes:
    """Return the bytes of the vocabulary: branches, then words branch by branch."""
    random = np.random.default_rng(2024)
    codes = np.concatenate([find_points(drawn_picture(random))["code"] for _ in range(PICTURES)])
    branches = centres_of(codes, BRANCHES, random)
    owner = nearest(codes, branches)
    words = np.concatenate([centres_of(codes[owner == branch], WORDS_PER_BRANCH, random) for branch in range(BRANCHES)])
    content = branches.tobytes() + words.tobytes()
    assert len(content) == (BRANCHES + BRANCHES * WORDS_PER_BRANCH) * CODE_BYTES
    return content


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make())
