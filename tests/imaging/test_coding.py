"""How a file was coded is read from its headers."""

from __future__ import annotations

import pytest
from PIL import Image

from catalog.errors import ImageError
from catalog.imaging import CodingFacts, coding_facts
from tests.imaging.pictures import encoded, photo_like

PHOTO = photo_like(64, 48)


@pytest.mark.parametrize("quality", [1, 10, 25, 49, 50, 51, 75, 80, 92, 95, 100])
def test_the_quality_that_a_libjpeg_writer_used_is_found_exactly(quality: int) -> None:
    facts = coding_facts(encoded(PHOTO, "JPEG", quality=quality))
    assert (facts.quality, facts.is_standard_table) == (quality, True)
    assert len(facts.quantisation) == 2
    assert {len(table) for table in facts.quantisation} == {64}


def test_tables_of_a_writer_s_own_are_likened_and_said_to_be_so() -> None:
    facts = coding_facts(encoded(PHOTO, "JPEG", qtables=[[9] * 64, [12] * 64]))
    assert facts.quantisation == ((9,) * 64, (12,) * 64)
    assert not facts.is_standard_table
    assert facts.quality is not None
    assert 80 < facts.quality < 100


@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:2", "4:2:0"])
@pytest.mark.parametrize("progressive", [True, False])
def test_subsampling_and_progression_are_read(subsampling: str, progressive: bool) -> None:
    facts = coding_facts(encoded(PHOTO, "JPEG", subsampling=subsampling, progressive=progressive))
    assert (facts.subsampling, facts.is_progressive, facts.components, facts.bits) == (subsampling, progressive, 3, 8)


def test_grey_has_no_subsampling() -> None:
    facts = coding_facts(encoded(PHOTO.convert("L"), "JPEG"))
    assert (facts.subsampling, facts.components) == ("", 1)


def test_four_components_state_their_factors() -> None:
    assert coding_facts(encoded(Image.new("CMYK", (16, 16)), "JPEG")).subsampling == "1x1 1x1 1x1 1x1"


def test_other_formats_state_their_media_type_only() -> None:
    assert coding_facts(encoded(PHOTO, "PNG")) == CodingFacts("image/png")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ImageError):
        coding_facts(b"nothing")
