"""What single items of evidence see, each in a pair made for it and in an honest one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from catalog.imaging import decode_preview
from catalog.provenance.chains import trace_chain
from catalog.provenance.comparison import Comparison, compare
from catalog.provenance.quantities import OrderedPair, quantify, quantify_root
from catalog.provenance.views import view_of
from catalog.records.traces import CreditedSource, StatedFacts, TracedPhoto
from tests.provenance.stories import bare, opened, saved, scaled, scene, shown, traced, verified


def png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_enlarged_copy_is_told_from_its_original_by_its_empty_spectrum(seed: int) -> None:
    original = saved(scene(seed), 92)
    size = (720, 540)
    larger = saved(opened(original).resize(size, Image.Resampling.BICUBIC), 95)
    parent, child = traced(original, 2), traced(larger, 1)
    (chain,) = trace_chain([parent, child], [verified(parent, child, scaled((480, 360), size))])
    (edge,) = chain.derivations
    assert (edge.parent, edge.child) == (parent.sha256, child.sha256)
    assert any(item.code == "enlargement" and item.supports for item in edge.evidence)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_copy_made_smaller_leaves_its_original_unsuspected(seed: int) -> None:
    original = saved(scene(seed), 92)
    smaller = saved(opened(original).resize((320, 240), Image.Resampling.LANCZOS), 85)
    parent, child = traced(original, 2), traced(smaller, 1)
    (chain,) = trace_chain([parent, child], [verified(parent, child, scaled((480, 360), (320, 240)))])
    (edge,) = chain.derivations
    assert (edge.parent, edge.child) == (parent.sha256, child.sha256)
    assert not any(item.code == "enlargement" for item in edge.evidence)


def test_a_png_with_the_pixels_of_a_jpeg_came_from_it() -> None:
    jpeg = saved(scene(4), 80)
    kept, other = traced(jpeg, 2), traced(png(opened(jpeg)), 1)
    (chain,) = trace_chain([kept, other], [verified(kept, other, np.eye(3), relation="same_pixels")])
    (edge,) = chain.derivations
    assert (edge.parent, edge.child, edge.directed) == (kept.sha256, other.sha256, True)
    assert any(item.code == "file_format" and item.supports for item in edge.evidence)


def test_a_jpeg_made_from_a_png_is_not_taken_for_its_source() -> None:
    whole = png(scene(4))
    kept, copy = traced(whole, 1), traced(saved(opened(whole), 80), 2)
    assert "same_pixels_from_jpeg" not in quantify(OrderedPair(copy, kept, None))
    assert quantify(OrderedPair(kept, copy, None, has_same_pixels=True))["same_pixels_from_jpeg"] == -1.0


def test_a_crop_shows_the_grid_of_what_it_was_cut_from() -> None:
    original = saved(scene(5), 40)
    cut = traced(saved(opened(original).crop((3, 5, 403, 305)), 95), 1)
    assert quantify_root(cut, is_dated_first=False).get("root_shifted_grid") == 1.0
    assert quantify_root(traced(original, 2), is_dated_first=False).get("root_shifted_grid") == 0.0


def test_a_credit_for_the_others_publisher_speaks_for_having_it_from_there() -> None:
    wire = bare("w", 1, shown("w", "Orbit Wire"))
    paper = bare("p", 2, replace(shown("p", "Courier"), credits=(CreditedSource("agency", "orbit wire", "Orbit Wire"),)))
    assert quantify(OrderedPair(wire, paper, None))["credits_publisher"] == 1.0
    assert quantify(OrderedPair(paper, wire, None))["credits_publisher"] == -1.0
    both = bare("b", 3, *paper.publications, shown("x", "Orbit Wire"))
    assert "credits_publisher" not in quantify(OrderedPair(wire, both, None))


def test_two_crops_that_each_show_more_have_no_direction_whatever_else_leans() -> None:
    """The second was saved far worse and later: both come from a version that is not held."""
    whole = scene(7)
    left, right = saved(whole.crop((0, 0, 340, 360)), 95), saved(whole.crop((120, 0, 480, 360)), 40)
    first, second = traced(left, 1, shown("a", "Square News", "2019")), traced(right, 2, shown("b", "Harbour Post", "2021"))
    moved = np.array([[1, 0, -120], [0, 1, 0], [0, 0, 1.0]])
    (chain,) = trace_chain([first, second], [verified(first, second, moved)])
    assert [edge.directed for edge in chain.derivations] == [False]
    assert [one.rule for one in chain.findings] == ["missing_intermediate"]
    assert chain.state == "gap"


@pytest.mark.parametrize(("changes", "is_directed"), [(("recompressed", "cropped"), False), (("recompressed",), True)])
def test_a_whole_is_not_made_from_its_own_part_where_the_part_is_a_crop(changes: tuple[str, ...], is_directed: bool) -> None:
    """The file of the whole names the crop as what it was made from, and was saved worse and later."""
    scenery = scene(7)
    part, whole = saved(scenery.crop((60, 40, 420, 320)), 95), saved(scenery, 40)
    crop = traced(part, 1, shown("a", "Square News", "2019"), facts=StatedFacts(document_id="the-crop"))
    later = traced(whole, 2, shown("b", "Harbour Post", "2021"), facts=StatedFacts(derived_from=("the-crop",)))
    moved = np.array([[1, 0, 60], [0, 1, 40], [0, 0, 1.0]])
    (chain,) = trace_chain([crop, later], [verified(crop, later, moved, changes=changes)])
    (edge,) = chain.derivations
    assert edge.directed == is_directed
    # How sure a line without direction is, is told of the crop being made from the whole.
    assert (edge.parent == crop.sha256) == is_directed
    assert (edge.confidence > 0.5) == is_directed


@pytest.mark.parametrize("seed", [8, 9, 10])
def test_a_picture_that_goes_on_across_the_cut_was_not_made_from_the_crop(seed: int) -> None:
    whole = saved(scene(seed), 88)
    crop = saved(opened(whole).crop((60, 40, 420, 320)), 88)
    ahead = compare_in_full(traced(whole, 1), traced(crop, 2), np.array([[1, 0, -60], [0, 1, -40], [0, 0, 1.0]]))
    assert "content_regained" not in quantify(ahead)
    assert (
        quantify(replace(ahead, parent=ahead.child, child=ahead.parent, comparison=reversed_of(ahead)))["content_regained"] > 0.3
    )


def test_a_page_set_around_a_picture_is_no_picture_that_goes_on() -> None:
    inside = scene(11)
    page = Image.new("RGB", (inside.width + 300, inside.height), "white")
    page.paste(scene(12).crop((0, 0, 300, 360)), (inside.width, 0))
    page.paste(inside, (0, 0))
    ahead = compare_in_full(traced(saved(inside, 90), 1), traced(saved(page, 90), 2), np.eye(3))
    assert quantify(ahead).get("content_regained", 0.0) < 0.1


def compare_in_full(parent: TracedPhoto, child: TracedPhoto, transform: NDArray[np.float64]) -> OrderedPair:
    views = [view_of(decode_preview(photo.preview(), 640), photo.width, photo.height) for photo in (parent, child)]
    return OrderedPair(parent, child, compare(views[0], views[1], transform))


def reversed_of(pair: OrderedPair) -> Comparison | None:
    return None if pair.comparison is None else pair.comparison.reversed()
