from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from catalog.imaging import coding_facts
from catalog.provenance.comparison import compare
from catalog.provenance.remaking import remake
from catalog.provenance.views import View, view_of
from tests.provenance.stories import STEPS, opened, saved, scene

NOTHING: tuple[int, ...] = ()


def view(data: bytes) -> View:
    pixels = np.asarray(opened(data))
    return view_of(pixels, pixels.shape[1], pixels.shape[0])


def table(data: bytes) -> tuple[int, ...]:
    return coding_facts(data).quantisation[0]


@pytest.mark.parametrize("step", ["halved", "cropped", "mirrored", "stamped"])
def test_a_copy_is_made_again_from_its_parent_up_to_its_own_rounding(step: str) -> None:
    original = saved(scene(3), 92)
    changed, transform = STEPS[step](opened(original))
    copy = saved(changed, 75)
    remade = remake(view(original), view(copy), transform, table(copy))
    assert remade is not None
    assert remade.explained > 0.97
    assert remade.beyond_coding < 0.4 * remade.left_over


def test_a_parent_explains_a_copy_better_than_a_sibling_does() -> None:
    original = saved(scene(5), 92)
    first, second = saved(opened(original), 60), saved(opened(original), 70)
    by_parent = remake(view(original), view(second), np.eye(3), table(second))
    by_sibling = remake(view(first), view(second), np.eye(3), table(second))
    assert by_parent is not None
    assert by_sibling is not None
    assert by_parent.left_over < by_sibling.left_over
    assert by_parent.beyond_coding < by_sibling.beyond_coding


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.8, -0.6), (-1.0, 0.8)])
def test_a_transform_that_is_a_pixel_off_is_mended(shift: tuple[float, float]) -> None:
    original = saved(scene(6), 92)
    changed, transform = STEPS["cropped"](opened(original))
    off = transform.copy()
    off[:2, 2] += shift
    exact = remake(view(original), view(saved(changed, 80)), transform, NOTHING)
    mended = remake(view(original), view(saved(changed, 80)), off, NOTHING)
    assert exact is not None
    assert mended is not None
    assert mended.left_over < 1.15 * exact.left_over


def test_turned_pictures_are_followed() -> None:
    original = saved(scene(7), 92)
    turned = opened(original).rotate(3, Image.Resampling.BICUBIC)
    angle = np.deg2rad(3)
    cosine, sine = np.cos(angle), np.sin(angle)
    centre = np.array([[1, 0, 239.5], [0, 1, 179.5], [0, 0, 1.0]])
    turn = np.array([[cosine, sine, 0], [-sine, cosine, 0], [0, 0, 1.0]])
    remade = remake(view(original), view(saved(turned, 85)), centre @ turn @ np.linalg.inv(centre), NOTHING)
    assert remade is not None
    assert remade.explained > 0.9


def test_tones_and_slow_light_do_not_count_as_left_over() -> None:
    original = saved(scene(8), 92)
    pixels = np.asarray(opened(original), np.float64)
    y = np.linspace(-1, 1, pixels.shape[0])[:, None, None]
    dimmed = Image.fromarray((pixels * 0.8 * (1 - 0.2 * y * y)).clip(0, 255).astype(np.uint8))
    remade = remake(view(original), view(saved(dimmed, 90)), np.eye(3), NOTHING)
    assert remade is not None
    assert remade.left_over < 3


def test_too_little_in_common_is_not_judged() -> None:
    one = view(saved(scene(9)))
    away = np.array([[1, 0, 465], [0, 1, 0], [0, 0, 1.0]])
    assert remake(one, one, away, NOTHING) is None
    assert compare(one, one, away) is None


def test_a_comparison_reversed_is_the_comparison_the_other_way_round() -> None:
    original = saved(scene(10), 92)
    changed, transform = STEPS["barred"](opened(original))
    there = compare(view(original), view(saved(changed, 80)), transform)
    assert there is not None
    back = there.reversed()
    assert (back.first, back.second) == (there.second, there.first)
    assert back.enlargement == pytest.approx(1 / there.enlargement)
    assert there.second.bare_flat > 0.08
    assert there.first.covered == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_plain_pictures_break_nothing(level: int) -> None:
    plain = view(saved(Image.new("RGB", (120, 90), (level, level, level))))
    remade = remake(plain, plain, np.eye(3), NOTHING)
    assert remade is not None
    assert np.isfinite([remade.left_over, remade.beyond_coding, remade.explained]).all()
    assert compare(plain, plain, np.eye(3)) is not None


def test_a_view_of_luma_alone_has_the_luma_of_one_with_colours() -> None:
    pixels = np.asarray(scene(3), np.uint8)
    coloured, luma = view_of(pixels, 480, 360), view_of(pixels, 480, 360, planes=1)
    assert [level.shape[0] for level in luma.levels] == [1] * len(coloured.levels)
    assert all(np.allclose(one[:1], other, atol=1e-3) for one, other in zip(coloured.levels, luma.levels, strict=True))
