"""A piece that stands in composites of two pictures has a chain of its own, and both chains lead there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.cli.chain_words import chain_words
from catalog.records.match import Verification
from catalog.workflow.decide_pair import decide
from catalog.workflow.present_chains import chain_line, elsewhere, with_elsewhere
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping
from tests.workflow.test_trace_chains import pair

HALF = 20.0  # of a photo 40 pixels wide


def showing(query: str, reference: str, left: float = 0.0, there: float = 0.0, width: float = 40.0) -> Verification:
    """Accept a pair that shares as many columns, from one place in the query and another in the reference."""
    return replace(
        pair(query, reference),
        transform=(1.0, 0.0, there - left, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
        box=(left, 0.0, width, 30.0),
    )


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep two pictures, each with a composite that shows it beside the same piece, and the piece."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    one, beside, other, other_beside, piece = (str(made.keep(b"photo %d" % number).photo) for number in range(5))
    pairs = [
        showing(beside, one, width=HALF), showing(other_beside, other, width=HALF),
        showing(piece, beside, there=HALF, width=HALF), showing(piece, other_beside, there=HALF, width=HALF),
        showing(other_beside, beside, HALF, HALF, HALF),
    ]  # fmt: skip
    with made.store.write() as change:
        change.store_verifications(pairs)
    trace_chains(made.catalogue, lambda _done, _total: None)
    yield made
    made.close()


def test_chains_lead_to_the_piece_and_the_piece_to_them(keeping: Keeping) -> None:
    one, beside, other, other_beside, piece = keeping.store.standing_photos()
    assert [chain.photos for chain in keeping.store.chains()] == [(one, beside), (other, other_beside), (piece,)]
    told = elsewhere(keeping.catalogue, (one, beside))
    assert {(found.photo, found.other, found.relation, found.chain) for found in told} == {
        (beside, piece, "copy", piece), (beside, other_beside, "copy", other),
    }  # fmt: skip
    assert [found.other for found in elsewhere(keeping.catalogue, (piece,))] == sorted([beside, other_beside])
    (chain,) = keeping.store.chains(piece)
    line = chain_line(chain, {}, elsewhere(keeping.catalogue, chain.photos))
    assert {(found["other"], found["chain"]) for found in line["elsewhere"]} == {(beside, one), (other_beside, other)}
    shown = with_elsewhere(keeping.catalogue, keeping.store.pages.chain_page(piece))
    assert len(shown.elsewhere) == 2
    words = list(chain_words(chain, {piece: "piece.jpg", beside: "beside.jpg"}, shown.elsewhere))
    assert "  piece.jpg shares a piece with beside.jpg, which has a chain of its own" in words


def test_no_picture_group_lies_in_two_chains(keeping: Keeping) -> None:
    groups = [row[0] for row in keeping.ask("SELECT group_concat(photo_id) FROM group_member GROUP BY group_id ORDER BY 1")]
    assert groups == ["1,2", "3,4", "5"]


def test_a_pair_that_a_person_rejected_leads_nowhere_and_one_accepted_lies_in_one_chain(keeping: Keeping) -> None:
    one, beside, _, other_beside, piece = keeping.store.standing_photos()
    decide(keeping.catalogue, "reject", beside, other_beside, "other sky", "editor")
    assert [found.other for found in elsewhere(keeping.catalogue, (one, beside))] == [piece]
    decide(keeping.catalogue, "accept", beside, piece, "the same bird", "editor")
    assert next(keeping.store.chains(piece)).photos == (one, beside, piece)
    assert elsewhere(keeping.catalogue, (one, beside, piece))[0].other == other_beside
