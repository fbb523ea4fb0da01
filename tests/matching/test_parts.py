"""A photo on a sheet of several is a part, with the box of its tile, whichever is asked; a banner makes no part."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageOps

from catalog.matching.verification import verify
from catalog.records.match import Verification
from tests.conftest import SAMPLES
from tests.matching.conftest import Compare

Box = tuple[float, float, float, float]
SIDE = 500


def opened(name: str) -> Image.Image:
    with Image.open(SAMPLES / "photos" / name) as photo:
        return photo.convert("RGB").resize((900, 600))


def sheet(names: list[str], gap: int, tone: str) -> Image.Image:
    """Lay photos out in a row, each cut to a square about its middle."""
    page = Image.new("RGB", (gap + len(names) * (SIDE + gap), SIDE + 2 * gap), tone)
    for place, name in enumerate(names):
        page.paste(ImageOps.fit(opened(name), (SIDE, SIDE)), (gap + place * (SIDE + gap), gap))
    return page


def shares(found: Verification, box: Box) -> float:
    """Return the common area of the verdict's box and another as a share of both together."""
    assert found.box is not None
    left, top, width, height = found.box
    both = (min(left + width, box[2]) - max(left, box[0])) * (min(top + height, box[3]) - max(top, box[1]))
    return both / (width * height + (box[2] - box[0]) * (box[3] - box[1]) - both)


@pytest.mark.parametrize(("gap", "tone"), [(0, "white"), (14, "white"), (14, "black")])
@pytest.mark.parametrize("name", ["lighthouse.jpg", "street.jpg", "towers.jpg"])
def test_a_tile_is_a_part_with_its_box_and_nothing_laid_over_it(comparable: Compare, name: str, gap: int, tone: str) -> None:
    page, photo = comparable(sheet(["rose.jpg", name], gap, tone)), comparable(opened(name))
    left = 2 * gap + SIDE
    for query, reference, box in ((page, photo, (left, gap, left + SIDE, gap + SIDE)), (photo, page, (150, 0, 750, 600))):
        found = verify(query, reference)[0]
        assert (found.relation, found.state) == ("part", "accepted")
        assert shares(found, box) > 0.95
        assert "composite" in found.changes
        assert "overlaid" not in found.changes


def test_the_overlap_of_a_tile_is_what_the_tile_shows(comparable: Compare) -> None:
    page = comparable(sheet(["rose.jpg", "street.jpg"], 0, "white"))
    overlap = verify(page, comparable(opened("street.jpg")))[0].overlap
    assert overlap is not None
    assert abs(overlap.query - 1 / 2) < 0.02
    assert abs(overlap.reference - 2 / 3) < 0.02


def test_print_on_a_tile_is_laid_over_it(comparable: Compare) -> None:
    page = sheet(["rose.jpg", "street.jpg"], 0, "white")
    ImageDraw.Draw(page).ellipse((SIDE + 180, 180, SIDE + 300, 300), fill=(20, 60, 180))
    found = verify(comparable(page), comparable(opened("street.jpg")))[0]
    assert (found.relation, "overlaid" in found.changes) == ("part", True)


@pytest.mark.parametrize("name", ["lighthouse.jpg", "street.jpg", "boat.jpg"])
def test_a_banner_over_a_photo_makes_a_crop_of_it_no_part(comparable: Compare, name: str) -> None:
    photo = opened(name)
    crop = photo.crop((120, 60, 700, 560))
    ImageDraw.Draw(photo).rectangle((0, 480, 900, 600), fill=(170, 20, 30))
    pictures = [comparable(photo), comparable(crop)]
    for query, reference in (pictures, pictures[::-1]):
        found = verify(query, reference)[0]
        assert (found.relation, found.state) == ("copy", "accepted")


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_photo_that_is_on_a_sheet_twice_is_found_twice(comparable: Compare, is_mirrored: bool) -> None:
    photo = opened("street.jpg")
    page = Image.new("RGB", (1800, 600))
    page.paste(photo, (0, 0))
    page.paste(ImageOps.mirror(photo) if is_mirrored else photo, (900, 0))
    found = sorted(verify(comparable(page), comparable(photo)), key=lambda one: one.box or ())
    assert [(one.relation, one.state) for one in found] == [("part", "accepted"), ("part", "accepted")]
    assert [shares(one, (left, 0, left + 900, 600)) > 0.95 for one, left in zip(found, (0, 900), strict=True)] == [True, True]
    assert ["mirrored" in one.changes for one in found] == [False, is_mirrored]
