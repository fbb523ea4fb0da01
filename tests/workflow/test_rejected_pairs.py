"""A pair that a person rejected stays rejected, whatever is imported or measured again; stronger evidence is shown as new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.records.match import Verification
from catalog.records.pages.pairs import PairLine
from catalog.records.pages.turning import Place
from catalog.workflow.decide_pair import decide
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping

GROUPS = "SELECT g.cover_photo_id, m.photo_id FROM picture_group g JOIN group_member m ON m.group_id = g.id ORDER BY 1, 2"
APART = [(1, 1), (2, 2)]


def pair(query: str, reference: str, state: str = "suggested", relation: str = "copy", version: int = 1) -> Verification:
    return Verification(
        query, reference, relation, state, 0.5, (), None, None, None, "local_points", version, 0.15, 0.8, (("points", 12.0),)
    )  # fmt: skip


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep two photos that were suggested as copies and that a person rejected."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    photos = [str(made.keep(b"photo %d" % number).photo) for number in range(2)]
    with made.store.write() as change:
        change.replace_matches(photos[1], [pair(photos[1], photos[0])])
    decide(made.catalogue, "reject", photos[0], photos[1], "another bridge", "editor")
    yield made
    made.close()


def measured(keeping: Keeping, found: Verification) -> None:
    with keeping.store.write() as change:
        change.replace_matches(found.query, [found])
        change.mark_touched([found.query, found.reference])
    trace_chains(keeping.catalogue, lambda _done, _total: None)


def waiting(keeping: Keeping) -> list[PairLine]:
    return list(keeping.store.pages.pairs_page("suggested", Place(), 10).pairs)


def photos(keeping: Keeping) -> tuple[str, str]:
    first, second = keeping.store.standing_photos()
    return first, second


def test_it_waits_for_nobody_and_joins_nothing(keeping: Keeping) -> None:
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    assert waiting(keeping) == []
    assert keeping.ask(GROUPS) == APART


def test_importing_it_again_changes_nothing(keeping: Keeping) -> None:
    keeping.begin()
    keeping.keep(b"photo 1")
    first, second = photos(keeping)
    measured(keeping, pair(second, first))
    assert waiting(keeping) == []
    assert keeping.ask(GROUPS) == APART


def test_a_new_version_that_says_the_same_changes_nothing(keeping: Keeping) -> None:
    first, second = photos(keeping)
    measured(keeping, replace(pair(second, first, version=2), score=0.7))
    assert waiting(keeping) == []
    assert keeping.ask(GROUPS) == APART


@pytest.mark.parametrize(("state", "relation"), [("accepted", "copy"), ("accepted", "same_pixels")])
def test_stronger_evidence_is_shown_as_new_and_joins_nothing(keeping: Keeping, state: str, relation: str) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, state, relation, version=2))
    (shown,) = waiting(keeping)
    assert shown.has_new_evidence
    assert shown.decision is not None
    assert (shown.decision.verdict, shown.decision.seen) == ("reject", ("copy", "suggested"))
    assert keeping.ask(GROUPS) == APART
    compared = keeping.store.pages.compare_page(first, second)
    assert compared.pair is not None
    assert compared.pair.has_new_evidence


def test_rejecting_it_again_settles_the_new_evidence_too(keeping: Keeping) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "accepted"))
    decide(keeping.catalogue, "reject", first, second, "still another bridge", "editor")
    assert waiting(keeping) == []
    assert keeping.ask(GROUPS) == APART


def test_weaker_evidence_is_not_new(keeping: Keeping) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "suggested", "same_scene"))
    assert waiting(keeping) == []
