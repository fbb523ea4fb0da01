"""A killed import loses nothing it acknowledged and doubles nothing; `make bench-reliability` kills 200 imports of 200 photos."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.journeys import killing
from tests.journeys.killing import Damage, kill_and_resume, make_collection


def test_an_import_killed_again_and_again_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    folder = make_collection(tmp_path / "press", 120)
    damage = kill_and_resume(folder, tmp_path / "instance", kills=6, seed=20261122)
    assert damage.is_none, damage
    assert damage.kills == 6


def test_a_catalogue_that_is_whole_gives_way_to_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []

    def whole_after_four(_folder: Path, instance: Path, kills: int, _chance: random.Random) -> Damage:
        seen.append((instance.name, kills))
        return Damage(min(kills, 4), 0, 1, 0, 0, 0, 0)

    monkeypatch.setattr(killing, "kill_until_whole", whole_after_four)
    assert kill_and_resume(tmp_path, tmp_path, kills=10, seed=1) == Damage(10, 0, 3, 0, 0, 0, 0)
    assert seen == [("1", 10), ("2", 6), ("3", 2)]
