from __future__ import annotations

import pytest

from catalog.metadata.xmp import read_xmp
from tests.metadata.segments import NAMESPACES, alternatives, xmp


def name(prefixed: str) -> str:
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def stated(packet: bytes) -> list[tuple[str, str | None, str]]:
    values, warnings = read_xmp(packet)
    assert warnings == ()
    return [(value.property, value.language, value.text) for value in values]


def test_a_language_alternative_keeps_each_language_as_stated_also_junk() -> None:
    texts = {"x_default": "Aleppo", "ru": "Алеппо", "ar_SY": "حلب", "c": "junk"}
    assert stated(xmp(alternatives("dc:description", **texts))) == [
        (name("dc:description"), language.replace("_", "-"), text) for language, text in texts.items()
    ]


def test_attributes_are_properties_too() -> None:
    assert stated(xmp(attributes='photoshop:Credit="Wire" photoshop:Source="Desk"')) == [
        (name("photoshop:Credit"), None, "Wire"), (name("photoshop:Source"), None, "Desk"),
    ]  # fmt: skip


@pytest.mark.parametrize("array", ["Bag", "Seq", "Alt"])
def test_items_of_a_plain_array_share_the_property(array: str) -> None:
    items = f"<dc:subject><rdf:{array}><rdf:li>war</rdf:li><rdf:li>ruins</rdf:li></rdf:{array}></dc:subject>"
    assert [(path, text) for path, _, text in stated(xmp(items))] == [(name("dc:subject"), "war"), (name("dc:subject"), "ruins")]


STRUCTURES = {
    "parseType": '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Aleppo</Iptc4xmpExt:City></rdf:li>',
    "description": "<rdf:li><rdf:Description><Iptc4xmpExt:City>Aleppo</Iptc4xmpExt:City></rdf:Description></rdf:li>",
    "attributes of a description": '<rdf:li><rdf:Description Iptc4xmpExt:City="Aleppo"/></rdf:li>',
    "attributes": '<rdf:li Iptc4xmpExt:City="Aleppo"/>',
    "typed node": "<rdf:li><Iptc4xmpExt:Place><Iptc4xmpExt:City>Aleppo</Iptc4xmpExt:City></Iptc4xmpExt:Place></rdf:li>",
}


@pytest.mark.parametrize("item", STRUCTURES.values(), ids=STRUCTURES)
def test_a_structure_in_an_array_is_a_path_with_its_index_however_it_is_written(item: str) -> None:
    other = '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Homs</Iptc4xmpExt:City></rdf:li>'
    packet = xmp(f"<Iptc4xmpExt:LocationShown><rdf:Bag>{item}{other}</rdf:Bag></Iptc4xmpExt:LocationShown>")
    shown, city = name("Iptc4xmpExt:LocationShown"), name("Iptc4xmpExt:City")
    assert stated(packet) == [(f"{shown}/0/{city}", None, "Aleppo"), (f"{shown}/1/{city}", None, "Homs")]
    assert {value.meaning for value in read_xmp(packet)[0]} == {"location_shown"}


def test_lineage_is_found_in_structures() -> None:
    packet = xmp(
        '<xmpMM:DerivedFrom stRef:documentID="xmp.did:1" stRef:instanceID="xmp.iid:2"/>',
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2017-01-02"/></rdf:Seq></xmpMM:History>',
        attributes='xmpMM:OriginalDocumentID="xmp.did:0"',
    )
    assert [(value.meaning, value.text) for value in read_xmp(packet)[0]] == [
        ("original_document_id", "xmp.did:0"), ("derived_from", "xmp.did:1"), ("derived_from", "xmp.iid:2"),
        ("edit_history", "saved"), ("edit_history", "2017-01-02"),
    ]  # fmt: skip


def test_a_qualified_value_is_the_value_and_its_qualifier_beside_it() -> None:
    packet = xmp("<dc:source><rdf:Description><rdf:value>Wire</rdf:value><dc:type>agency</dc:type></rdf:Description></dc:source>")
    source = name("dc:source")
    assert stated(packet) == [(source, None, "Wire"), (f"{source}/?{name('dc:type')}", None, "agency")]


def test_an_address_given_as_resource_is_a_value() -> None:
    packet = xmp('<Iptc4xmpExt:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"/>')
    value = read_xmp(packet)[0][0]
    assert (value.meaning, value.text.rsplit("/")[-1]) == ("digital_source_type", "screenCapture")


def test_names_of_two_vocabularies_do_not_collide() -> None:
    packet = xmp('<photoshop:Source>Wire</photoshop:Source><dc:source xmlns:dc="urn:other">Other</dc:source>')
    assert [(path, text) for path, _, text in stated(packet)] == [
        (name("photoshop:Source"), "Wire"), ("{urn:other}source", "Other"),
    ]  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_every_unicode_encoding_is_told_apart(codec: str) -> None:
    text = xmp(alternatives("dc:description", ru="Алеппо")).decode().split("?>", 1)[1]
    assert stated(text.encode(codec))[0][2] == "Алеппо"


def test_bytes_that_are_no_utf8_are_kept_and_read_by_the_rule_for_undeclared_text() -> None:
    raw = "Развалины Алеппо".encode("cp1251")
    values, warnings = read_xmp(xmp(alternatives("dc:description", en="CAPTION")).replace(b"CAPTION", raw))
    assert (values[0].raw, values[0].text, values[0].codec) == (raw, "Развалины Алеппо", "cp1251")
    assert warnings == ("xmp_damaged",)


def test_characters_that_xml_forbids_are_kept_in_the_bytes() -> None:
    raw = b"a\0b\x1b[31mc"
    values, warnings = read_xmp(xmp(alternatives("dc:description", en="CAPTION")).replace(b"CAPTION", raw))
    assert values[0].raw == raw
    assert values[0].text == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31mc"
    assert warnings == ("xmp_damaged",)


def test_padding_nul_and_junk_around_the_packet_are_ignored() -> None:
    packet = xmp(attributes='photoshop:Credit="Wire"')
    assert stated(b"\0\0 junk " + packet + b"\0" * 40) == stated(packet)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]>'
EXTERNAL = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
DEEP = b"<a>" * 65 + b"</a>" * 65
REFUSED = {
    "cut": (xmp(attributes='photoshop:Credit="Wire"')[:-300], "xmp_unreadable"),
    "empty": (b"", "xmp_unreadable"),
    "no rdf": (b"<html><body>x</body></html>", "xmp_unreadable"),
    "two roots": (b"<a/><b/>", "xmp_unreadable"),
    "forbidden reference": (xmp("<dc:x>&#0;</dc:x>"), "xmp_unreadable"),
    "private characters of ours": (xmp("<dc:x>\U0010fe41</dc:x>"), "xmp_unreadable"),
    "entity": (ENTITY + xmp("<dc:x>&a;</dc:x>").split(b"?>", 1)[1], "xmp_forbidden"),
    "external": (EXTERNAL + xmp().split(b"?>", 1)[1], "xmp_forbidden"),
    "deep": (DEEP, "metadata_too_large"),
    "many": (b"<a>" + b"<b/>" * 50_001 + b"</a>", "metadata_too_large"),
    "long name": (f"<{'a' * 513}/>".encode(), "metadata_too_large"),
    "large": (b" " * (2 * 1024 * 1024 + 1), "metadata_too_large"),
}


@pytest.mark.parametrize(("packet", "code"), REFUSED.values(), ids=REFUSED)
def test_a_packet_that_cannot_or_must_not_be_read_is_refused_by_name(packet: bytes, code: str) -> None:
    assert read_xmp(packet) == ((), (code,))


def test_long_paths_with_many_values_below_them_are_cut_off_by_name() -> None:
    names = [f"dc:{letter * 400}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    opened = "".join(f'<{name} rdf:parseType="Resource">' for name in names)
    closed = "".join(f"</{name}>" for name in reversed(names))
    values, warnings = read_xmp(xmp(opened + "<dc:x>y</dc:x>" * 20_000 + closed))
    assert warnings == ("metadata_too_large",)
    assert 0 < sum(len(value.property) for value in values) <= 4 * 1024 * 1024


@pytest.mark.parametrize(
    "packet",
    [
        b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" /><?xpacket end="w"?>\0\0',
    ],
)
def test_an_empty_packet_states_nothing_and_is_no_damage(packet: bytes) -> None:
    assert read_xmp(packet) == ((), ())
