"""Frames of one scene called copies: real photos, the camera moved a little, people walked, the grain is another."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.figures import Figure, share_of
from bench.matching_look_alikes import made_comparable
from bench.quality_photos import unrelated_photos
from catalog.matching.verification import verify

SUITE = "quality"
Picture = NDArray[np.float32]
Saved = NDArray[np.uint8]
# What moved: the camera, so that near things pass before far ones; people, before a camera that only turned; both; nothing before
# a camera that turned; or people, before one that stands on a tripod.
KINDS: Final = ("camera", "people", "both", "turned", "tripod")
FRAMES: Final = 60
SEED: Final = 99
LONG_SIDE: Final = 1000
# Near things pass far ones by this share of the width; people are so high and walk so far.
PARALLAX: Final = (0.006, 0.018)
HEIGHT: Final = (0.1, 0.28)
STEP: Final = (0.03, 0.15)
# Before a tripod a figure is drawn anew, up to so many times, until both places where it stands have so many pixels and differ by
# so many grey levels on the mean: one that cannot be seen, or left, did not move to anybody's eye.
DRAWN: Final = 100
LEAST_SEEN: Final = 400
SEEN: Final = 20.0
GRAIN: Final = 2.0
# Share of the frames that may be called copies.
MOST_CALLED: Final = 0.01


def frames(photo: Saved, people: Saved, kind: str, random: np.random.Generator) -> tuple[Saved, Saved]:
    """Make two frames of the scene of a photo, (h, w) grey; `people` is another photo that the figures are cut from."""
    first = photo.astype(np.float32)
    second = _from_aside(first, random) if kind in {"camera", "both"} else first.copy()
    if kind in {"people", "both", "tripod"}:
        for _ in range(int(random.integers(1, 5))):
            walks = (_walk(first, second, people.astype(np.float32), random) for _ in range(DRAWN))
            walk = next(walk for walk in walks if kind != "tripod" or _is_seen(*walk))
            first, second = (frame for frame, _ in walk)
    height, width = photo.shape
    second = second if kind == "tripod" else _in_the_hand(second, random)
    rim = (slice(int(0.03 * height), height - int(0.03 * height)), slice(int(0.03 * width), width - int(0.03 * width)))
    light = random.uniform(0.94, 1.06)
    grains = [random.normal(0, GRAIN, first[rim].shape) for _ in range(2)]
    one, other = (np.clip(frame, 0, 255).astype(np.uint8) for frame in (first[rim] + grains[0], light * second[rim] + grains[1]))
    return one, other


def _from_aside(picture: Picture, random: np.random.Generator) -> Picture:
    """See a scene of unknown depth, with some things that stand nearer, from a step aside."""
    height, width = picture.shape
    coarse = random.random((4, 5)).astype(np.float32) / 2
    depth = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
    for _ in range(4):
        near = np.zeros(picture.shape, dtype=np.uint8)
        place = (int(random.uniform(0, width)), int(random.uniform(0.3, 1) * height))
        size = (int(width * random.uniform(0.06, 0.2)), int(height * random.uniform(0.1, 0.35)))
        cv2.ellipse(near, place, size, random.uniform(0, 180), 0, 360, (1,), -1)
        depth[near > 0] = random.uniform(0.5, 1)
    shift = cv2.GaussianBlur(depth, (0, 0), max(1.0, width / 300)) * np.float32(width * random.uniform(*PARALLAX))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(
        cv2.remap(picture, columns + shift, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), dtype=np.float32
    )


def _walk(
    first: Picture, second: Picture, people: Picture, random: np.random.Generator
) -> tuple[tuple[Picture, Picture], tuple[Picture, Picture]]:
    """Return both frames with a figure, and where it stands: in the second it has taken a step and leans a little otherwise."""
    height, width = first.shape
    tall = random.uniform(*HEIGHT) * height
    slim = random.uniform(0.35, 0.8)
    cut = min(people.shape) * random.uniform(0.4, 0.9)
    taken = random.uniform(cut / 2, np.array(people.shape[::-1]) - cut / 2)
    place = np.array([random.uniform(0.1, 0.9) * width, random.uniform(0.3, 0.9) * height])
    step = np.array([random.uniform(*STEP) * width * random.choice([-1, 1]), random.uniform(-0.02, 0.02) * height])
    limbs = random.uniform([-0.15, -0.35, 0.5, 0.5], [0.15, 0.35, 0.9, 0.8], (3, 4))

    def drawn(frame: Picture, here: NDArray[np.float64], lean: float, size: float) -> tuple[Picture, Picture]:
        turned = cv2.getRotationMatrix2D((float(taken[0]), float(taken[1])), lean, size * tall / cut)
        turned[:, 2] += here - taken
        figure = cv2.warpAffine(people, turned, (width, height), borderMode=cv2.BORDER_REFLECT)
        shape = np.zeros(first.shape, dtype=np.float32)
        for aside, down, broad, long in limbs:
            middle = (int(here[0] + aside * tall * slim), int(here[1] + down * tall))
            half = (max(2, int(tall * slim / 2 * broad)), max(2, int(tall / 2 * long)))
            cv2.ellipse(shape, middle, half, lean + random.uniform(-6, 6), 0, 360, (1.0,), -1)
        soft = cv2.GaussianBlur(shape, (0, 0), 1.2)
        return frame + (figure - frame) * soft, shape

    return drawn(first, place, 0.0, 1.0), drawn(second, place + step, random.uniform(-8, 8), random.uniform(0.95, 1.05))


def _is_seen(first: tuple[Picture, Picture], second: tuple[Picture, Picture]) -> bool:
    """Tell whether both places where a figure stood differ between the frames."""
    off = np.abs(first[0] - second[0])
    places = [shape > 0 for _, shape in (first, second)]
    return all(place.sum() >= LEAST_SEEN and float(off[place].mean()) >= SEEN for place in places)


def _in_the_hand(picture: Picture, random: np.random.Generator) -> Picture:
    """Turn, enlarge and shift a frame by as little as a hand does."""
    height, width = picture.shape
    held = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-1.2, 1.2), random.uniform(0.99, 1.01))
    held[:, 2] += random.uniform(-0.02, 0.02, 2) * width
    taken = cv2.warpAffine(picture, held, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(taken, dtype=np.float32)


def opened(path: Path) -> Saved:
    """Return the (h, w) luma of a photo at no more than LONG_SIDE."""
    read = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if read is None:
        raise ValueError(f"{path} is no picture")
    factor = min(1.0, LONG_SIDE / max(read.shape))
    return np.asarray(cv2.resize(read, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def run(folder: Path, count: int = FRAMES, seed: int = SEED) -> Iterator[Figure]:
    """Verify so many pairs of frames of every kind, made from the samples or from the photos of `BENCH_PHOTOS`."""
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))
    random = np.random.default_rng(seed)
    copies: Counter[str] = Counter()
    for kind in KINDS:
        said: Counter[str] = Counter()
        for _ in range(count):
            photo, people = (opened(paths[int(number)]) for number in random.choice(len(paths), 2, replace=False))
            one, other = (made_comparable(frame) for frame in frames(photo, people, kind, random))
            best = verify(other, one)[0]
            said["copies" if best.is_match else "the same scene" if best.relation == "same_scene" else best.state] += 1
        copies["from a tripod" if kind == "tripod" else "from the hand"] += said["copies"]
        others = ", ".join(f"{100 * number / count:.0f} % {name}" for name, number in sorted(said.items()) if name != "copies")
        yield Figure(f"frames called copies, moved: {kind}", f"{100 * said['copies'] / count:.1f} % of {count} ({others})")
    for held, called in sorted(copies.items()):
        pairs = count if held == "from a tripod" else count * (len(KINDS) - 1)
        yield share_of(f"frames called copies, {held}", called, pairs, "at most", MOST_CALLED)
