"""What people decide about derivations and findings, and what they looked for, is kept with an event and shown with the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.errors import NotInCatalogueError, UsageError
from catalog.records.partial_date import PartialDate
from catalog.workflow.decide_chain import decide_derivation, decide_finding
from catalog.workflow.present_chains import chain_line, finding_name
from catalog.workflow.record_inquiry import keep_search, record_inquiry
from catalog.workflow.trace_chains import trace_chains
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated
from tests.workflow.test_trace_chains import pair

ACTIONS = "SELECT action FROM event WHERE action LIKE 'derivation%' OR action LIKE 'finding%' OR action LIKE 'inquiry%'"


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep two copies, the second dated after the first was seen, and a photo alone."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    first = made.keep(b"first", stated(url="https://courier.example/1", at="2017-01-02"))
    later = replace(stated(url="https://courier.example/2", at="2022-03-02"), date_created=PartialDate.parse("2022-03-01"))
    second = made.keep(b"second", later)
    made.keep(b"alone", stated(url="https://courier.example/3"))
    with made.store.write() as change:
        change.store_verifications([pair(str(first.photo), str(second.photo))])
    trace_chains(made.catalogue, lambda _done, _total: None)
    yield made
    made.close()


def test_a_decided_derivation_is_drawn_kept_with_its_event_and_undone(keeping: Keeping) -> None:
    first, second, _ = keeping.store.standing_photos()
    made = decide_derivation(keeping.catalogue, "made_from", first, second, " the desk says so ")
    (chain,) = keeping.store.chains(first)
    (edge,) = chain.derivations
    assert (edge.parent, edge.child, edge.directed, edge.decision) == (second, first, True, made)
    assert made.reason == "the desk says so"
    shown = keeping.store.pages.chain_page(second)
    assert shown.derivations[0].decision == made
    assert shown.decisions == (made,)
    line = chain_line(chain, {})["derivations"][0]
    assert line["decision"] == {"verdict": "made_from", "reason": made.reason, "agent": "editor", "at": made.decided_at}
    decide_derivation(keeping.catalogue, "undo", first, second, "mistaken")
    (chain,) = keeping.store.chains(first)
    assert chain.derivations[0].decision is None
    assert [row[0] for row in keeping.ask(ACTIONS)] == ["derivation made_from", "derivation undo"]


def test_a_decision_survives_a_rebuild_of_the_chains(keeping: Keeping) -> None:
    first, second, _ = keeping.store.standing_photos()
    made = decide_derivation(keeping.catalogue, "not_made_from", first, second, "another negative")
    with keeping.store.write() as change:
        change.mark_touched([first, second])
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    assert keeping.store.pages.chain_page(first).decisions == (made,)


@pytest.mark.parametrize(
    ("verdict", "reason", "words"),
    [("perhaps", "why", "no decision"), ("made_from", " ", "needs a reason"), ("undo", "why", "no decision on this derivation")],
)
def test_a_decision_that_says_nothing_is_refused(keeping: Keeping, verdict: str, reason: str, words: str) -> None:
    first, second, _ = keeping.store.standing_photos()
    with pytest.raises(UsageError, match=words):
        decide_derivation(keeping.catalogue, verdict, first, second, reason)


def test_photos_that_no_chain_holds_together_and_opposites_are_refused(keeping: Keeping) -> None:
    first, second, alone = keeping.store.standing_photos()
    with pytest.raises(UsageError, match="no accepted match"):
        decide_derivation(keeping.catalogue, "made_from", first, alone, "why")
    with pytest.raises(UsageError, match="two different"):
        decide_derivation(keeping.catalogue, "made_from", first, first, "why")
    decide_derivation(keeping.catalogue, "made_from", first, second, "why")
    with pytest.raises(UsageError, match="the opposite"):
        decide_derivation(keeping.catalogue, "made_from", second, first, "why")


def test_decisions_that_lead_in_a_circle_are_refused_and_what_stands_is_named(keeping: Keeping) -> None:
    first, second, third = keeping.store.standing_photos()
    with keeping.store.write() as change:
        change.store_verifications([pair(third, second), pair(third, first)])
    trace_chains(keeping.catalogue, lambda _done, _total: None)
    decide_derivation(keeping.catalogue, "made_from", second, first, "why")
    decide_derivation(keeping.catalogue, "made_from", third, second, "why")
    with pytest.raises(UsageError, match=f"of {first[:12]}, {second[:12]}, {third[:12]} each was made from the one before"):
        decide_derivation(keeping.catalogue, "made_from", first, third, "why")
    assert len(keeping.store.chain_decisions()) == 2
    decide_derivation(keeping.catalogue, "undo", second, first, "mistaken")
    decide_derivation(keeping.catalogue, "made_from", first, third, "the negative says so")
    (chain,) = keeping.store.chains(first)
    made = {(edge.parent, edge.child) for edge in chain.derivations if edge.decision is not None}
    assert made == {(second, third), (third, first)}
    assert [row[0] for row in keeping.ask("SELECT verdict FROM chain_decision ORDER BY id")] == [
        "made_from", "made_from", "undo", "made_from",
    ]  # fmt: skip


def test_a_dismissed_finding_stays_on_record_and_is_counted_no_more(keeping: Keeping) -> None:
    photos = keeping.store.standing_photos()
    held = [(photo, chain) for photo in photos for chain in keeping.store.chains(photo) if chain.findings]
    assert held, "the story has a finding"
    photo, chain = held[0]
    finding = chain.findings[0]
    counted = "SELECT sum(finding_count) FROM picture_group"
    before = keeping.ask(counted)[0][0]
    assert before > 0
    decide_finding(keeping.catalogue, "dismissed", photo, finding_name(finding)[:10], "they answered us")
    (again,) = keeping.store.chains(photo)
    assert [one.is_dismissed for one in again.findings if one.rule == finding.rule] == [True]
    assert keeping.ask(counted)[0][0] < before
    decide_finding(keeping.catalogue, "undo", photo, finding_name(finding), "mistaken")
    assert keeping.ask(counted)[0][0] == before
    with pytest.raises(NotInCatalogueError):
        decide_finding(keeping.catalogue, "confirmed", photo, "0" * 64, "why")
    with pytest.raises(UsageError, match="undo"):
        decide_finding(keeping.catalogue, "undo", photo, finding_name(finding), "why")


def test_a_search_that_found_nothing_is_kept_with_place_date_and_name_and_shown(keeping: Keeping) -> None:
    first, second, alone = keeping.store.standing_photos()
    record_inquiry(keeping.catalogue, first, "TinEye", made_at="2026-01-05", scope="whole picture")
    record_inquiry(keeping.catalogue, second, "a web archive", found=("https://courier.example/2003/",))
    keep_search(keeping.catalogue, "q.jpg", "c" * 64, 3, [{"photo": second, "score": 0.9}])
    shown = keeping.store.pages.chain_page(first).inquiries
    assert keeping.store.pages.inquiries([first, second]) == shown
    assert keeping.store.pages.inquiries([alone]) == ()
    assert [(one.place, one.found) for one in shown] == [
        ("this catalogue", (second,)), ("a web archive", ("https://courier.example/2003/",)), ("TinEye", ()),
    ]  # fmt: skip
    assert (shown[2].made_at.edtf, shown[2].agent, shown[2].scope) == ("2026-01-05", "editor", "whole picture")
    assert keeping.store.pages.chain_page(alone).inquiries == ()
    assert [row[0] for row in keeping.ask(ACTIONS)] == ["inquiry made"] * 3


@pytest.mark.parametrize(("place", "made_at"), [(" ", ""), ("TinEye", "some day"), ("TinEye", "2999-01-01")])
def test_an_inquiry_without_place_or_with_an_impossible_date_is_refused(keeping: Keeping, place: str, made_at: str) -> None:
    with pytest.raises(UsageError):
        record_inquiry(keeping.catalogue, keeping.store.standing_photos()[0], place, made_at=made_at)
