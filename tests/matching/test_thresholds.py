"""What the score makes of evidence that contradicts itself."""

from __future__ import annotations

import numpy as np

from catalog.matching.hypotheses import Hypothesis
from catalog.matching.registration import CELLS, Agreement
from catalog.matching.replaced import Replaced
from catalog.matching.thresholds import SHIPPED, score_of, short_of_tones

EVERYWHERE = np.ones((CELLS, CELLS), dtype=np.bool_)


def agreement(correlation: float) -> Agreement:
    return Agreement(correlation, correlation, 1.0, 64, 64, np.eye(3), (0.0, 0.0, 640.0, 480.0), EVERYWHERE, EVERYWHERE, 0)


def by_points(places: int) -> Hypothesis:
    return Hypothesis(np.eye(3), "local_points", places, 200, 1.0, places)


def by_pdq(distance: int) -> Hypothesis:
    return Hypothesis(np.eye(3), "pdq", 0, 0, 0.0, 0, distance)


def test_pixels_with_inverted_tones_speak_against_points_that_agree() -> None:
    assert score_of(by_points(40), agreement(0.9)) > SHIPPED.accept
    assert score_of(by_points(40), agreement(-0.9)) < SHIPPED.suggest


def test_a_whole_picture_with_inverted_tones_is_a_copy() -> None:
    assert score_of(by_pdq(10), agreement(-0.9)) == score_of(by_pdq(10), agreement(0.9)) > SHIPPED.accept


def test_another_picture_in_the_same_frame_is_suggested_and_what_is_laid_over_a_copy_accepted() -> None:
    framed, covered, small = (
        score_of(by_points(80), agreement(0.9), replaced=replaced)
        for replaced in (Replaced(0.3, 0.2), Replaced(0.3, 2.0), Replaced(0.05, 0.2))
    )
    assert SHIPPED.suggest < framed < SHIPPED.accept < covered == small


def test_tones_that_do_not_go_together_count_the_more_the_fewer_points_agree() -> None:
    few, many = by_points(30), by_points(120)
    assert score_of(few, agreement(0.9)) > SHIPPED.accept
    assert SHIPPED.suggest < score_of(few, agreement(0.9), tones=0.9) < SHIPPED.accept
    assert score_of(few, agreement(0.9), tones=0.5) < SHIPPED.suggest
    assert score_of(many, agreement(0.9), tones=0.8) == score_of(many, agreement(0.9))
    assert score_of(many, agreement(0.9), tones=0.3) < SHIPPED.suggest
    assert short_of_tones(by_pdq(10), 0.8) == 0 < short_of_tones(few, 0.8)
