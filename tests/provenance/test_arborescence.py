from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from catalog.provenance.arborescence import best_tree, edge_probabilities

Scores = NDArray[np.float64]


def is_tree(parents: tuple[int, ...]) -> bool:
    """Tell whether every node leads to the one root."""
    if sum(parent < 0 for parent in parents) != 1:
        return False
    for start in range(len(parents)):
        node = start
        for _ in parents:
            node = parents[node] if node >= 0 else node
        if node >= 0:
            return False
    return True


def every_tree(count: int) -> list[tuple[int, ...]]:
    return [tuple(parents) for parents in product(range(-1, count), repeat=count) if is_tree(tuple(parents))]


def total(parents: tuple[int, ...], edges: Scores, roots: Scores) -> float:
    return float(sum(roots[child] if parent < 0 else edges[parent, child] for child, parent in enumerate(parents)))


@st.composite
def scored(draw: st.DrawFn, most: int = 4) -> tuple[Scores, Scores]:
    count = draw(st.integers(1, most))
    numbers = st.floats(-20, 20, allow_nan=False, width=32)
    edges = np.array(draw(st.lists(numbers, min_size=count * count, max_size=count * count)), np.float64).reshape(count, count)
    roots = np.array(draw(st.lists(numbers, min_size=count, max_size=count)), np.float64)
    return edges, roots


@settings(max_examples=60, deadline=None)
@given(scored())
def test_the_tree_found_is_the_best_of_all_trees(given_scores: tuple[Scores, Scores]) -> None:
    edges, roots = given_scores
    found = best_tree(edges, roots)
    assert is_tree(found)
    assert total(found, edges, roots) == pytest.approx(
        max(total(tree, edges, roots) for tree in every_tree(len(roots))), abs=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(scored())
def test_probabilities_are_shares_of_all_trees(given_scores: tuple[Scores, Scores]) -> None:
    edges, roots = given_scores
    trees = every_tree(len(roots))
    weights = np.array([np.exp(total(tree, edges, roots)) for tree in trees])
    probable, rooted = edge_probabilities(edges, roots)
    for child in range(len(roots)):
        for parent in range(-1, len(roots)):
            exact = sum(weight for tree, weight in zip(trees, weights, strict=True) if tree[child] == parent) / weights.sum()
            found = rooted[child] if parent < 0 else probable[parent, child]
            assert found == pytest.approx(exact, abs=1e-6)


def test_a_large_chain_is_solved_and_its_probabilities_add_up() -> None:
    numbers = np.random.default_rng(5)
    edges, roots = numbers.normal(0, 8, (120, 120)), numbers.normal(0, 8, 120)
    assert is_tree(best_tree(edges, roots))
    probable, rooted = edge_probabilities(edges, roots)
    assert probable.sum(0) + rooted == pytest.approx(np.ones(120), abs=1e-5)
    assert rooted.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_photo_that_nothing_reaches_is_named_an_error() -> None:
    with pytest.raises(ValueError, match="root of a tree"):
        best_tree(np.full((2, 2), -np.inf), np.array([1.0, -np.inf]))
