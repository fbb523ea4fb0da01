"""Words of a derivation stand by its line and cover no picture where there is room."""

from __future__ import annotations

from catalog.gallery.chain_labels import NARROW, place_label
from catalog.gallery.curves import Box, Point

Curve = tuple[Point, Point, Point, Point]
# Two pictures side by side in one lane, as near as the drawing puts them, and the line between them.
PICTURES: list[Box] = [(-125, -47, 5, 66), (99, -47, 229, 66)]
ACROSS: Curve = ((4.0, 0.0), (52.0, 0.0), (52.0, 0.0), (100.0, 0.0))


def covers(box: Box, other: Box) -> bool:
    return min(box[2], other[2]) > max(box[0], other[0]) and min(box[3], other[3]) > max(box[1], other[1])


def test_short_words_stand_in_the_middle_of_the_line() -> None:
    label = place_label(ACROSS, ["cropped"], PICTURES)
    assert (label.lines, label.x, label.y) == (("cropped",), 52.0, 0.0)


def test_words_that_are_too_wide_for_the_gap_are_broken_or_moved_and_cover_no_picture() -> None:
    for words in (["perspective changed"], ["put into a composite", "recompressed", "+3"], ["изменена перспектива"]):
        label = place_label(ACROSS, words, PICTURES)
        assert not any(covers(label.box, picture) for picture in PICTURES), words
        assert " ".join(label.lines) == " ".join(words)
    assert all(len(line) <= NARROW for line in place_label(ACROSS, ["perspective changed"], PICTURES).lines)


def test_where_everything_is_taken_the_words_cover_least() -> None:
    everywhere: list[Box] = [(-500, -500, 500, 0), (-500, 0, 500, 500), (-500, 40, 500, 500)]
    label = place_label(ACROSS, ["cropped"], everywhere)
    assert label.y < 40 - 14
