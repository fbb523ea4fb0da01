"""Packed features come back as they were appended, and what is missing says which command makes it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import NotInCatalogueError
from catalog.store.arrays import FeatureArrays


def test_what_is_appended_is_read_back_by_its_offset(tmp_path: Path) -> None:
    arrays = FeatureArrays(tmp_path / "arrays")
    first, second = arrays.append("points", 1, [b"one", b"four"])
    [third] = arrays.append("points", 1, [b"later"])
    assert [bytes(arrays.read("points", 1, at, length)) for at, length in ((first, 3), (second, 4), (third, 5))] == [
        b"one",
        b"four",
        b"later",
    ]


def test_what_another_process_appended_is_seen(tmp_path: Path) -> None:
    ours, theirs = FeatureArrays(tmp_path), FeatureArrays(tmp_path)
    ours.append("points", 1, [b"one"])
    assert bytes(ours.read("points", 1, 0, 3)) == b"one"
    [offset] = theirs.append("points", 1, [b"two"])
    assert bytes(ours.read("points", 1, offset, 3)) == b"two"


def test_versions_lie_apart(tmp_path: Path) -> None:
    arrays = FeatureArrays(tmp_path)
    assert arrays.append("points", 1, [b"old"]) == arrays.append("points", 2, [b"new"]) == [0]
    assert bytes(arrays.read("points", 2, 0, 3)) == b"new"


def test_a_file_that_is_gone_or_cut_short_names_the_command_that_mends_it(tmp_path: Path) -> None:
    arrays = FeatureArrays(tmp_path)
    with pytest.raises(NotInCatalogueError, match="catalog rebuild"):
        arrays.read("points", 1, 0, 3)
    arrays.append("points", 1, [b"one"])
    with pytest.raises(NotInCatalogueError, match="catalog rebuild"):
        FeatureArrays(tmp_path).read("points", 1, 2, 3)


def test_what_was_read_stays_readable_after_its_file_is_removed(tmp_path: Path) -> None:
    arrays = FeatureArrays(tmp_path)
    arrays.append("points", 1, [b"one"])
    arrays.append("points", 2, [b"two"])
    view = arrays.read("points", 1, 0, 3)
    arrays.keep_only([("points", 2), ("lines", 1)])
    assert bytes(view) == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["points-2.bin"]
    with pytest.raises(NotInCatalogueError):
        arrays.read("points", 1, 0, 3)
    assert arrays.append("points", 1, [b"one again"]) == [0]
    assert bytes(FeatureArrays(tmp_path).read("points", 1, 0, 9)) == b"one again"


def test_nothing_is_removed_where_nothing_was_appended(tmp_path: Path) -> None:
    FeatureArrays(tmp_path / "arrays").keep_only([])
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("offset", "features", "lies"), [(0, b"one", True), (0, b"two", False), (3, b"one", False)])
def test_features_lie_at_an_offset_or_do_not(tmp_path: Path, offset: int, features: bytes, lies: bool) -> None:
    FeatureArrays(tmp_path).append("points", 1, [b"one"])
    assert FeatureArrays(tmp_path).holds("points", 1, offset, features) is lies
    assert not FeatureArrays(tmp_path).holds("points", 2, offset, features)
