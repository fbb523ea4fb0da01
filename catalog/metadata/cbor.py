"""Values in CBOR, the binary form that content credentials are written in (RFC 8949), read within stated limits."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from catalog.errors import MetadataError

# A claim of the public test files has under 200 items in 4 levels; these are far above and still cost milliseconds.
MAX_LEVELS = 24
MAX_ITEMS = 50_000

Value = None | bool | int | float | str | bytes | list["Value"] | dict[str, "Value"]

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_INDEFINITE = 31
_BREAK = object()
# RFC 8949 §3.3: simple values and floats by their additional information.
_SIMPLES: dict[int, Value] = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}


@dataclass(slots=True)
class _Place:
    """Hold where a reader stands and how many items it may still read."""

    data: bytes
    at: int = 0
    left: int = MAX_ITEMS

    def take(self, count: int) -> bytes:
        """Return the next bytes; MetadataError where there are not so many."""
        if count > len(self.data) - self.at:
            raise MetadataError("the CBOR ends in the middle of a value", block="c2pa")
        self.at += count
        return self.data[self.at - count : self.at]


def read_cbor(data: bytes) -> Value:
    """Return the first value of `data`; what follows it is left alone.

    Tags are dropped, keys of maps that are no text are written as text, `undefined` is None. Raises MetadataError for
    anything malformed and beyond the limits.
    """
    found = _value(_Place(data), 0)
    if found is _BREAK:
        raise MetadataError("the CBOR begins with an end", block="c2pa")
    return found  # type: ignore[return-value]


def _value(place: _Place, level: int) -> object:
    place.left -= 1
    if place.left < 0 or level > MAX_LEVELS:
        raise MetadataError("the CBOR has more items or levels than are read", block="c2pa")
    first = place.take(1)[0]
    major, more = first >> 5, first & 31
    if major == _SIMPLE:
        return _simple(place, more)
    if more == _INDEFINITE:
        return _until_break(place, major, level)
    count = _count(place, more)
    if major == _UNSIGNED:
        return count
    if major == _NEGATIVE:
        return -1 - count
    if major == _BYTES:
        return place.take(count)
    if major == _TEXT:
        return place.take(count).decode("utf-8", "replace")
    if major == _ARRAY:
        return [_item(place, level) for _ in range(count)]
    if major == _MAP:
        return {_key(_item(place, level)): _item(place, level) for _ in range(count)}
    return _item(place, level)


def _count(place: _Place, more: int) -> int:
    """Return the number that the additional information holds or announces (RFC 8949 §3)."""
    if more < 24:
        return more
    if more > 27:
        raise MetadataError("the CBOR has a length that the standard does not know", block="c2pa")
    return int.from_bytes(place.take(1 << (more - 24)), "big")


def _simple(place: _Place, more: int) -> object:
    if more == _INDEFINITE:
        return _BREAK
    if more in _FLOATS:
        (number,) = struct.unpack(_FLOATS[more], place.take(1 << (more - 24)))
        return float(number)
    if more == 24:
        place.take(1)
        return None
    return _SIMPLES.get(more)


def _until_break(place: _Place, major: int, level: int) -> object:
    """Read what has no stated length: pieces of one text or one run of bytes, items of an array, pairs of a map."""
    items: list[object] = []
    while (item := _value(place, level + 1)) is not _BREAK:
        items.append(item)
    if major == _BYTES and all(isinstance(item, bytes) for item in items):
        return b"".join(item for item in items if isinstance(item, bytes))
    if major == _TEXT and all(isinstance(item, str) for item in items):
        return "".join(item for item in items if isinstance(item, str))
    if major == _ARRAY:
        return items
    if major == _MAP and len(items) % 2 == 0:
        return {_key(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
    raise MetadataError("the CBOR has a value without length that cannot have none", block="c2pa")


def _item(place: _Place, level: int) -> object:
    found = _value(place, level + 1)
    if found is _BREAK:
        raise MetadataError("the CBOR ends a value that has a stated length", block="c2pa")
    return found


def _key(value: object) -> str:
    return value if isinstance(value, str) else repr(value)
