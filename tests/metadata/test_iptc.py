from __future__ import annotations

import pytest

from catalog.metadata.iptc import CHARSETS, read_iim, split_datasets
from tests.metadata.segments import UTF8_MARK, dataset


def texts(block: bytes) -> list[tuple[str, str, str]]:
    return [(value.property, value.text, value.codec) for value in read_iim(block)[0]]


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Развалины Алеппо", "cp1251"),
        ("أنقاض شرق حلب", "cp1256"),
        ("Les ruines d'Alep, été", "cp1252"),
        ("Руїни Алеппо", "utf-8"),
    ],
)
def test_text_without_a_declared_set_is_read_and_its_bytes_kept(text: str, codec: str) -> None:
    raw = text.encode(codec)
    values, warnings = read_iim(dataset(2, 120, raw))
    assert (values[0].raw, values[0].text, values[0].codec, warnings) == (raw, text, codec, ())


@pytest.mark.parametrize(("sequence", "codec"), CHARSETS.items(), ids=str)
def test_the_declared_set_reads_the_text(sequence: bytes, codec: str) -> None:
    letter = bytes([0xE9]).decode(codec) if codec != "utf-8" else "é"
    block = dataset(1, 90, sequence) + dataset(2, 120, letter.encode(codec))
    assert texts(block)[1] == ("2:120", letter, codec)


def test_a_declared_set_that_the_bytes_contradict_is_not_believed() -> None:
    values, warnings = read_iim(UTF8_MARK + dataset(2, 120, "Алеппо".encode("cp1251")))
    assert (values[1].text, values[1].codec) == ("Алеппо", "cp1251")
    assert warnings == ("iim_charset_wrong",)


def test_a_set_nobody_knows_is_named_and_the_text_read_as_undeclared() -> None:
    values, warnings = read_iim(dataset(1, 90, b"\x1b(K") + dataset(2, 120, "Алеппо".encode("cp1251")))
    assert (values[0].text, values[1].text) == ("ESC (K", "Алеппо")
    assert warnings == ("iim_charset_unknown",)


@pytest.mark.parametrize("mark", [UTF8_MARK, b""], ids=["declared", "undeclared"])
def test_a_credit_cut_at_32_bytes_inside_a_character_keeps_its_bytes_and_shows_the_cut(mark: bytes) -> None:
    raw = "Министерство обороны".encode()[:32]
    values, warnings = read_iim(mark + dataset(2, 110, raw))
    assert values[-1].raw == raw
    assert values[-1].text == "Министерство обо\N{REPLACEMENT CHARACTER}"
    assert values[-1].codec == "utf-8+replaced"
    assert warnings == ()


def test_repeated_datasets_keep_their_order() -> None:
    block = dataset(2, 25, b"war") + dataset(2, 80, b"A. Nother") + dataset(2, 25, b"ruins")
    assert [text for name, text, _ in texts(block) if name == "2:25"] == ["war", "ruins"]


def test_an_extended_length_is_read() -> None:
    assert texts(dataset(2, 120, b"long" * 10_000, extended=True)) == [("2:120", "long" * 10_000, "utf-8")]


@pytest.mark.parametrize(
    "damage",
    [
        b"\x1c\x02\x50\x00\xffcut",
        b"\x1c\x02\x50\x84\x04\x7f\xff\xff\xff",
        b"\x1c\x02\x50\xff\xff",
        b"\x1c\x02",
        b"\x1c",
        b"junk",
        b"\0\0junk",
    ],
    ids=repr,
)
def test_damage_is_named_and_what_stands_before_it_is_kept(damage: bytes) -> None:
    values, warnings = read_iim(dataset(2, 120, b"Lviv") + damage)
    assert [value.text for value in values] == ["Lviv"]
    assert warnings == ("iim_damaged",)


def test_reading_goes_on_where_datasets_follow_one_another_again() -> None:
    swallowed = b"\x1c\x01\x5a\x00\x04\x00\xc4\x1c\x02" + b"\0\0\x02\0\x02"
    values, warnings = read_iim(swallowed + dataset(2, 20, b"portrait") + dataset(2, 120, b"Lviv"))
    assert [value.text for value in values if value.codec == "utf-8"] == ["portrait", "Lviv"]
    assert warnings == ("iim_damaged", "iim_charset_unknown")


def test_bytes_that_look_like_a_dataset_and_lead_to_none_are_passed_over() -> None:
    values, _ = read_iim(b"junk\x1c\x02\x78\x00\x03abcd" + dataset(2, 120, b"Lviv"))
    assert [value.text for value in values] == ["Lviv"]


def test_padding_after_the_last_dataset_is_no_damage() -> None:
    assert split_datasets(dataset(2, 120, b"Lviv") + b"\0\0\0")[1] == []


def test_numbers_are_numbers_and_previews_are_left_out() -> None:
    block = dataset(2, 0, b"\0\x04") + dataset(2, 202, b"\xff\xd8preview") + dataset(7, 10, b"\x05") + dataset(2, 10, b"4")
    assert texts(block) == [("2:0", "4", "iim-number"), ("2:10", "4", "utf-8")]


def test_too_many_datasets_are_cut_off_by_name() -> None:
    values, warnings = read_iim(dataset(2, 25, b"x") * 5_001)
    assert len(values) == 5_000
    assert warnings == ("metadata_too_large",)
