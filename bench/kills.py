"""What is lost, doubled or left over when an import is killed again and again and resumed after each kill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bench.figures import Figure, held_against
from tests.journeys.killing import kill_and_resume, make_collection

PHOTOS, KILLS, SEED = 200, 200, 20261122
SUITE = "reliability"


def run(folder: Path, photos: int = PHOTOS, kills: int = KILLS, seed: int = SEED) -> Iterator[Figure]:
    """Kill imports of so many photos so often with SIGKILL, one catalogue after another; every count must be nothing."""
    damage = kill_and_resume(make_collection(folder / "press", photos), folder / "instance", kills, seed)
    yield Figure("import of", f"{photos} photos", "kill -9, each followed by a resume: " + str(damage.kills))
    for one in fields(damage):
        if one.name != "kills":
            yield held_against(one.name.replace("_", " "), "", getattr(damage, one.name), "must be", 0)
