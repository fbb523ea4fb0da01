"""Something laid over a photo begins with a step where the photo goes on, however plain or rough either is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from catalog.provenance.chains import trace_chain
from catalog.provenance.comparison import Comparison, compare
from catalog.provenance.laid_over import differing_region, edge_step
from catalog.provenance.quantities import OrderedPair, quantify
from catalog.provenance.views import view_of
from tests.conftest import SAMPLES
from tests.provenance.stories import opened, saved, scene, traced, verified

NAMES = [
    "airfield",
    "barn-a",
    "boat",
    "concert",
    "desert-ridge",
    "garden-table",
    "lake",
    "mountains",
    "night-skyline",
    "old-harbour",
]
Drawn = Callable[[Image.Image], Image.Image]


def sample(name: str) -> Image.Image:
    with Image.open(SAMPLES / "photos" / f"{name}.jpg") as picture:
        # Made smaller, it carries no steps of the save it came with.
        smaller = picture.convert("RGB").resize((picture.width * 3 // 4, picture.height * 3 // 4))
        return opened(saved(smaller, 92))


def ticker(picture: Image.Image) -> Image.Image:
    made, (width, height) = picture.copy(), picture.size
    pen, top = ImageDraw.Draw(made), round(0.85 * height)
    pen.rectangle((0, top, width, height), (180, 0, 0))
    pen.text((10, top + 4), "BREAKING: bridge closed after flood", "white", font_size=height // 14)
    pen.rectangle((round(0.82 * width), 10, width - 10, 10 + height // 10), (0, 40, 140))
    return made


def subtitle(picture: Image.Image) -> Image.Image:
    made, (width, height) = picture.copy(), picture.size
    place, text = (0.1 * width, 0.85 * height), "We left at once."
    ImageDraw.Draw(made).text(place, text, "yellow", font_size=height // 14, stroke_width=2, stroke_fill="black")
    return made


def laid(clean: Image.Image, other: Image.Image) -> Comparison:
    found = compare(view_of(np.asarray(clean), *clean.size), view_of(np.asarray(other), *other.size), np.eye(3))
    assert found is not None
    return found


def quantities_of(clean: Image.Image, other: Image.Image) -> dict[str, float]:
    pair = traced(saved(clean, 92), 1), traced(saved(other, 85), 2)
    return quantify(OrderedPair(*pair, laid(opened(saved(clean, 92)), opened(saved(other, 85)))))


@pytest.mark.parametrize("drawn", [ticker, subtitle])
@pytest.mark.parametrize("name", NAMES)
def test_the_clean_photo_is_not_said_to_be_laid_over(name: str, drawn: Drawn) -> None:
    clean = sample(name)
    assert quantities_of(clean, drawn(clean)).get("overlay_missing", 0.0) < 0.05


@pytest.mark.parametrize("drawn", [ticker, subtitle])
def test_the_graphic_mostly_is(drawn: Drawn) -> None:
    told = [quantities_of(clean, drawn(clean)).get("overlaid", 0.0) for clean in map(sample, NAMES)]
    assert sum(sure > 0.05 for sure in told) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_is_not_drawn_as_made_from_its_ticker_graphic(name: str) -> None:
    clean = sample(name)
    first, second = traced(saved(clean, 92), 1), traced(saved(ticker(clean), 85), 2)
    (chain,) = trace_chain([first, second], [verified(second, first, np.eye(3))])
    (edge,) = chain.derivations
    assert not edge.directed or edge.parent == first.sha256
    assert not chain.findings


def test_a_red_bar_gives_a_grey_photo_no_colours() -> None:
    grey = sample("garden-table").convert("L").convert("RGB")
    found = laid(grey, opened(saved(ticker(grey), 92)))
    assert found.second.hues < 0.5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_blurred_place_is_nothing_laid_over_its_original(seed: int) -> None:
    original = scene(seed)
    box = (150, 100, 270, 190)
    blurred = original.copy()
    blurred.paste(original.crop(box).filter(ImageFilter.GaussianBlur(12)), box)
    assert quantities_of(original, blurred).get("overlay_missing", 0.0) < 0.1


def test_exchanging_the_two_exchanges_what_is_laid_over() -> None:
    clean = sample("lake")
    found = laid(clean, ticker(clean))
    assert found.second.odd_step > 2 * found.first.odd_step
    assert found.reversed().first.odd_step == found.second.odd_step


def test_the_region_has_no_holes_between_letters() -> None:
    gap = np.zeros((40, 60), np.float32)
    gap[12:28, 10:50:5] = gap[12:28, 11:50:5] = 90
    odd = np.zeros(gap.shape, np.bool_)
    odd[12:28, 8:52] = True
    both = np.ones(gap.shape, np.bool_)
    assert differing_region(gap, odd, both)[14:26, 12:44].all()


def test_without_a_difference_there_is_no_edge() -> None:
    nowhere, everywhere = np.zeros((40, 60), np.bool_), np.ones((40, 60), np.bool_)
    luma = np.zeros((40, 60), np.float32)
    assert not differing_region(luma, nowhere, everywhere).any()
    assert edge_step(luma, nowhere, everywhere) == 1.0
    assert edge_step(luma, everywhere, everywhere) == 1.0


def test_a_bar_begins_with_a_step_and_the_picture_behind_it_does_not() -> None:
    behind = np.tile(np.linspace(60, 90, 60, dtype=np.float32), (40, 1))
    region = np.zeros(behind.shape, np.bool_)
    region[30:] = True
    both = np.ones(behind.shape, np.bool_)
    assert edge_step(np.where(region, np.float32(200), behind), region, both) > 10
    assert edge_step(behind, region, both) < 1.5
