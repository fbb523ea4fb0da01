"""A bar put under a picture begins with a step that a sky cut off by a crop does not have, on the pictures of the samples."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from catalog.provenance.bars import bars
from catalog.provenance.comparison import compare
from catalog.provenance.findings_of_pictures import _BAR_SEAM
from catalog.provenance.marks import content_box
from catalog.provenance.views import view_of
from tests.conftest import SAMPLES
from tests.journeys.cases import cut, smaller, whole

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


# Of these samples it is known that somebody put a bar or a frame around them.
_FRAMED = {"osprey-framed", "osprey-screenshot", "standin-dunes", "standin-rocks", "standin-wall"}
WORDS = "DEVELOPMENT FOOTAGE. WORK IN PROGRESS. ALL CONTENT SUBJECT TO CHANGE"


def with_words(picture: Image.Image, colour: str, ink: str) -> Image.Image:
    made = Image.new("RGB", (picture.width, picture.height + 40), colour)
    made.paste(picture, (0, 0))
    ImageDraw.Draw(made).text((12, picture.height + 14), WORDS, ink)
    return made


def grey(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(picture.convert("L"), np.float32)


def test_no_sample_without_a_bar_has_one() -> None:
    names = {path.stem for path in (SAMPLES / "photos").glob("*.jpg")}
    found = {name for name in names if max(bars(grey(opened(name)))) >= 0.04}
    assert found <= _FRAMED


def test_bars_with_words_are_mostly_seen() -> None:
    names = sorted({path.stem for path in (SAMPLES / "photos").glob("*.jpg")} - _FRAMED)[::3]
    pairs = (("black", "white"), ("white", "black"))
    found = [bars(grey(with_words(opened(name), *pair)))[1] for name in names for pair in pairs]
    right = [0.05 <= share <= 0.2 for share in found]
    assert sum(right) >= 0.7 * len(right)


@pytest.mark.parametrize(("keeps_bar", "share"), [(False, 0.06), (True, 0.0)])
def test_a_bar_is_missed_where_other_parts_are_cut_off_as_well(keeps_bar: bool, share: float) -> None:
    parent = with_words(opened("helicopter"), "black", "white")
    kept = cut(0.06, 0.05, 0.94, 1.0 if keeps_bar else 0.9)
    child = smaller(kept(parent))
    left, top = int(0.06 * parent.width), int(0.05 * parent.height)
    across = child.width / (int(0.94 * parent.width) - left)
    down = child.height / (int((1.0 if keeps_bar else 0.9) * parent.height) - top)
    mapping = np.array([[across, 0, -left * across], [0, down, -top * down], [0, 0, 1.0]])
    found = compare(view_of(np.asarray(parent), *parent.size), view_of(np.asarray(child), *child.size), mapping)
    assert found is not None
    assert found.first.bare_bar >= share
    assert (found.first.bare_bar == 0.0) == keeps_bar
