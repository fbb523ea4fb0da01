"""A match on a terminal names what was found, and of a part where it lies in the query."""

from __future__ import annotations

from typing import Any

from catalog.cli.matching import match_words

FOUND: dict[str, Any] = {
    "photo": "e" * 64, "score": 0.9871, "state": "accepted", "relation": "part", "changes": ["recompressed", "composite"],
    "path": "a/bridge.jpg", "box": [12.4, 0.0, 640.0, 479.6],
}  # fmt: skip


def test_a_part_has_its_box_in_whole_pixels_as_box_takes_it() -> None:
    told = match_words("collage.jpg", FOUND)
    assert told == (
        "collage.jpg: accepted part of a/bridge.jpg: recompressed, composite, box 12,0,640,480 (score 0.987, eeeeeeeeeeee)"
    )


def test_a_copy_and_a_part_without_geometry_have_none() -> None:
    for found in ({**FOUND, "relation": "copy"}, {**FOUND, "box": None}):
        assert "box" not in match_words("collage.jpg", found)
