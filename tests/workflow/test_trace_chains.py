"""Groups and chains are made anew wherever something touched them, some neighbourhoods at a time, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.errors import DiskError
from catalog.provenance import CHAINS_VERSION
from catalog.records.match import Overlap, Verification
from catalog.store.sql.change import SqlChange
from catalog.workflow import trace_chains as tracing
from catalog.workflow.decide_pair import decide
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping

COUNT = 7
CHAINS = "SELECT c.first_photo_id, m.photo_id, c.state FROM chain c JOIN chain_member m ON m.chain_id = c.id ORDER BY 1, 2"
GROUPS = "SELECT g.cover_photo_id, m.photo_id FROM picture_group g JOIN group_member m ON m.group_id = g.id ORDER BY 1, 2"


def pair(query: str, reference: str, relation: str = "copy") -> Verification:
    return Verification(
        query, reference, relation, "accepted", 0.9, (), (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), Overlap(1.0, 1.0), None,
        "hash", 1, 0.5, 0.8,
    )  # fmt: skip


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep seven photos: 0-3-6 hang together, 1 holds a part of 5, the others are alone."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    photos = [str(made.keep(b"photo %d" % number).photo) for number in range(COUNT)]
    pairs = [pair(photos[3], photos[0]), pair(photos[6], photos[3]), pair(photos[5], photos[1], "part")]
    with made.store.write() as change:
        change.store_verifications(pairs)
    yield made
    made.close()


def traced(keeping: Keeping) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    return keeping.ask(CHAINS), keeping.ask(GROUPS)


def test_every_photo_lies_in_one_group_and_one_chain(keeping: Keeping) -> None:
    chains, groups = traced(keeping)
    assert [row[:2] for row in chains] == [(1, 1), (1, 4), (1, 7), (2, 2), (2, 6), (3, 3), (5, 5)]
    assert groups == [(1, 1), (1, 4), (1, 7), (2, 2), (3, 3), (5, 5), (6, 6)]
    assert keeping.store.untraced(CHAINS_VERSION, 99) == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_how_many_are_one_transaction_changes_nothing(keeping: Keeping, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    at_once = traced(keeping)
    with keeping.store.write() as change:
        change.mark_touched(keeping.store.standing_photos())
    monkeypatch.setattr(tracing, "COMMIT_PHOTOS", size)
    told: list[tuple[int, int]] = []
    assert trace_chains(keeping.catalogue, lambda done, total: told.append((done, total))) == 4
    assert (keeping.ask(CHAINS), keeping.ask(GROUPS)) == at_once
    assert told[-1] == (COUNT, COUNT)
    assert sorted(told) == told


def test_a_run_that_was_stopped_goes_on_where_it_stopped(keeping: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "COMMIT_PHOTOS", 2)
    marked = SqlChange.mark_traced

    def mark_once(change: SqlChange, sha256s: list[str], version: int) -> None:
        if keeping.ask("SELECT count(*) FROM stage")[0][0]:
            raise DiskError("the disk is full")
        marked(change, sha256s, version)

    with monkeypatch.context() as patched:
        patched.setattr(SqlChange, "mark_traced", mark_once)
        with pytest.raises(DiskError):
            traced(keeping)
    left = keeping.store.untraced(CHAINS_VERSION, 99)
    assert 0 < len(left) < COUNT
    assert len(keeping.ask(CHAINS)) == COUNT - len(left)
    assert len(traced(keeping)[0]) == COUNT


def test_only_what_was_touched_is_made_anew(keeping: Keeping) -> None:
    traced(keeping)
    before = dict(keeping.ask("SELECT first_photo_id, id FROM chain"))
    photos = keeping.store.standing_photos()
    decide(keeping.catalogue, "reject", photos[6], photos[3], "another wall", "editor")
    after = dict(keeping.ask("SELECT first_photo_id, id FROM chain"))
    assert set(after) == set(before) | {7}
    assert {first for first in before if after[first] == before[first]} == {2, 3, 5}
    decide(keeping.catalogue, "undo", photos[6], photos[3], "it is the same", "editor")
    assert [row[:2] for row in keeping.ask(CHAINS)][:3] == [(1, 1), (1, 4), (1, 7)]
