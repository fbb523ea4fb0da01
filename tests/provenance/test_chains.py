from __future__ import annotations

import random
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog.provenance.chains import trace_chain
from catalog.records.match import Verification
from catalog.records.provenance import CHAIN_STATES, Chain
from catalog.records.traces import StatedFacts, TracedPhoto
from tests.provenance.stories import STEPS, bare, opened, saved, scene, shown, traced, verified


def pair_of(step: str, seed: int = 1, *dates: str | None) -> tuple[TracedPhoto, TracedPhoto, Verification]:
    """Make a photo and a copy changed by one step; the copy is stored first, so that storing order misleads."""
    first_date, second_date = dates if dates else (None, None)
    original = saved(scene(seed), 92)
    changed, transform = STEPS[step](opened(original))
    parent = traced(original, 2, shown("p1", "Evening Courier", first_date))
    child = traced(saved(changed, 70), 1, shown("p2", "Harbour Post", second_date))
    return parent, child, verified(parent, child, transform)


def edges(chain: Chain) -> set[tuple[str, str]]:
    return {(item.parent, item.child) for item in chain.derivations if item.directed}


@pytest.mark.parametrize("step", sorted(set(STEPS) - {"mirrored"}))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pixels_alone_tell_the_copy_from_its_original(step: str, seed: int) -> None:
    parent, child, found = pair_of(step, seed)
    (chain,) = trace_chain([child, parent], [found])
    assert edges(chain) == {(parent.sha256, child.sha256)}
    assert chain.origin == (parent.sha256,)
    assert chain.state == "complete"
    assert chain.id == child.sha256


def test_the_direction_is_the_same_whichever_way_round_the_pair_was_verified() -> None:
    parent, child, found = pair_of("cropped")
    assert found.transform is not None
    back = np.linalg.inv(np.array(found.transform).reshape(3, 3))
    (chain,) = trace_chain([parent, child], [verified(child, parent, back)])
    assert edges(chain) == {(parent.sha256, child.sha256)}


def test_every_edge_has_a_ledger_of_known_items_that_adds_up_to_its_confidence() -> None:
    parent, child, found = pair_of("halved", 1, "2017-01-02", "2018-05-06")
    (chain,) = trace_chain([parent, child], [found])
    (edge,) = chain.derivations
    total = sum(item.weight if item.supports else -item.weight for item in edge.evidence)
    assert edge.confidence == pytest.approx(1 / (1 + np.exp(-total)), abs=0.1)
    assert {"resolution", "publication_dates"} <= {item.code for item in edge.evidence}
    assert all(item.weight > 0 and item.detail.endswith(".") for item in edge.evidence)


def test_dates_that_contradict_the_pixels_are_named_and_do_not_decide_alone() -> None:
    parent, child, found = pair_of("barred", 2, "2021-03-04", "2019-03-04")
    (chain,) = trace_chain([parent, child], [found])
    (edge,) = chain.derivations
    assert any(item.code == "publication_dates" and item.supports is False for item in edge.evidence) == (
        edge.parent == parent.sha256
    )
    if edge.directed:
        assert edge.parent == parent.sha256
        assert chain.state == "contradicted"
        assert "first seen later" in chain.state_reason
    else:
        assert chain.state == "undetermined"


def test_equal_files_with_dates_only_stay_undetermined() -> None:
    picture = saved(scene(4), 90)
    other = picture + b"\x00"
    first = traced(picture, 1, shown("p1", "A", "2019"))
    second = traced(other, 2, shown("p2", "B", "2021"))
    (chain,) = trace_chain([first, second], [verified(first, second, np.eye(3), relation="same_pixels")])
    (edge,) = chain.derivations
    assert not edge.directed
    assert chain.state == "undetermined"
    assert set(chain.origin) <= {first.sha256, second.sha256}


def equals(*dates: str | None, facts: StatedFacts | None = None) -> tuple[Chain, list[TracedPhoto]]:
    """Draw a JPEG, a PNG of its pixels, and a later copy of these pixels; `facts` are what JPEG and copy state."""
    jpeg = saved(scene(6, (640, 480)), 93)
    target = BytesIO()
    opened(jpeg).save(target, "PNG")
    smaller, to_smaller = STEPS["halved"](opened(jpeg))
    made = zip(("jpeg", "png", "copy"), (jpeg, target.getvalue(), saved(smaller, 75)), dates or (None,) * 3, strict=True)
    photos = [
        traced(data, order, shown(name, name, at), facts=None if name == "png" else facts)
        for order, (name, data, at) in enumerate(made)
    ]
    first, second, copy = photos
    same = verified(first, second, np.eye(3), relation="same_pixels")
    (chain,) = trace_chain(photos, [same, verified(first, copy, to_smaller), verified(second, copy, to_smaller)])
    return chain, photos


def test_a_copy_of_a_jpeg_and_a_png_with_the_same_pixels_is_said_to_be_made_from_one_of_the_two() -> None:
    chain, (jpeg, png, copy) = equals()
    edge = next(item for item in chain.derivations if item.child == copy.sha256)
    assert edge.directed
    assert {edge.parent, *edge.or_from} == {jpeg.sha256, png.sha256}
    assert 0.4 < edge.confidence <= 0.5
    (told,) = [item for item in edge.evidence if item.code == "same_pixels"]
    assert not told.supports
    assert edge.confidence_of_any == pytest.approx(2 * edge.confidence, abs=0.01)
    assert [item.or_from for item in chain.derivations if item.child == png.sha256] == [()]


def test_a_stated_camera_or_a_later_date_tells_two_photos_with_the_same_pixels_apart() -> None:
    chain, (jpeg, _, copy) = equals(facts=StatedFacts(camera="Canon Model 10"))
    stated = next(item for item in chain.derivations if item.child == copy.sha256)
    assert (stated.parent, stated.or_from) == (jpeg.sha256, ())
    assert stated.confidence > 0.85
    chain, (_, png, copy) = equals("2020", "2016", "2018")
    dated = next(item for item in chain.derivations if item.child == copy.sha256)
    assert (dated.parent, dated.or_from) == (png.sha256, ())


def test_copies_of_copies_hang_below_what_they_were_made_from() -> None:
    original = saved(scene(6, (640, 480)), 93)
    cropped, to_cropped = STEPS["cropped"](opened(original))
    crop = saved(cropped, 80)
    barred, to_barred = STEPS["barred"](opened(crop))
    bar = saved(barred, 70)
    a, b, c = traced(original, 3), traced(crop, 2), traced(bar, 1)
    found = [verified(a, b, to_cropped), verified(b, c, to_barred), verified(a, c, to_barred @ to_cropped)]
    (chain,) = trace_chain([a, b, c], found)
    assert edges(chain) == {(a.sha256, b.sha256), (b.sha256, c.sha256)}


def test_a_collage_has_both_its_sources_as_parents() -> None:
    left, right = saved(scene(7), 92), saved(scene(8), 92)
    size = (480, 360)
    board = Image.new("RGB", (size[0] * 2 + 8, size[1]), (255, 255, 255))
    board.paste(opened(left), (0, 0))
    board.paste(opened(right), (size[0] + 8, 0))
    a, b, c = traced(left, 1), traced(right, 2), traced(saved(board, 75), 3)
    shift = np.array([[1, 0, size[0] + 8], [0, 1, 0], [0, 0, 1.0]])
    found = [verified(a, c, np.eye(3), relation="part"), verified(b, c, shift, relation="part")]
    (chain,) = trace_chain([a, b, c], found)
    assert edges(chain) == {(a.sha256, c.sha256), (b.sha256, c.sha256)}
    assert set(chain.origin) == {a.sha256, b.sha256}


def test_photos_that_no_accepted_match_joins_are_chains_of_their_own() -> None:
    a, b, c = bare("a", 1), bare("b", 2), bare("c", 3)
    refused = [verified(a, b, relation="same_scene"), verified(b, c, state="suggested")]
    chains = trace_chain([c, a, b], refused)
    assert [chain.photos for chain in chains] == [(a.sha256,), (b.sha256,), (c.sha256,)]
    assert all(chain.state == "complete" and not chain.derivations for chain in chains)


def test_a_document_that_names_what_it_was_made_from_decides_without_pixels() -> None:
    first = bare("one", 2, facts=StatedFacts(document_id="xmp.did:1"))
    second = bare("two", 1, facts=StatedFacts(document_id="xmp.did:2", derived_from=("xmp.did:1",)))
    (chain,) = trace_chain([first, second], [verified(first, second)])
    assert edges(chain) == {(first.sha256, second.sha256)}
    assert any(item.code == "document_ids" and item.supports for item in chain.derivations[0].evidence)


def test_a_history_that_names_an_earlier_save_decides_without_pixels() -> None:
    first = bare("one", 2, facts=StatedFacts(document_id="xmp.did:1", instance_id="xmp.iid:1"))
    later = StatedFacts(document_id="xmp.did:1", instance_id="xmp.iid:2", earlier_instance_ids=("xmp.iid:0", "xmp.iid:1"))
    second = bare("two", 1, facts=later)
    (chain,) = trace_chain([first, second], [verified(first, second)])
    assert edges(chain) == {(first.sha256, second.sha256)}
    (item,) = [item for item in chain.derivations[0].evidence if item.code == "document_ids"]
    assert item.supports


def test_two_saves_that_share_only_older_ones_have_no_direction_from_them() -> None:
    def saved_as(instance: str) -> StatedFacts:
        return StatedFacts(document_id="xmp.did:1", instance_id=instance, earlier_instance_ids=("xmp.iid:0",))

    first, second = bare("one", 1, facts=saved_as("xmp.iid:1")), bare("two", 2, facts=saved_as("xmp.iid:2"))
    (chain,) = trace_chain([first, second], [verified(first, second)])
    assert edges(chain) == set()


def test_content_credentials_that_name_an_ingredient_decide_without_pixels() -> None:
    first = bare("one", 2, facts=StatedFacts(manifest_ids=("urn:uuid:1", "xmp:iid:1")))
    second = bare("two", 1, facts=StatedFacts(manifest_ids=("urn:uuid:2",), ingredients=("urn:uuid:1",)))
    (chain,) = trace_chain([first, second], [verified(first, second)])
    assert edges(chain) == {(first.sha256, second.sha256)}
    (item,) = [item for item in chain.derivations[0].evidence if item.code == "content_credentials"]
    assert item.supports
    assert "name the first" in item.detail
    assert "was not checked" in item.detail


def test_what_publications_claim_stands_beside_what_was_observed() -> None:
    photo = bare("a", 1, shown("p1", "Courier", "2019", credits=(("agency", "Orbit"), ("issuer", "Ministry"))), shown("p0"))
    (chain,) = trace_chain([photo], [])
    assert [(claim.publication, claim.publisher, claim.credits) for claim in chain.claimed] == [
        ("p0", None, ()),
        ("p1", "courier", ("orbit", "ministry")),
    ]


@st.composite
def webs(draw: st.DrawFn) -> tuple[list[TracedPhoto], list[Verification]]:
    count = draw(st.integers(1, 16))
    years = st.one_of(st.none(), st.integers(2000, 2020).map(str))
    photos = [bare(str(number), number, shown(f"p{number}", f"P{number}", draw(years))) for number in range(count)]
    found = []
    for child in range(1, count):
        targets = draw(st.sets(st.integers(0, child - 1), max_size=3))
        found += [verified(photos[target], photos[child]) for target in sorted(targets)]
    return photos, found


@settings(max_examples=60, deadline=None)
@given(webs(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(
    web: tuple[list[TracedPhoto], list[Verification]], dice: random.Random
) -> None:
    photos, found = web
    expected = trace_chain(photos, found)
    dice.shuffle(photos)
    dice.shuffle(found)
    assert trace_chain(photos, found) == expected


@settings(max_examples=60, deadline=None)
@given(webs())
def test_chains_are_trees_of_all_photos_and_say_when_a_date_is_against_them(
    web: tuple[list[TracedPhoto], list[Verification]],
) -> None:
    photos, found = web
    chains = trace_chain(photos, found)
    assert sorted(sha256 for chain in chains for sha256 in chain.photos) == sorted(photo.sha256 for photo in photos)
    dates = {photo.sha256: photo.publications[0].published_at for photo in photos}
    for chain in chains:
        assert chain.state in CHAIN_STATES
        assert chain.state_reason.endswith(".")
        assert len(chain.derivations) >= len(chain.photos) - 1
        parents = {photo: [item.parent for item in chain.derivations if item.child == photo] for photo in chain.photos}
        assert not any(_leads_to_itself(photo, parents) for photo in chain.photos)
        for edge in chain.derivations:
            before, after = dates[edge.parent], dates[edge.child]
            assert 0 <= edge.confidence <= 1
            if edge.directed and before is not None and after is not None and after.is_before(before):
                assert chain.state == "contradicted"


def _leads_to_itself(start: str, parents: dict[str, list[str]]) -> bool:
    todo, seen = list(parents[start]), set()
    while todo:
        current = todo.pop()
        if current == start:
            return True
        if current not in seen:
            seen.add(current)
            todo += parents[current]
    return False
