"""A killed import loses nothing it acknowledged and doubles nothing; `make bench` does it 50 times on 200 photos."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.killing import kill_and_resume, make_collection


def test_an_import_killed_again_and_again_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    folder = make_collection(tmp_path / "press", 120)
    damage = kill_and_resume(folder, tmp_path / "instance", kills=6, seed=20261122)
    assert damage.is_none, damage
