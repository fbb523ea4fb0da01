"""Pictures made in code for the tests of this room."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image


def photo_like(width: int, height: int, seed: int = 1) -> Image.Image:
    """Make a picture with gradients, edges and grain, the same for the same seed."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (8, 12, 3), dtype=np.uint8)
    smooth = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 4, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(smooth, dtype=np.float64) + grain, 0, 255).astype(np.uint8))


def encoded(picture: Image.Image, name: str, **options: object) -> bytes:
    """Encode a picture in one of Pillow's formats."""
    target = BytesIO()
    picture.save(target, name, **options)
    return target.getvalue()
