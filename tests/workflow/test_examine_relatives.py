"""What no short list named is examined where matches join it over other photos, once, and in bounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from catalog.provenance import CHAINS_VERSION
from catalog.provenance.examination import ALL_PAIRS_UP_TO, SUREST
from catalog.records.description import Rendition
from catalog.workflow.examine_relatives import examine_relatives
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping
from tests.workflow.test_trace_chains import pair

EXAMINED = "SELECT query_photo_id, reference_photo_id, relation, state FROM verification ORDER BY id"


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    made = Keeping(tmp_path / "instance")
    made.begin()
    yield made
    made.close()


def kept(keeping: Keeping, count: int) -> list[str]:
    return [str(keeping.keep(b"photo %d" % number).photo) for number in range(count)]


def joined(keeping: Keeping, pairs: list[tuple[str, str]]) -> None:
    with keeping.store.write() as change:
        change.store_verifications([pair(*one) for one in pairs])


def test_the_ends_of_two_matches_are_examined_once_and_their_chain_follows(keeping: Keeping) -> None:
    first, between, last = kept(keeping, 3)
    joined(keeping, [(between, first), (last, between)])
    with keeping.store.write() as change:
        # Equal image data is found without a look at pixels.
        for name in (first, last):
            change.store_rendition(name, "d" * 64, Rendition(1, 40, 30, 1, 1, 9.0, False, b"", 40, 30))
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    with keeping.store.write() as change:
        change.mark_touched([between])
    assert examine_relatives(keeping.catalogue) == []
    assert keeping.ask(EXAMINED)[2:] == []
    with keeping.store.write() as change:
        change.mark_touched([last])
    assert examine_relatives(keeping.catalogue) == []
    assert keeping.ask(EXAMINED)[2:] == [(3, 1, "same_pixels", "accepted")]
    assert keeping.store.untraced(CHAINS_VERSION, 9) == [first, between, last]
    assert examine_relatives(keeping.catalogue) == []
    assert len(keeping.ask(EXAMINED)) == 3


def test_a_look_that_found_nothing_is_not_taken_again(keeping: Keeping) -> None:
    first, between, last = kept(keeping, 3)
    joined(keeping, [(between, first), (last, between)])
    examine_relatives(keeping.catalogue)
    assert keeping.ask(EXAMINED)[2:] == [(3, 1, "none", "refused")]
    examine_relatives(keeping.catalogue)
    assert len(keeping.ask(EXAMINED)) == 3


def test_every_pair_of_a_small_neighbourhood_is_examined_however_far_apart(keeping: Keeping) -> None:
    photos = kept(keeping, ALL_PAIRS_UP_TO)
    joined(keeping, [(later, earlier) for earlier, later in pairwise(photos)])
    examine_relatives(keeping.catalogue)
    examined = {frozenset(row[:2]) for row in keeping.ask(EXAMINED)}
    assert len(examined) == ALL_PAIRS_UP_TO * (ALL_PAIRS_UP_TO - 1) // 2


def test_in_a_large_neighbourhood_a_new_photo_is_examined_beside_few(keeping: Keeping) -> None:
    photos = kept(keeping, 3 * ALL_PAIRS_UP_TO)
    joined(keeping, [(other, photos[0]) for other in photos[1:]])
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    before = len(keeping.ask(EXAMINED))
    with keeping.store.write() as change:
        change.mark_touched([photos[-1]])
    examine_relatives(keeping.catalogue)
    assert len(keeping.ask(EXAMINED)) - before == SUREST
    assert {row[0] for row in keeping.ask(EXAMINED)[before:]} == {len(photos)}
