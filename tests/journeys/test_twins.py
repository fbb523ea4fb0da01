"""Every rule of `docs/findings.md` speaks in a story that the real command imported, and is silent in its honest twin."""

from __future__ import annotations

from hashlib import sha256

import pytest

from catalog.provenance.findings import RULES
from tests.conftest import run_catalog
from tests.journeys.twins import PICTURES, TOLD, write_twins

Rules = dict[str, set[str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rules]:
    """Import all stories into one catalogue, all twins into another, and return what each story's chains are told."""
    told: dict[str, Rules] = {}
    for kind in TOLD:
        folder, instance = tmp_path_factory.mktemp(kind), tmp_path_factory.mktemp("instance")
        imported = run_catalog(instance, "import", folder, "--manifest", write_twins(folder, kind), "--json")
        assert imported.code == 0, imported.err
        story_of = {sha256(path.read_bytes()).hexdigest(): path.stem.rpartition("-")[0] for path in folder.glob("*.jpg")}
        told[kind] = {rule: set() for rule in PICTURES}
        for chain in run_catalog(instance, "chains", "--json").lines[:-1]:
            (story,) = {story_of[one["photo"]] for one in chain["photos"]}
            told[kind][story] |= {one["rule"] for one in chain["findings"]}
    return told


def test_every_rule_has_a_story_and_a_twin() -> None:
    assert set(PICTURES) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_in_its_story(found: dict[str, Rules], rule: str) -> None:
    assert rule in found["story"][rule]


@pytest.mark.parametrize("rule", RULES)
def test_an_honest_twin_is_told_nothing_at_all(found: dict[str, Rules], rule: str) -> None:
    assert found["twin"][rule] == set()
