from __future__ import annotations

import dataclasses
import json
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from catalog.imaging import reduce_picture
from catalog.provenance.traces import read_traces
from catalog.records.traces import Traces
from tests.provenance.stories import barred, cropped, opened, saved, scene


def traces_of(data: bytes) -> Traces:
    return read_traces(data, reduce_picture(data))


def test_traces_survive_being_written_and_read() -> None:
    traces = traces_of(saved(scene(), 83))
    assert Traces.from_json(traces.to_json()) == traces


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 999}', '{"version": 1, "format": "jpeg"}', "nonsense"])
def test_anything_but_traces_of_this_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Traces.from_json(text)


@given(st.sampled_from([field.name for field in dataclasses.fields(Traces)]), st.sampled_from([None, "x", [], {}, [1]]))
def test_traces_with_one_broken_value_are_refused_or_equal_in_type(name: str, broken: object) -> None:
    written = json.loads(traces_of(saved(scene(3, (64, 48)))).to_json())
    written[name] = broken
    try:
        found = Traces.from_json(json.dumps(written))
    except ValueError:
        return
    assert Traces.from_json(found.to_json()) == found


def test_the_coding_of_a_file_is_read() -> None:
    traces = traces_of(saved(scene(), 83))
    assert (traces.format, traces.quality, traces.is_standard_table, traces.subsampling) == ("jpeg", 83.0, True, "4:2:0")
    target = BytesIO()
    scene().save(target, "PNG")
    assert (traces_of(target.getvalue()).format, traces_of(target.getvalue()).quality) == ("png", None)


def test_a_coarse_save_leaves_a_grid_and_a_crop_moves_it() -> None:
    coarse = saved(scene(2), 20)
    target = BytesIO()
    cropped(opened(coarse))[0].save(target, "PNG")
    whole, moved = traces_of(coarse), traces_of(target.getvalue())
    assert whole.grid == (0, 0)
    assert moved.grid == ((8 - 11) % 8, (8 - 7) % 8)
    assert min(whole.blocking, moved.blocking) > traces_of(saved(scene(2), 97)).blocking


def test_enlarging_empties_the_end_of_the_spectrum() -> None:
    picture = scene(3)
    larger = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS)
    assert traces_of(saved(larger, 97)).cutoff < 0.75 * traces_of(saved(picture, 97)).cutoff


def test_grey_pictures_and_borders_are_seen() -> None:
    picture = scene(4)
    assert traces_of(saved(picture.convert("L").convert("RGB"))).is_grey
    assert not traces_of(saved(picture)).is_grey
    framed = Image.new("RGB", (picture.width + 100, picture.height + 60), (0, 0, 0))
    framed.paste(picture, (50, 30))
    x, y, width, height = traces_of(saved(framed)).content
    assert (x, y) == pytest.approx((50 / framed.width, 30 / framed.height), abs=0.02)
    assert (width, height) == pytest.approx((picture.width / framed.width, picture.height / framed.height), abs=0.03)
    assert traces_of(saved(picture)).content == (0.0, 0.0, 1.0, 1.0)
    assert traces_of(saved(barred(picture)[0])).content[2] == 1.0


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 2), (31, 31), (33, 9)])
def test_the_smallest_and_thinnest_pictures_have_traces(size: tuple[int, int]) -> None:
    numbers = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8)
    target = BytesIO()
    Image.fromarray(numbers).save(target, "PNG")
    traces = traces_of(target.getvalue())
    assert Traces.from_json(traces.to_json()) == traces


def test_a_picture_of_one_colour_has_traces() -> None:
    traces = traces_of(saved(Image.new("RGB", (200, 100), (240, 240, 240))))
    assert traces.detail == pytest.approx(0, abs=0.5)
    assert traces.content == (0.0, 0.0, 1.0, 1.0)
