"""What a person decided stands above the evidence, and the evidence stays beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from catalog.provenance.chains import trace_chain
from catalog.provenance.decided import without_parted_ways
from catalog.records.match import Verification
from catalog.records.provenance import Chain, ChainDecision, Derivation
from catalog.records.traces import TracedPhoto
from tests.provenance.stories import STEPS, opened, saved, scene, shown, traced, verified

AT = "2026-11-22T10:00:00.000000Z"


def family() -> tuple[list[TracedPhoto], list[Verification]]:
    """Make a photo, a copy with a bar, and a copy of that without colour."""
    original = saved(scene(7), 92)
    barred, to_barred = STEPS["barred"](opened(original))
    second = saved(barred, 80)
    grey, to_grey = STEPS["greyed"](opened(second))
    photos = [
        traced(original, 1, shown("p1", "Evening Courier", "2019-01-01")), traced(second, 2, shown("p2", "Harbour Post")),
        traced(saved(grey, 60), 3, shown("p3", "Mirror Page")),
    ]  # fmt: skip
    pairs = [
        verified(photos[0], photos[1], to_barred), verified(photos[1], photos[2], to_grey),
        verified(photos[0], photos[2], to_grey @ to_barred),
    ]  # fmt: skip
    return photos, pairs


def drawn(*decisions: ChainDecision) -> tuple[Chain, list[str]]:
    photos, pairs = family()
    (chain,) = trace_chain(photos, pairs, (), decisions)
    return chain, [photo.sha256 for photo in photos]


def on_derivation(parent: str, child: str, verdict: str) -> ChainDecision:
    return ChainDecision("derivation", (parent, child), verdict, "I spoke to the desk.", "editor", AT)


def edge(chain: Chain, parent: str, child: str) -> Derivation | None:
    return next((one for one in chain.derivations if (one.parent, one.child) == (parent, child)), None)


def test_without_decisions_the_pixels_decide() -> None:
    chain, (first, second, third) = drawn()
    assert edge(chain, first, second) is not None
    assert edge(chain, second, third) is not None
    assert all(one.decision is None for one in chain.derivations)


def test_a_decided_derivation_is_drawn_against_the_evidence_which_stays_beside_it() -> None:
    names = drawn()[1]
    said = on_derivation(names[2], names[1], "made_from")
    chain, (first, second, third) = drawn(said)
    found = edge(chain, third, second)
    assert found is not None
    assert found.directed
    assert found.decision == said
    assert found.confidence < 0.5
    assert any(not item.supports for item in found.evidence)
    assert edge(chain, second, third) is None
    assert len(chain.derivations) == 2
    assert {first, third} & set(chain.origin) or chain.origin == ()


def test_a_denied_derivation_is_not_drawn_where_another_is_possible() -> None:
    names = drawn()[1]
    chain, (_, second, third) = drawn(on_derivation(names[1], names[2], "not_made_from"))
    assert edge(chain, second, third) is None
    assert any(third in (one.parent, one.child) for one in chain.derivations)


def test_a_second_parent_that_a_person_names_is_drawn_beside_the_first() -> None:
    names = drawn()[1]
    chain, (first, second, third) = drawn(
        on_derivation(names[1], names[2], "made_from"), on_derivation(names[0], names[2], "made_from")
    )
    assert {one.parent for one in chain.derivations if one.child == third} == {first, second}


def test_decisions_in_a_circle_never_make_a_chain_that_leads_back_to_itself() -> None:
    names = drawn()[1]
    chain, _ = drawn(
        on_derivation(names[0], names[1], "made_from"), on_derivation(names[1], names[2], "made_from"),
        on_derivation(names[2], names[0], "made_from"),
    )  # fmt: skip
    below: dict[str, set[str]] = {}
    for one in chain.derivations:
        below.setdefault(one.parent, set()).add(one.child)
    for start in names:
        reached, waiting = set(), [start]
        while waiting:
            for child in below.get(waiting.pop(), ()):
                assert child != start
                if child not in reached:
                    reached.add(child)
                    waiting.append(child)


@pytest.mark.parametrize("verdict", ["confirmed", "dismissed"])
def test_a_finding_keeps_what_a_person_said_and_a_dismissed_one_no_longer_contradicts(verdict: str) -> None:
    photos, pairs = family()
    claims = replace(photos[1].publications[0], event_dates=(shown("x", "X", "2020-05-05").published_at,))  # type: ignore[arg-type]
    photos[1] = replace(photos[1], publications=(claims,))
    (chain,) = trace_chain(photos, pairs)
    (finding,) = [one for one in chain.findings if one.rule == "shown_before_date_claimed"]
    assert chain.state == "contradicted"
    assert finding.reason in chain.state_reason
    said = ChainDecision("finding", (finding.rule, *finding.subjects), verdict, "The caption was mended.", "editor", AT)
    (again,) = trace_chain(photos, pairs, (), [said])
    assert [one.decision for one in again.findings if one.rule == finding.rule] == [said]
    assert (again.state == "contradicted") == (verdict == "confirmed")


def test_a_decision_about_other_photos_changes_nothing() -> None:
    before, names = drawn()
    after, _ = drawn(on_derivation(names[0], "f" * 64, "made_from"))
    assert after == before
    assert np.isfinite([one.confidence for one in after.derivations]).all()


def line(parent: str, child: str, confidence: float, **more: object) -> Derivation:
    return replace(Derivation(parent, child, True, (), confidence, ()), **more)  # type: ignore[arg-type]  # its own fields


def test_no_way_leads_from_one_photo_to_another_that_a_person_parted_from_it() -> None:
    """The least sure line of each way loses its direction; a line beside it keeps its own."""
    told = without_parted_ways([line("a", "b", 0.9), line("b", "c", 0.7), line("b", "d", 0.6)], {frozenset("ac")})
    assert [(one.child, one.directed) for one in told] == [("b", True), ("c", False), ("d", True)]


def test_of_a_way_a_line_that_a_person_decided_keeps_its_direction() -> None:
    made = on_derivation("b", "c", "made_from")
    told = without_parted_ways([line("a", "b", 0.9), line("b", "c", 0.1, decision=made)], {frozenset("ca")})
    assert [(one.child, one.directed) for one in told] == [("b", False), ("c", True)]


def test_a_photo_is_not_named_as_another_possible_parent_of_what_was_parted_from_it() -> None:
    (told,) = without_parted_ways([line("a", "b", 0.5, or_from=("c", "d"))], {frozenset("bc")})
    assert (told.directed, told.or_from) == (True, ("d",))


def test_a_parted_pair_is_not_drawn_although_a_person_once_said_it_was_made_so() -> None:
    photos, pairs = family()
    first, second, third = (photo.sha256 for photo in photos)
    joined = [found for found in pairs if {found.query, found.reference} != {first, third}]
    made = on_derivation(first, third, "made_from")
    (chain,) = trace_chain(photos, joined, (), [made], (), [(first, third)])
    assert edge(chain, first, third) is None
    assert {(one.parent, one.child) for one in chain.derivations if one.directed} in ({(first, second)}, {(second, third)})
    assert chain.state == "undetermined"
