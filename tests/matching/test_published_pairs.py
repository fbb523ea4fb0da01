"""What imagededup publishes as duplicates of one picture is matched, and its other picture is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from catalog.matching.verification import verify
from tests.matching.conftest import Compare

EXAMPLES = Path(__file__).parents[1] / "fixtures" / "imagededup"


@pytest.mark.parametrize(
    ("name", "change"), [("hflip", "mirrored"), ("rotation", "rotated"), ("resize", "resized"), ("gray", "greyscale")]
)
def test_a_duplicate_is_accepted_and_its_change_is_named(comparable: Compare, name: str, change: str) -> None:
    original, copy = (comparable(Image.open(EXAMPLES / one)) for one in ("ukbench00120.jpg", f"ukbench00120_{name}.jpg"))
    (found,) = verify(copy, original)
    assert (found.relation, found.state) == ("copy", "accepted")
    assert change in found.changes


def test_another_picture_is_refused(comparable: Compare) -> None:
    original, other = (comparable(Image.open(EXAMPLES / one)) for one in ("ukbench00120.jpg", "ukbench09268.jpg"))
    (found,) = verify(other, original)
    assert (found.relation, found.state) == ("none", "refused")
