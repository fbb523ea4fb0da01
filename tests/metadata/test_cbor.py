from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import MetadataError
from catalog.metadata.cbor import Value, read_cbor
from tests.metadata.credentials import cbor

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SINGLE = (
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.floats(allow_nan=False) | st.binary(max_size=40) | TEXTS
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SINGLE, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5), max_leaves=30
)


@given(VALUES)
def test_what_was_written_is_read_again(value: Value) -> None:
    assert read_cbor(cbor(value)) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_named_error(data: bytes) -> None:
    try:
        value = read_cbor(data)
    except MetadataError:
        return
    assert value is None or isinstance(value, (bool, int, float, str, bytes, list, dict))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9f0102ff", [1, 2]), ("bf616101ff", {"a": 1}), ("7f61616162ff", "ab"), ("5f41014102ff", b"\x01\x02"),
        ("c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z"),
        ("f93c00", 1.0), ("f7", None), ("a10102", {"1": 2}),
    ],
)  # fmt: skip
def test_examples_of_the_standard_are_read(written: str, value: Value) -> None:
    assert read_cbor(bytes.fromhex(written)) == value


@pytest.mark.parametrize("written", ["ff", "81ff", "1c", "5f01ff", "bf01ff", "62", "9f"])
def test_what_the_standard_forbids_is_refused(written: str) -> None:
    with pytest.raises(MetadataError):
        read_cbor(bytes.fromhex(written))


@pytest.mark.parametrize(
    "bomb", [b"\x81" * 500 + b"\x00", b"\x9b" + b"\xff" * 8 + b"\x00" * 100, b"\x99\xea\x60" + b"\x80" * 60_000]
)
def test_depth_and_number_are_bounded(bomb: bytes) -> None:
    with pytest.raises(MetadataError):
        read_cbor(bomb)
