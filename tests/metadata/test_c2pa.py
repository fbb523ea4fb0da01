"""Content credentials as real programs wrote them, and made by hand where a case needs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.metadata.c2pa import UNREADABLE
from catalog.metadata.cbor import Value
from catalog.metadata.reading import read_metadata
from catalog.records.text import shown
from catalog.workflow.state_facts import stated_facts
from tests.metadata.credentials import CONTAINERS, credited, jpeg_segments, store, superbox
from tests.metadata.segments import jpeg

FIXTURES = Path(__file__).parents[1] / "fixtures" / "metadata"
PARENT: dict[str, Value] = {
    "c2pa.ingredient": {
        "dc:title": "original.jpg", "relationship": "parentOf",
        "documentID": "xmp.did:original", "instanceID": "xmp.iid:original",
        "c2pa_manifest": {"url": "self#jumbf=/c2pa/urn:uuid:parent", "hash": b"\0" * 32},
    },
}  # fmt: skip
ACTIONS: dict[str, Value] = {
    "c2pa.actions": {
        "actions": [
            {"action": "c2pa.opened", "when": "2024-05-06T07:08:09Z", "softwareAgent": {"name": "Editor", "version": "9"}},
            {"action": "c2pa.cropped", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"},
        ]
    }
}


def said(data: bytes) -> dict[str, str]:
    return {value.property: value.text for value in read_metadata(data)[0] if value.vocabulary == "c2pa"}


def real(name: str) -> dict[str, str]:
    return said((FIXTURES / name).read_bytes())


def test_a_file_that_a_real_program_credited_is_the_one_its_credentials_were_made_for() -> None:
    found = real("c2pa-created.jpg")
    assert found["manifest"] == "contentauth:urn:uuid:4d971750-1db4-4492-a87c-5c3e7ed33efc"
    assert found["claim/generator"] == "make_test_images/0.16.1 c2pa-rs/0.16.1"
    assert (found["action/0"], found["action/1"]) == ("c2pa.created", "c2pa.drawing")
    assert (found["integrity/file"], found["integrity/assertions"]) == ("whole", "whole")


def test_a_file_that_was_altered_after_it_was_credited_is_told_though_its_manifest_agrees_with_itself() -> None:
    found = real("c2pa-altered-since.jpg")
    assert (found["integrity/file"], found["integrity/assertions"]) == ("broken", "whole")
    assert found["ingredient/0/instance"] == "xmp.iid:813ee422-9736-4cdc-9be6-4e35ed8e41cb"


@pytest.mark.parametrize("name", ["c2pa-created.jpg", "c2pa-altered-since.jpg"])
def test_a_signature_is_never_said_to_be_checked(name: str) -> None:
    assert real(name)["trust/signature"] == "not checked"


@pytest.mark.parametrize("container", CONTAINERS)
def test_ingredients_and_actions_are_read_from_every_container(container: str) -> None:
    found = said(credited(assertions=PARENT | ACTIONS, container=container))
    assert found["integrity/file"] == "whole"
    assert found["ingredient/0/relationship"] == "parentOf"
    assert found["ingredient/0/manifest"] == "urn:uuid:parent"
    assert (found["action/0/when"], found["action/0/program"]) == ("2024-05-06T07:08:09Z", "Editor 9")
    assert found["action/1/source_type"].endswith("/humanEdits")


@pytest.mark.parametrize("container", CONTAINERS)
def test_any_bit_that_changes_outside_the_credentials_breaks_the_binding(container: str) -> None:
    whole = bytearray(credited(container=container))
    whole[-7] ^= 1
    assert said(bytes(whole))["integrity/file"] == "broken"


def test_an_assertion_that_changed_after_the_claim_was_made_is_told() -> None:
    found = said(credited(assertions=PARENT, damage=lambda made: made.replace(b"original.jpg", b"0riginal.jpg")))
    assert found["integrity/assertions"] == "broken"


def test_a_digest_that_leaves_out_more_than_the_credentials_is_met_in_part_only() -> None:
    assert said(credited(beyond=9))["integrity/file"] == "in part"


def test_a_store_in_several_segments_is_joined() -> None:
    long: dict[str, Value] = {"c2pa.actions": {"actions": [{"action": "c2pa.opened", "when": "x" * 90_000}]}}
    found = said(credited(assertions=long))
    assert len(found["action/0/when"]) == 90_000
    assert found["integrity/file"] == "whole"


def test_without_a_digest_of_the_file_nothing_is_said_to_be_checked() -> None:
    found = said(jpeg(jpeg_segments(store("urn:uuid:child", {}, instanceID="xmp:iid:child"))))
    assert (found["integrity/file"], found["integrity/assertions"]) == ("not checked", "not checked")


def test_what_a_whole_file_says_it_was_made_from_becomes_a_fact() -> None:
    facts = stated_facts(read_metadata(credited(assertions=PARENT))[0])
    assert facts.manifest_ids == ("urn:uuid:child", "xmp:iid:urn:uuid:child")
    assert facts.ingredients == ("xmp.did:original", "xmp.iid:original", "urn:uuid:parent")


def test_what_credentials_of_other_bytes_say_becomes_no_fact() -> None:
    altered = bytearray(credited(assertions=PARENT))
    altered[-7] ^= 1
    facts = stated_facts(read_metadata(bytes(altered))[0])
    assert (facts.manifest_ids, facts.ingredients) == ((), ())


def test_what_went_into_a_picture_without_being_one_is_no_ingredient_it_came_from() -> None:
    prompt: dict[str, Value] = {"c2pa.ingredient.v3": {"relationship": "inputTo", "instanceID": "xmp.iid:model"}}
    assert stated_facts(read_metadata(credited(assertions=prompt))[0]).ingredients == ()


@given(st.integers(0, 1 << 30), st.integers(0, 255), st.integers(0, 1 << 30))
def test_damaged_credentials_cost_a_code_and_never_the_photo(place: int, byte: int, cut: int) -> None:
    block = bytearray(store("urn:uuid:child", PARENT | ACTIONS))
    block[place % len(block)] = byte
    kept = bytes(block[: cut % len(block) + 1])
    values, warnings = read_metadata(jpeg(jpeg_segments(kept)))
    assert set(warnings) <= {UNREADABLE, "metadata_too_large"}
    assert all(value.vocabulary == "c2pa" and value.text == shown(value.text) for value in values)


def test_sound_boxes_of_another_use_say_nothing_and_are_no_damage() -> None:
    draft = superbox(b"cacb", "cai", superbox(b"cast", "cb.agency_1"))
    assert read_metadata(jpeg(jpeg_segments(draft))) == ((), ())


def test_a_store_without_a_manifest_is_told() -> None:
    values, warnings = read_metadata(jpeg(jpeg_segments(b"\0\0\0\x20jumb" + b"\0" * 24)))
    assert (values, warnings) == ((), (UNREADABLE,))
