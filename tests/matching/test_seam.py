"""A crop goes on beyond its outline, a pasted picture does not; which of the two was stored first does not matter."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from catalog.descriptors.plainness import is_plain
from catalog.descriptors.registry import describe
from catalog.imaging import encode_preview, image_data_sha256, reduce_picture
from catalog.matching.verification import verify
from catalog.records.comparable import Comparable

PHOTOS = Path(__file__).parents[2] / "samples" / "photos"


def comparable(picture: Image.Image) -> Comparable:
    target = BytesIO()
    picture.save(target, "JPEG", quality=85)
    data = target.getvalue()
    reduced = reduce_picture(data)
    digest = image_data_sha256(data) or ""
    return Comparable(
        digest, digest, len(data), reduced.width, reduced.height, is_plain(reduced), describe(reduced), encode_preview(reduced)
    )


def opened(name: str) -> Image.Image:
    return Image.open(PHOTOS / name).convert("RGB")


@pytest.mark.parametrize("name", ["lighthouse.jpg", "street.jpg", "boat.jpg", "night-skyline.jpg"])
def test_a_crop_is_a_whole_picture_copy_in_either_order(name: str) -> None:
    whole = opened(name)
    width, height = whole.size
    crop = comparable(whole.crop((width // 8, height // 10, width * 3 // 4, height * 4 // 5)))
    original = comparable(whole)
    for query, reference in ((crop, original), (original, crop)):
        found = verify(query, reference)[0]
        assert (found.relation, found.state) == ("copy", "accepted")
        assert "cropped" in found.changes
        assert "composite" not in found.changes


@pytest.mark.parametrize("name", ["lighthouse.jpg", "street.jpg", "boat.jpg"])
def test_a_picture_beside_another_is_a_part_in_either_order(name: str) -> None:
    part = opened(name).resize((480, 360))
    sheet = Image.new("RGB", (960, 360))
    sheet.paste(part, (0, 0))
    sheet.paste(opened("mountains.jpg").resize((480, 360)), (480, 0))
    one, other = comparable(part), comparable(sheet)
    for query, reference in ((one, other), (other, one)):
        found = verify(query, reference)[0]
        assert (found.relation, found.state) == ("part", "accepted")
        assert "composite" in found.changes
