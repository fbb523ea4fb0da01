"""The benches of provenance run at their smallest, and learning finds weights under which true trees are likelier."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from bench import provenance_commands, provenance_growth
from bench.photo_sets import sample_photos
from bench.provenance_graphs import Graph, calibration, mean, score, sureness
from bench.provenance_weights import NAMES, learn, loss, sureness_map, trees_of, variants
from catalog.provenance.chains import trace_chain
from tests.provenance.stories import STEPS, opened, saved, scene, shown, traced, verified


def graph(seed: int) -> Graph:
    """Make a photo, a cropped copy and a grey copy of that, dated one after the other."""
    original = saved(scene(seed), 92)
    cropped, to_cropped = STEPS["cropped"](opened(original))
    second = saved(cropped, 80)
    grey, to_grey = STEPS["greyed"](opened(second))
    photos = [
        traced(data, order, shown(f"p{order}", "Courier", f"20{20 + order}-01-01"))
        for order, data in enumerate((original, second, saved(grey, 60)))
    ]
    pairs = (
        verified(photos[0], photos[1], to_cropped), verified(photos[1], photos[2], to_grey),
        verified(photos[0], photos[2], to_grey @ to_cropped),
    )  # fmt: skip
    names = [photo.sha256 for photo in photos]
    photos.sort(key=lambda photo: photo.sha256)
    return Graph(f"g{seed}", tuple(photos), pairs, frozenset(itertools.pairwise(names)), names[0], frozenset())


def test_growth_is_held_against_what_was_promised(tmp_path: Path) -> None:
    figures = list(provenance_growth.run(tmp_path, sizes=(2, 3, 4)))
    assert len(figures) == 4
    assert figures[-1].against == "promised 1.20"


def test_learning_makes_the_true_trees_likelier() -> None:
    trees = [tree for seed in (1, 2) for tree in trees_of(graph(seed))]
    assert len(trees) == 6
    start = np.zeros(len(NAMES))
    learnt = learn(trees, rounds=30)
    assert loss(learnt, trees)[0] < loss(start, trees)[0]


def test_wrong_dates_lie_before_all_others_and_touch_no_origin() -> None:
    changed = 0
    for seed in range(1, 4):
        one = graph(seed)
        for number in range(12):
            told = variants(Graph(f"{number}", one.photos, one.verifications, one.edges, one.root, one.donors))["wrong dates"]
            for before, after in zip(one.photos, told.photos, strict=True):
                if before != after:
                    changed += 1
                    assert before.sha256 != one.root
                    early = after.publications[0].published_at
                    assert early is not None
                    assert all(early.is_before(photo.publications[0].published_at) for photo in one.photos)  # type: ignore[arg-type]
    assert 0 < changed < 24


def test_a_graph_drawn_right_scores_one_and_its_edges_are_counted_by_how_sure_they_are() -> None:
    one = graph(3)
    chains = trace_chain(one.photos, one.verifications)
    found = score(one, chains)
    assert mean([found]) == {"EO": 1.0, "undirected": 1.0, "direction": 1.0, "root": 1.0}
    assert sum(count for _, _, count, _, _ in calibration(sureness(one, chains))) == 2
    assert found.edges == 1.0


def test_what_is_said_too_surely_gets_a_slope_below_one_and_what_is_said_as_it_is_none() -> None:
    said = [number / 200 for number in range(101, 200)]
    as_it_is = [(one, count < round(200 * one)) for one in said for count in range(200)]
    too_sure = [(one, count < round(200 * (0.5 + (one - 0.5) / 2))) for one in said for count in range(200)]
    assert sureness_map(as_it_is) == pytest.approx((1, 0), abs=0.05)
    assert sureness_map(too_sure)[0] < 0.6


@pytest.mark.xdist_group("bench")
def test_the_commands_are_scored_on_graphs_made_of_samples(tmp_path: Path) -> None:
    figures = {one.what: one.measured for one in provenance_commands.run(tmp_path, graphs=1, photos=sample_photos()[:4])}
    assert {"dates: edges (F1)", "no dates: origin right", "search: both (F1)", "drawing and reading, a graph"} <= set(figures)
    assert float(figures["search: vertices (F1)"]) > 0.5
