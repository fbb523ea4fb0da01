"""The steps of an earlier save are seen in a copy saved in place, and in nothing else, on real photos."""

from __future__ import annotations

import json
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from catalog.provenance.chains import trace_chain
from catalog.provenance.earlier_saves import share_of_steps_seen
from catalog.provenance.pairs_of_views import is_on_one_grid
from catalog.records.provenance import Evidence
from catalog.records.traces import TracedPhoto, Traces
from tests.conftest import SAMPLES
from tests.provenance.stories import bare, opened, saved, scaled, traced, verified

PHOTOS = ("amphitheatre", "blue-flowers", "evening-street", "fir-forest")


def photo(name: str) -> Image.Image:
    """Return a photo of the samples at half its size: no grid of its own save is left."""
    with Image.open(SAMPLES / "photos" / f"{name}.jpg") as picture:
        return picture.convert("RGB").resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def seen(parent: bytes, child: bytes) -> float | None:
    return share_of_steps_seen(_traces(parent), _traces(child))


def _traces(data: bytes) -> Traces:
    traces = traced(data, 1).traces
    assert traces is not None
    return traces


def items(one: TracedPhoto, other: TracedPhoto, transform: NDArray[np.float64]) -> list[Evidence]:
    """Return what the ledger of the two says of earlier saves."""
    (chain,) = trace_chain([one, other], [verified(one, other, transform)])
    return [item for edge in chain.derivations for item in edge.evidence if item.code == "earlier_save"]


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize(("before", "after"), [(50, 90), (65, 85), (75, 92)])
def test_a_copy_saved_finer_in_place_shows_the_steps_of_its_parent_and_not_the_parent_its_own(
    name: str, before: int, after: int
) -> None:
    parent = saved(photo(name), before)
    child = saved(opened(parent), after)
    there, back = seen(parent, child), seen(child, parent)
    assert there is not None
    assert there > 0.6
    assert back is None or back < 0


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize(("before", "after"), [(50, 90), (65, 85), (75, 92)])
def test_a_sister_saved_finer_from_the_same_original_shows_nothing_of_them(name: str, before: int, after: int) -> None:
    original = saved(photo(name), 97)
    coarse, fine = saved(opened(original), before), saved(opened(original), after)
    found = seen(coarse, fine)
    assert found is not None
    assert found < 0


def test_two_files_with_one_table_tell_nothing_of_each_other() -> None:
    first = saved(photo(PHOTOS[0]), 80)
    assert seen(first, saved(opened(first), 80)) is None


def test_the_ledger_says_which_was_saved_again_from_which() -> None:
    parent = saved(photo(PHOTOS[0]), 60)
    marked = opened(parent)
    marked.paste((200, 30, 40), (20, 20, 120, 70))
    coarse, fine = traced(parent, 2), traced(saved(marked, 90), 1)
    (chain,) = trace_chain([fine, coarse], [verified(fine, coarse, np.eye(3))])
    (edge,) = chain.derivations
    (item,) = [item for item in edge.evidence if item.code == "earlier_save"]
    assert item.supports == (edge.parent == coarse.sha256)
    assert "cluster at multiples" in item.detail


def test_the_ledger_of_two_sisters_says_that_the_finer_was_not_made_from_the_coarser() -> None:
    original = saved(photo(PHOTOS[0]), 97)
    coarse, fine = traced(saved(opened(original), 60), 1), traced(saved(opened(original), 90), 2)
    (chain,) = trace_chain([coarse, fine], [verified(coarse, fine, np.eye(3))])
    (edge,) = chain.derivations
    assert edge.parent == fine.sha256
    assert any(item.code == "earlier_save" and item.supports for item in edge.evidence)


def test_what_moved_off_the_grid_was_shrunk_or_toned_is_not_asked() -> None:
    parent = saved(photo(PHOTOS[0]), 60)
    whole, width, height = opened(parent), *opened(parent).size
    cut = whole.crop((3, 5, width, height))
    small = whole.resize((width * 3 // 4, height * 3 // 4), Image.Resampling.LANCZOS)
    bright = ImageEnhance.Brightness(whole).enhance(1.25)
    moved = np.array([[1, 0, -3], [0, 1, -5], [0, 0, 1.0]])
    for picture, transform in ((cut, moved), (small, scaled(whole.size, small.size)), (bright, np.eye(3))):
        assert items(traced(parent, 1), traced(saved(picture, 90), 2), transform) == []


@pytest.mark.parametrize(("x", "y", "is_one"), [(0, 0, True), (-8, -24, True), (-8.4, 0.3, True), (-3, 0, False), (0, 12, False)])
def test_a_move_by_whole_blocks_keeps_the_grid(x: float, y: float, *, is_one: bool) -> None:
    moved = np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
    assert is_on_one_grid(moved, bare("a", 1), bare("b", 2)) == is_one


@pytest.mark.parametrize("change", ["mirrored", "enlarged", "turned", "degenerate"])
def test_what_turns_or_scales_keeps_no_grid(change: str) -> None:
    matrix = {
        "mirrored": np.array([[-1, 0, 639], [0, 1, 0], [0, 0, 1.0]]),
        "enlarged": np.array([[1.02, 0, 0], [0, 1.02, 0], [0, 0, 1.0]]),
        "turned": np.array([[0, -1, 479], [1, 0, 0], [0, 0, 1.0]]),
        "degenerate": np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0.0]]),
    }[change]
    assert not is_on_one_grid(matrix, bare("a", 1), bare("b", 2))


def test_steps_are_counted_only_where_the_decode_lies_on_the_grid_of_its_file() -> None:
    picture = photo(PHOTOS[0])
    turned, target = Image.Exif(), BytesIO()
    turned[0x0112] = 6
    picture.save(target, "JPEG", quality=80, exif=turned)
    assert _traces(saved(picture, 80)).step_counts
    assert _traces(target.getvalue()).step_counts == ()
    assert _traces(saved(picture.resize((1600, 900)), 80)).step_counts == ()
    target = BytesIO()
    picture.save(target, "PNG")
    assert _traces(target.getvalue()).step_counts == ()


def test_traces_of_one_version_ago_are_read_and_tell_nothing_of_steps() -> None:
    traces = _traces(saved(photo(PHOTOS[0]), 80))
    written = traces.to_json()
    old = json.loads(written) | {"version": 1}
    del old["step_counts"]
    found = Traces.from_json(json.dumps(old))
    assert found.step_counts == ()
    assert share_of_steps_seen(found, traces) is None
