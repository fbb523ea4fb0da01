"""Tiles take the shape of their pictures from classes that the style sheet holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from catalog.gallery.application import STATIC
from catalog.gallery.ratios import NARROWEST, WIDEST, ratio_class, stylesheet


def test_the_style_sheet_is_what_the_program_writes() -> None:
    assert (STATIC / "ratios.css").read_text("utf-8") == stylesheet()


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_every_picture_has_a_class_within_a_hundredth_of_its_shape(width: int, height: int) -> None:
    rules = dict(re.findall(r"\.(r-?\d+)\{--ratio:([\d.]+)\}", stylesheet()))
    drawn = float(rules[ratio_class(width, height)])
    if width and height and NARROWEST < width / height < WIDEST:
        assert abs(drawn / (width / height) - 1) < 0.0105
