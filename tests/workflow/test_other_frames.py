"""What a person calls another frame of the same scene is no copy, waits no more, and stands beside the chains of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.cli.chain_words import chain_words
from catalog.records.provenance import OtherFrame
from catalog.workflow.decide_pair import decide
from catalog.workflow.other_frames import frames_of_scene, other_frames, with_other_frames
from catalog.workflow.present_chains import chain_line
from catalog.workflow.undo_import import undo_import
from tests.store.keeping import Keeping
from tests.workflow.test_rejected_pairs import APART, GROUPS, measured, pair, photos, waiting

TOGETHER = [(1, 1), (1, 2)]


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Keep two photos that nobody compared yet."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    for number in range(2):
        made.keep(b"photo %d" % number)
    yield made
    made.close()


def said(keeping: Keeping, verdict: str, reason: str = "the van moved on") -> None:
    decide(keeping.catalogue, verdict, *photos(keeping), reason, "editor")


def told(keeping: Keeping, photo: str) -> list[tuple[str, str, str | None]]:
    """Tell photo, other and what a person said of each frame beside the chain of a photo."""
    frames = other_frames(keeping.catalogue, next(keeping.store.chains(photo)).photos)
    return [(one.photo, one.other, one.decision.verdict if one.decision else None) for one in frames]


@pytest.mark.parametrize("relation", ["same_scene", "copy"])
def test_a_suggestion_that_a_person_calls_another_frame_joins_nothing_and_waits_no_more(keeping: Keeping, relation: str) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "suggested", relation))
    assert len(waiting(keeping)) == 1
    said(keeping, "same_scene")
    assert waiting(keeping) == []
    assert keeping.ask(GROUPS) == APART
    assert told(keeping, first) == [(first, second, "same_scene")]
    assert told(keeping, second) == [(second, first, "same_scene")]


def test_an_accepted_copy_that_a_person_calls_another_frame_is_parted(keeping: Keeping) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "accepted"))
    assert keeping.ask(GROUPS) == TOGETHER
    said(keeping, "same_scene")
    assert keeping.ask(GROUPS) == APART
    assert [chain.photos for chain in keeping.store.chains()] == [(first,), (second,)]
    said(keeping, "undo")
    assert keeping.ask(GROUPS) == TOGETHER
    assert told(keeping, first) == []


def test_measuring_it_as_a_copy_later_is_new_evidence_and_changes_nothing_by_itself(keeping: Keeping) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "suggested", "same_scene"))
    said(keeping, "same_scene")
    measured(keeping, pair(second, first, "suggested", "same_scene", version=2))
    assert waiting(keeping) == []
    measured(keeping, pair(second, first, "accepted", "copy", version=3))
    (shown,) = waiting(keeping)
    assert shown.has_new_evidence
    assert keeping.ask(GROUPS) == APART
    assert told(keeping, first) == [(first, second, "same_scene")]


def test_a_pair_that_nobody_measured_is_one_by_a_persons_word(keeping: Keeping) -> None:
    first, second = photos(keeping)
    assert frames_of_scene(keeping.catalogue, [first, second]) == []
    said(keeping, "same_scene")
    assert told(keeping, first) == [(first, second, "same_scene")]


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_another_word_on_a_suggested_frame_takes_it_away(keeping: Keeping, verdict: str) -> None:
    first, second = photos(keeping)
    measured(keeping, pair(second, first, "suggested", "same_scene"))
    assert told(keeping, first) == [(first, second, None)]
    said(keeping, verdict)
    assert told(keeping, first) == []
    assert frames_of_scene(keeping.catalogue, [first, second]) == []


def test_a_frame_that_stands_no_more_is_told_no_more(keeping: Keeping) -> None:
    keeping.begin()
    third = str(keeping.keep(b"photo 2").photo)
    first, _ = keeping.store.standing_photos()[:2]
    decide(keeping.catalogue, "same_scene", first, third, "the van moved on", "editor")
    assert told(keeping, first) == [(first, third, "same_scene")]
    undo_import(keeping.catalogue, "run-2", "wrong folder")
    assert told(keeping, first) == []


def test_the_chain_says_who_decided_and_why_on_every_face(keeping: Keeping) -> None:
    first, second = photos(keeping)
    said(keeping, "same_scene")
    (chain,) = keeping.store.chains(first)
    frames = other_frames(keeping.catalogue, chain.photos)
    (line,) = chain_line(chain, {}, (), frames)["frames"]
    assert (line["photo"], line["other"], line["chain"]) == (first, second, second)
    assert (line["decision"]["reason"], line["decision"]["agent"]) == ("the van moved on", "editor")
    words = list(chain_words(chain, {first: "a.jpg", second: "b.jpg"}, (), frames))
    assert "  a.jpg and b.jpg are two frames of one scene, editor decided: the van moved on" in words
    open_one = (OtherFrame(first, second, second, None),)
    assert "  a.jpg and b.jpg may be two frames of one scene; nobody decided" in chain_words(
        chain, {first: "a.jpg", second: "b.jpg"}, (), open_one
    )
    assert with_other_frames(keeping.catalogue, keeping.store.pages.chain_page(first)).frames == frames
