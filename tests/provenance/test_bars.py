"""A bar put under a picture begins with a step that a sky cut off by a crop does not have, on the pictures of the samples."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from catalog.provenance.comparison import compare
from catalog.provenance.findings_of_pictures import _BAR_SEAM
from catalog.provenance.marks import content_box
from catalog.provenance.views import view_of
from tests.conftest import SAMPLES
from tests.journeys.cases import whole

Box = tuple[int, int, int, int]


def seam(picture: Image.Image, kept: Box) -> float:
    """Return the step where what a crop leaves out begins, against the steps nearby."""
    child = picture.crop(kept)
    shift = np.array([[1.0, 0, -kept[0]], [0, 1.0, -kept[1]], [0, 0, 1.0]])
    found = compare(view_of(np.asarray(picture), *picture.size), view_of(np.asarray(child), *child.size), shift)
    assert found is not None
    return found.first.bare_seam


def opened(name: str) -> Image.Image:
    with Image.open(next(SAMPLES.rglob(f"{name}.jpg"))) as picture:
        return whole(picture.convert("RGB"))


@pytest.mark.parametrize("name", ["airfield-zoria", "church-square", "dusk-hills", "ferry", "lighthouse-vestnik", "lighthouse"])
def test_a_sky_goes_on_where_a_crop_cut_it_off(name: str) -> None:
    picture = opened(name)
    x, y, width, height = content_box(np.asarray(picture.convert("L"), np.float32))
    assert 1 - width * height > 0.04  # the plain edge of the sky passes for a border
    kept = (
        round(x * picture.width),
        round(y * picture.height),
        round((x + width) * picture.width),
        round((y + height) * picture.height),
    )
    assert seam(picture, kept) < _BAR_SEAM


@pytest.mark.parametrize("name", ["airfield", "barn-a", "boat", "church-square", "desert-ridge", "ferry", "garden-table", "lake"])
@pytest.mark.parametrize("colour", ["black", "white"])
def test_a_bar_begins_with_a_step(name: str, colour: str) -> None:
    picture = opened(name)
    with_bar = Image.new("RGB", (picture.width, picture.height + 40), colour)
    with_bar.paste(picture, (0, 0))
    assert seam(with_bar, (0, 0, *picture.size)) >= _BAR_SEAM
