"""A rejected pair that a third photo links is drawn in two chains, and the rejection is named wherever a chain is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.workflow.collect_duplicates import collect_duplicates
from catalog.workflow.decide_chain import decide_derivation
from catalog.workflow.decide_pair import decide
from catalog.workflow.present_chains import chain_line, elsewhere
from catalog.workflow.rejected_pairs import rejected_pairs, with_rejected_pairs
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping
from tests.workflow.test_trace_chains import pair


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep a photo, its crop and a copy that matches both, the photo better; a person rejected photo and crop."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    whole, crop, third = (str(made.keep(b"photo %d" % number).photo) for number in range(3))
    pairs = [pair(crop, whole), replace(pair(third, whole), score=0.95), pair(third, crop)]
    with made.store.write() as change:
        change.store_verifications(pairs)
    trace_chains(made.catalogue, lambda _done, _total: None)
    assert [chain.photos for chain in made.store.chains()] == [(whole, crop, third)]
    decide(made.catalogue, "reject", whole, crop, "another bridge", "editor")
    yield made
    made.close()


def test_the_third_photo_lies_in_one_chain_and_its_match_with_the_other_leads_there(keeping: Keeping) -> None:
    whole, crop, third = keeping.store.standing_photos()
    assert [chain.photos for chain in keeping.store.chains()] == [(whole, third), (crop,)]
    assert [(one.photo, one.other, one.chain) for one in elsewhere(keeping.catalogue, (whole, third))] == [(third, crop, crop)]
    lines = [line for chain in keeping.store.chains() for line in chain.derivations]
    assert all(crop not in (line.parent, line.child) for line in lines)


def test_importing_again_leaves_them_parted_and_undoing_the_decision_joins_them(keeping: Keeping) -> None:
    whole, crop, third = keeping.store.standing_photos()
    with keeping.store.write() as change:
        change.mark_touched([whole, crop, third])
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    assert [chain.photos for chain in keeping.store.chains()] == [(whole, third), (crop,)]
    decide(keeping.catalogue, "undo", whole, crop, "mistaken", "editor")
    assert [chain.photos for chain in keeping.store.chains()] == [(whole, crop, third)]
    assert rejected_pairs(keeping.catalogue, (whole, crop, third)) == ()


def test_the_rejection_is_named_with_both_chains_in_json_page_and_report(keeping: Keeping) -> None:
    whole, crop, third = keeping.store.standing_photos()
    (chain,) = keeping.store.chains(whole)
    (told,) = rejected_pairs(keeping.catalogue, chain.photos)
    assert (told.photo, told.other, told.chain, told.decision.reason) == (whole, crop, crop, "another bridge")
    (line,) = chain_line(chain, {}, rejected=(told,))["rejected"]
    assert (line["photo"], line["other"], line["chain"]) == (whole, crop, crop)
    assert (line["decision"]["verdict"], line["decision"]["agent"]) == ("reject", "editor")
    for name, other in ((third, crop), (crop, whole)):
        shown = with_rejected_pairs(keeping.catalogue, keeping.store.pages.chain_page(name))
        assert [one.other for one in shown.rejected] == [other]
    reported = {group.id: group.rejected for group in collect_duplicates(keeping.catalogue).groups}
    assert reported[whole] == (told,)


def test_a_pair_that_was_rejected_is_not_said_to_be_made_one_from_the_other(keeping: Keeping) -> None:
    whole, crop, _third = keeping.store.standing_photos()
    with pytest.raises(UsageError, match="no copies of one another; undo that first"):
        decide_derivation(keeping.catalogue, "made_from", crop, whole, "the desk says so")


def test_where_people_join_all_three_no_way_leads_from_one_rejected_photo_to_the_other(keeping: Keeping) -> None:
    whole, crop, third = keeping.store.standing_photos()
    decide(keeping.catalogue, "accept", third, crop, "the same sky", "editor")
    assert [chain.photos for chain in keeping.store.chains()] == [(whole,), (crop, third)]
    decide(keeping.catalogue, "accept", whole, third, "the same sky", "editor")
    (chain,) = keeping.store.chains(crop)
    assert chain.photos == (whole, crop, third)
    assert all({line.parent, line.child} != {whole, crop} for line in chain.derivations)
    ways = {(line.parent, line.child) for line in chain.derivations if line.directed}
    assert not {(whole, third), (third, crop)} <= ways
    assert not {(crop, third), (third, whole)} <= ways
