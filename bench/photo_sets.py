"""Sets of pictures to import: the samples, the samples enlarged, small pieces cut out of them, and drawings."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from tests.conftest import SAMPLES

NOISE_LEVELS = 3.0  # an enlarged picture is smooth; a little noise gives it the entropy of a camera's file (about 2 bits a pixel)
CROP = (160, 120)
DISCS = 80


def sample_photos() -> list[Path]:
    """Return the photos of the samples, sorted."""
    return sorted((SAMPLES / "photos").glob("*.jpg"))


def samples(folder: Path, count: int) -> list[Path]:
    """Copy some of the samples, as they are."""
    folder.mkdir(parents=True)
    return [Path(shutil.copy(path, folder)) for path in sample_photos()[:count]]


def enlarged(folder: Path, count: int, megapixels: float) -> list[Path]:
    """Write some of the samples enlarged to so many megapixels, with a little noise, as JPEG of quality 88."""
    folder.mkdir(parents=True)
    noise, made = np.random.default_rng(20261122), []
    for path in sample_photos()[:count]:
        with Image.open(path) as picture:
            scale = (megapixels * 1e6 / (picture.width * picture.height)) ** 0.5
            size = (round(picture.width * scale), round(picture.height * scale))
            pixels = np.asarray(picture.convert("RGB").resize(size, Image.Resampling.BICUBIC), dtype=np.float32)
        grain = noise.normal(0, NOISE_LEVELS, pixels.shape[:2])[..., None]
        made.append(folder / path.name)
        Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8)).save(made[-1], quality=88)
    return made


def pieces(folder: Path, count: int) -> list[Path]:
    """Cut so many small pictures out of the samples, at random places and scales, so that hardly two are the same picture."""
    folder.mkdir(parents=True)
    chance, made, sources = random.Random(20261122), [], sample_photos()
    for number, path in enumerate(sources):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        for piece in range(number, count, len(sources)):
            width = min(picture.width, picture.height * 4 // 3, chance.randint(160, 480))
            height = width * 3 // 4
            left, top = chance.randint(0, picture.width - width), chance.randint(0, picture.height - height)
            made.append(folder / f"{piece:05d}.jpg")
            picture.resize(CROP, Image.Resampling.BILINEAR, (left, top, left + width, top + height)).save(made[-1], quality=85)
    return made


def drawings(folder: Path, count: int) -> list[Path]:
    """Draw so many small pictures of discs that hide one another: as many as wanted, and no two show the same."""
    folder.mkdir(parents=True)
    chance, made = random.Random(20261122), []
    for number in range(count):
        picture = Image.new("RGB", (4 * CROP[0], 4 * CROP[1]))
        pen = ImageDraw.Draw(picture)
        for disc in range(DISCS):
            radius = 400 / (3 + disc / 2)
            x, y = chance.uniform(0, picture.width), chance.uniform(0, picture.height)
            colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
            pen.ellipse((x - radius, y - radius * chance.uniform(0.4, 1), x + radius, y + radius), fill=colour)
        made.append(folder / f"{number:05d}.jpg")
        picture.reduce(4).save(made[-1], quality=85)
    return made
