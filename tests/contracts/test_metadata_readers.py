"""What every reader of a metadata block promises, whatever its vocabulary."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.metadata import meanings
from catalog.metadata.reading import READERS
from catalog.records.metadata import MEANINGS, VOCABULARIES
from catalog.records.text import shown
from tests.growth import is_linear
from tests.metadata.segments import UTF8_MARK, Tiff, alternatives, dataset, xmp

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "metadata.md").read_text("utf-8")
BEGINNINGS = {
    "exif": (b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08\0\x05"),
    "iim": (b"", b"\x1c\x02\x78", b"\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\x78"),
    "xmp": (b"", b"<", b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"),
}
EXAMPLES = {
    "exif": Tiff().text("Image", 0x010E, "Алеппо\0".encode()).text("EXIF", 0x9003, b"2017:01:02 10:11:12\0").build(),
    "iim": UTF8_MARK + dataset(2, 120, "Алеппо".encode()) + dataset(2, 25, b"war") + dataset(2, 25, b"ruins"),
    "xmp": xmp(alternatives("dc:description", ru="Алеппо", c="Aleppo"), attributes='photoshop:Credit="Wire"'),
}
# Bytes that make a careless reader slow: nested, repeated, overlapping, endless.
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "exif": lambda size: b"II*\0\x08\0\0\0" + (b"\x00\x10" + b"\x25\x88\x04\0\x01\0\0\0\x08\0\0\0" * (size // 12)),
    "iim": lambda size: dataset(2, 25, b"\xe9") * (size // 6),
    "xmp": lambda size: xmp("<dc:subject><rdf:Bag>" + "<rdf:li>a</rdf:li>" * (size // 18) + "</rdf:Bag></dc:subject>"),
}

# What only content credentials state; it has a table of its own on the page.
OF_CREDENTIALS = {"manifest_id", "ingredient", "credentials_integrity"}

readers = pytest.mark.parametrize("vocabulary", READERS)


def test_every_vocabulary_that_has_blocks_has_one_reader_and_the_cases_below() -> None:
    assert set(READERS) == set(EXAMPLES) == set(BEGINNINGS) == set(HOSTILE)
    assert set(READERS) < set(VOCABULARIES)


@readers
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_reader_never_raises_and_keeps_its_promises(vocabulary: str, data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(BEGINNINGS[vocabulary])) + data.draw(st.binary(max_size=300))
    _check(vocabulary, block)


@readers
@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_reader_keeps_its_promises_on_damaged_blocks(vocabulary: str, data: st.DataObject) -> None:
    block = bytearray(EXAMPLES[vocabulary])
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, len(block) - 1), st.integers(0, 255)), max_size=8)):
        block[place] = byte
    _check(vocabulary, bytes(block[: data.draw(st.integers(0, len(block)))]))


def _check(vocabulary: str, block: bytes) -> None:
    reader, failed = READERS[vocabulary]
    values, warnings = reader(block)
    assert reader(block) == (values, warnings)
    for code in (*warnings, failed):
        assert f"| `{code}` |" in PAGE
    for value in values:
        assert value.vocabulary == vocabulary
        assert value.meaning is None or value.meaning in MEANINGS
        assert value.text == shown(value.text)
        if vocabulary != "xmp":
            assert value.raw in block or value.codec == "exif-gps"
        if not value.codec.startswith(("exif-", "iim-")):
            codecs.lookup(value.codec.removesuffix("+replaced"))


@readers
def test_a_whole_block_is_read_without_a_warning(vocabulary: str) -> None:
    values, warnings = READERS[vocabulary][0](EXAMPLES[vocabulary])
    assert warnings == ()
    assert "Алеппо" in [value.text for value in values if value.meaning == "description"]


@readers
def test_time_grows_no_faster_than_the_block(vocabulary: str) -> None:
    reader = READERS[vocabulary][0]

    def work_on(length: int) -> Callable[[], object]:
        block = HOSTILE[vocabulary](length)
        return lambda: reader(block)

    assert is_linear(work_on, 60_000)


def test_the_page_names_every_property_that_has_a_meaning_in_the_row_of_its_meaning() -> None:
    prefixes = dict(re.findall(r"\| `(\w+)` \| `(http[^`]+)` \|", PAGE))
    rows = {row[0]: row[1] for row in re.findall(r"^\| `(\w+)` (\|.*\|.*\|.*\|.*\|)$", PAGE, re.MULTILINE)}
    assert set(MEANINGS) - OF_CREDENTIALS <= set(rows)
    assert all(f"`{meaning}`" in PAGE for meaning in OF_CREDENTIALS)
    for vocabulary in (meanings.XMP_MEANINGS, meanings.IIM_MEANINGS, meanings.EXIF_MEANINGS, meanings.PNG_MEANINGS):
        for name, meaning in vocabulary.items():
            for prefix, namespace in prefixes.items():
                name = name.replace(f"{{{namespace}}}", f"{prefix}:")
            assert f"`{name}`" in rows[meaning]


def test_every_meaning_is_reached_by_some_property() -> None:
    reached = {
        meaning
        for vocabulary in (meanings.XMP_MEANINGS, meanings.IIM_MEANINGS, meanings.EXIF_MEANINGS, meanings.PNG_MEANINGS)
        for meaning in vocabulary.values()
    }
    assert reached | {"gps_position"} | OF_CREDENTIALS == set(MEANINGS)
