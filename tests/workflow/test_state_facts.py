"""The facts a file states of its own making, out of values that may be missing, blank or several."""

from __future__ import annotations

from catalog.metadata.xmp import read_xmp
from catalog.records.metadata import MetadataValue
from catalog.records.traces import StatedFacts
from catalog.workflow.state_facts import stated_facts
from tests.metadata.segments import xmp


def value(meaning: str | None, text: str, vocabulary: str = "xmp", position: int = 0) -> MetadataValue:
    return MetadataValue(vocabulary, "p", position, None, text.encode(), text, "utf-8", meaning)


def test_a_file_that_states_nothing_has_no_facts() -> None:
    assert stated_facts([]) == StatedFacts()
    assert stated_facts([value(None, "words")]) == StatedFacts()


def test_blank_values_are_passed_over_and_the_first_other_one_counts() -> None:
    facts = stated_facts([value("software", " \n"), value("software", " Editor 3 "), value("software", "Editor 4")])
    assert facts.software == "Editor 3"


def test_make_and_model_are_one_camera_and_either_is_enough() -> None:
    assert stated_facts([value("camera_make", "Canon", "exif"), value("camera_model", "EOS 5", "exif")]).camera == "Canon EOS 5"
    assert stated_facts([value("camera_model", "EOS 5", "exif")]).camera == "EOS 5"
    assert stated_facts([value("camera_make", " ", "exif")]).camera is None


def test_every_ancestor_is_kept() -> None:
    facts = stated_facts([value("derived_from", "xmp.did:1"), value("derived_from", "xmp.did:2", position=1)])
    assert facts.derived_from == ("xmp.did:1", "xmp.did:2")


def test_the_saves_of_a_history_are_earlier_instances_and_the_last_of_them_is_the_file_itself() -> None:
    packet = xmp(
        "<xmpMM:History><rdf:Seq>"
        '<rdf:li stEvt:action="created" stEvt:instanceID="xmp.iid:1"/>'
        '<rdf:li stEvt:action="saved" stEvt:instanceID="xmp.iid:2"/>'
        '<rdf:li stEvt:action="saved" stEvt:instanceID="xmp.iid:3"/>'
        "</rdf:Seq></xmpMM:History>",
        attributes='xmpMM:InstanceID="xmp.iid:3"',
    )
    assert stated_facts(read_xmp(packet)[0]).earlier_instance_ids == ("xmp.iid:1", "xmp.iid:2")


def test_an_exif_block_is_known_by_any_value_of_it() -> None:
    assert stated_facts([value(None, "1", "exif")]).has_exif
    assert not stated_facts([value("software", "Editor", "xmp")]).has_exif


def test_words_and_identifiers_are_told_apart() -> None:
    facts = stated_facts([
        value("description", "A lighthouse."), value("creator", "Mara"), value("document_id", "d"),
        value("original_document_id", "o"), value("instance_id", "i"),
    ])  # fmt: skip
    assert (facts.caption, facts.creator) == ("A lighthouse.", "Mara")
    assert (facts.document_id, facts.original_document_id, facts.instance_id) == ("d", "o", "i")


def test_a_date_that_cannot_be_read_is_no_fact() -> None:
    assert stated_facts([value("date_created", "last summer")]).date_created is None
    made = stated_facts([value("date_created", "2014-06-12")]).date_created
    assert made is not None
    assert made.edtf == "2014-06-12"
