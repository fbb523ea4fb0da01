"""What single items of evidence see, each in a pair made for it and in an honest one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from catalog.provenance.chains import trace_chain
from catalog.provenance.quantities import OrderedPair, quantify, quantify_root
from catalog.records.traces import CreditedSource
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
