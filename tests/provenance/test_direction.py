from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.provenance_pictures import OF_THE_CHAIN, evidence
from catalog.provenance.direction import NEGLIGIBLE, TreeSays, weigh
from catalog.provenance.quantities import QUANTITIES, ROOT_QUANTITIES, OrderedPair, quantify
from catalog.provenance.weights import QUANTITY_WEIGHTS
from catalog.provenance.words import CODES
from catalog.records.partial_date import PartialDate
from catalog.records.traces import StatedFacts, TracedPhoto
from tests.provenance.stories import bare, scene, shown

CAMERA = StatedFacts(camera="Canon Model 10", has_exif=True)


def pair(one: TracedPhoto, other: TracedPhoto) -> tuple[OrderedPair, OrderedPair]:
    return OrderedPair(one, other, None), OrderedPair(other, one, None)


dates = st.one_of(st.none(), st.integers(1990, 2030).map(str))
facts = st.builds(
    StatedFacts,
    modified=st.one_of(st.none(), st.integers(1990, 2030).map(lambda year: PartialDate.parse(str(year)))),
    software=st.one_of(st.none(), st.just("Editor 2")),
    camera=st.one_of(st.none(), st.just("Canon Model 10")),
    document_id=st.one_of(st.none(), st.sampled_from(["one", "two"])),
    derived_from=st.lists(st.sampled_from(["one", "two"]), max_size=1).map(tuple),
)


@given(dates, dates, facts, facts, st.floats(0, 1))
def test_exchanging_the_two_exchanges_every_sign(
    first: str | None, second: str | None, one: StatedFacts, other: StatedFacts, as_origin: float
) -> None:
    forward, backward = pair(bare("a", 1, shown("p", "A", first), facts=one), bare("b", 2, shown("q", "B", second), facts=other))
    there = weigh(forward, backward, as_origin=as_origin)
    back = weigh(backward, forward, as_origin=as_origin)
    assert there.log_odds == pytest.approx(-back.log_odds)
    assert there.confidence == pytest.approx(1 - back.confidence)
    signs = {item.code: item.supports for item in there.evidence}
    assert {item.code: not item.supports for item in back.evidence} == signs


def test_a_date_alone_directs_nothing() -> None:
    ledger = weigh(*pair(bare("a", 1, shown("p", "A", "2001")), bare("b", 2, shown("q", "B", "2015"))))
    assert ledger.confidence > 0.9
    assert [item.code for item in ledger.evidence] == ["publication_dates"]
    assert not ledger.is_directed


def test_dates_whose_bounds_overlap_weigh_nothing() -> None:
    forward, _ = pair(bare("a", 1, shown("p", "A", "2015")), bare("b", 2, shown("q", "B", "2015-06-01")))
    assert not {"published_before", "published_after"} & set(quantify(forward))


def test_a_camera_named_in_one_file_only_makes_that_one_the_parent() -> None:
    ledger = weigh(*pair(bare("a", 1, facts=CAMERA), bare("b", 2)))
    assert ledger.is_directed
    assert "Canon Model 10" in ledger.evidence[0].detail


def test_what_the_rest_of_the_chain_adds_is_an_item_of_its_own() -> None:
    ledger = weigh(*pair(bare("a", 1, facts=CAMERA), bare("b", 2)), tree=TreeSays(0.1, 0.2))
    assert ledger.confidence == pytest.approx(0.1)
    assert ledger.direction == pytest.approx(1 / 3)
    assert any(item.code == "rest_of_chain" and not item.supports for item in ledger.evidence)
    assert not ledger.is_directed


@given(st.floats(0.001, 0.999))
def test_the_items_of_a_ledger_add_up_to_its_confidence_and_how_often_such_sums_were_right_is_one_of_them(edge: float) -> None:
    tree = TreeSays(edge, (1 - edge) / 10)
    ledger = weigh(*pair(bare("a", 1, facts=CAMERA), bare("b", 2)), tree=tree)
    told = sum(item.weight if item.supports else -item.weight for item in ledger.evidence)
    assert told == pytest.approx(ledger.log_odds, abs=3 * NEGLIGIBLE)
    counted = [item for item in ledger.evidence if item.code == "track_record"]
    assert ledger.is_directed or not counted


def test_what_came_out_nearly_certain_is_said_to_be_a_little_less_so_and_what_came_out_doubtful_a_little_more() -> None:
    photos = pair(bare("a", 1, facts=CAMERA), bare("b", 2))
    certain, doubtful = weigh(*photos, tree=TreeSays(0.9999, 0.00001)), weigh(*photos, tree=TreeSays(0.65, 0.05))
    assert 0.99 < certain.confidence < 0.9999
    assert 0.65 < doubtful.confidence < 0.8
    assert [item.supports for item in certain.evidence if item.code == "track_record"] == [False]
    assert [item.supports for item in doubtful.evidence if item.code == "track_record"] == [True]


def test_what_others_with_the_parents_pixels_explain_as_well_is_taken_from_the_parent_and_not_from_the_direction() -> None:
    photos = pair(bare("a", 1, facts=CAMERA), bare("b", 2))
    alone = weigh(*photos, tree=TreeSays(0.95, 0.01))
    shared = weigh(*photos, tree=TreeSays(0.95, 0.01, share=1 / 3, alike=2))
    assert shared.is_directed
    assert shared.direction == alone.direction
    assert shared.confidence == pytest.approx(alone.confidence / 3)
    (told,) = [item for item in shared.evidence if item.code == "same_pixels"]
    assert told.detail.startswith("2 other photos")


def test_every_quantity_stands_under_one_code_and_every_code_in_the_page() -> None:
    listed = [name for names in CODES.values() for name in names]
    assert sorted(listed) == sorted({*QUANTITIES, *ROOT_QUANTITIES} - {"root"})
    assert set(QUANTITY_WEIGHTS) <= {*QUANTITIES, *ROOT_QUANTITIES}
    page = Path(__file__).parents[2].joinpath("docs", "provenance.md").read_text("utf-8")
    table = [line.split("`")[1] for line in page.split("## States")[0].splitlines() if line.startswith("| `")]
    assert sorted(table) == sorted([*CODES, *OF_THE_CHAIN])


def test_every_code_has_a_picture() -> None:
    photo = scene(5, (600, 384))
    assert list(evidence(photo, photo, photo)) == [*CODES, *OF_THE_CHAIN]
