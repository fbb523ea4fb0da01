"""The index on disk: what it holds survives, what is damaged or outdated counts as empty, and nothing is left lying about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from catalog.errors import DiskError
from catalog.matching import index_folder, multi_index
from catalog.matching.index import ReferenceIndex
from catalog.matching.index_folder import LIST, IndexFolder
from catalog.matching.making import ArrayFolder
from catalog.matching.segment import segment_of
from catalog.records.comparable import Comparable
from tests.matching.conftest import Compare


@pytest.fixture
def photos(comparable: Compare, scenes: list[Image.Image]) -> list[Comparable]:
    return [comparable(picture) for picture in scenes]


def held(folder: Path) -> ReferenceIndex:
    with IndexFolder(folder).growing() as growing:
        return growing.index


def test_an_index_opened_again_lists_the_same_candidates(
    tmp_path: Path, photos: list[Comparable], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multi_index, "SCAN_BELOW", 3)
    for number, photo in enumerate(photos):
        with IndexFolder(tmp_path).growing() as growing:
            growing.add([(number, photo)])
    in_memory = ReferenceIndex([segment_of(list(enumerate(photos)))])
    for photo in photos:
        assert held(tmp_path).candidates(photo) == in_memory.candidates(photo)
    assert held(tmp_path).nbytes >= in_memory.nbytes


def test_many_additions_lie_in_few_segments(tmp_path: Path, photos: list[Comparable]) -> None:
    with IndexFolder(tmp_path).growing() as growing:
        for number in range(24):
            growing.add([(number, photos[number % len(photos)])])
        assert len(growing.index) == 24
    names = json.loads((tmp_path / LIST).read_text())["segments"]
    assert 1 <= len(names) <= 4
    assert sorted(path.name for path in tmp_path.glob("segment-*")) == sorted(names)


def test_those_who_have_it_open_keep_what_they_opened(tmp_path: Path, photos: list[Comparable]) -> None:
    with IndexFolder(tmp_path).growing() as growing:
        growing.add(list(enumerate(photos[:2])))
        before = growing.index
    IndexFolder(tmp_path).clear()
    assert len(held(tmp_path)) == 0
    assert [one.reference for one in before.candidates(photos[1])][:1] == [photos[1].sha256]


def test_adding_nothing_writes_nothing(tmp_path: Path) -> None:
    with IndexFolder(tmp_path / "index").growing() as growing:
        growing.add([])
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["lock"]


@pytest.mark.parametrize("damage", ["cut", "gone", "no list", "words for a list", "half a list"])
def test_a_damaged_index_counts_as_empty(tmp_path: Path, photos: list[Comparable], damage: str) -> None:
    with IndexFolder(tmp_path).growing() as growing:
        growing.add(list(enumerate(photos)))
    array = next(tmp_path.glob("segment-*/points-first.npy"))
    if damage == "cut":
        array.write_bytes(array.read_bytes()[:-8])
    elif damage == "gone":
        array.unlink()
    else:
        texts = {"no list": "{}", "words for a list": '"none"', "half a list": '{"key": '}
        (tmp_path / LIST).write_text(texts[damage])
    assert len(held(tmp_path)) == 0
    assert not list(tmp_path.glob("segment-*"))


def test_an_index_of_another_version_counts_as_empty(
    tmp_path: Path, photos: list[Comparable], monkeypatch: pytest.MonkeyPatch
) -> None:
    with IndexFolder(tmp_path).growing() as growing:
        growing.add(list(enumerate(photos)))
    monkeypatch.setattr(index_folder, "KEY", {**index_folder.KEY, "pdq": 99})
    assert len(held(tmp_path)) == 0


def test_a_disk_that_refuses_is_named(tmp_path: Path, photos: list[Comparable], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ArrayFolder, "seal", full)
    with pytest.raises(DiskError, match="No space left"), IndexFolder(tmp_path).growing() as growing:
        growing.add(list(enumerate(photos)))
    monkeypatch.undo()
    assert len(held(tmp_path)) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
