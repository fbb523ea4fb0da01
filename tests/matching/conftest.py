"""Pictures to compare, made from one small real photo and from noise with the scales of a photo."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from catalog.descriptors.plainness import is_plain
from catalog.descriptors.registry import describe
from catalog.imaging import encode_preview, reduce_picture
from catalog.records.comparable import Comparable

BRIDGE = Path(__file__).parents[1] / "fixtures" / "pdq" / "square-256x256.jpg"
Compare = Callable[[Image.Image], Comparable]


@pytest.fixture(scope="session")
def bridge() -> Image.Image:
    """Return a real photo of 256 x 256 pixels."""
    return Image.open(BRIDGE).convert("RGB")


def scene(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """Draw discs of all sizes that hide one another: edges and blobs at every scale, different for every seed."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    canvas = np.zeros((height, width, 3), dtype=np.float64)
    for radius in np.sort(4.0 / random.random(260) ** 0.7)[::-1].clip(2, 120):
        x, y = random.uniform(0, width), random.uniform(0, height)
        inside = ((columns - x) / random.uniform(0.4, 1)) ** 2 + (rows - y) ** 2 < radius**2
        canvas[inside] = random.uniform(0, 255, 3)
    canvas += random.normal(0, 3, canvas.shape)
    return Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))


@pytest.fixture(scope="session")
def scenes() -> list[Image.Image]:
    """Return six drawn scenes that have nothing in common."""
    return [scene(seed) for seed in range(6)]


@pytest.fixture(scope="session")
def comparable() -> Compare:
    """Return what makes a picture comparable, as an import does: saved as JPEG, decoded, described."""

    def made(picture: Image.Image) -> Comparable:
        saved = BytesIO()
        picture.save(saved, "JPEG", quality=85)
        content = saved.getvalue()
        reduced = reduce_picture(content)
        return Comparable(
            sha256=hashlib.sha256(content).hexdigest(),
            image_data_sha256=None,
            size_bytes=len(content),
            width=reduced.width,
            height=reduced.height,
            is_plain=is_plain(reduced),
            descriptors=describe(reduced),
            preview=encode_preview(reduced),
        )

    return made
