"""The corners of a box are told in turn as shares of the picture they are drawn on."""

from __future__ import annotations

import pytest

from catalog.imaging.alignment import outline


def test_a_box_is_told_in_shares_of_its_own_picture() -> None:
    assert outline((10, 20, 30, 40), (100, 200)) == [(0.1, 0.1), (0.4, 0.1), (0.4, 0.3), (0.1, 0.3)]


def test_a_box_is_told_where_the_transform_puts_it() -> None:
    mirrored = (-1.0, 0.0, 50.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0)
    found = outline((0, 0, 50, 10), (50, 40), mirrored)
    assert [pytest.approx(corner) for corner in ((1, 0), (0, 0), (0, 0.5), (1, 0.5))] == found
