"""The properties of an XMP packet: arrays, structures, language alternatives and qualifiers of its RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.errors import MetadataError
from catalog.metadata.blocks import TOO_LARGE
from catalog.metadata.charset import undeclared_codecs
from catalog.metadata.meanings import xmp_meaning
from catalog.metadata.xmp_tree import UNREADABLE, Element, parse_packet, raw_bytes
from catalog.records.metadata import MetadataValue
from catalog.records.text import RecordedText

DAMAGED = "xmp_damaged"
# A packet of 2 MiB at its limit, whose texts are as long as its paths.
MAX_LETTERS = 4 * 1024 * 1024
HAS_EXTENDED = "{http://ns.adobe.com/xmp/note/}HasExtendedXMP"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_WRAPPERS = frozenset({f"{_RDF}RDF", "{adobe:ns:meta/}xmpmeta", "{adobe:ns:meta/}xapmeta"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ARRAYS = (f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt")
_DESCRIPTION, _VALUE, _ITEM = f"{_RDF}Description", f"{_RDF}value", f"{_RDF}li"
_RESOURCE, _PARSE_TYPE = f"{_RDF}resource", f"{_RDF}parseType"


@dataclass(frozen=True, slots=True)
class _Stated:
    """Hold one value as the tree states it."""

    path: str
    language: str | None
    text: str


def read_xmp(packet: bytes) -> tuple[tuple[MetadataValue, ...], tuple[str, ...]]:
    """Return the values of an XMP packet in the order of the file, and warning codes.

    A property is `{namespace}name`. Inside structures it is a path joined by `/`; an item of an array of structures or of
    arrays adds its index from 0, a qualifier adds `?` and its name. Items of a plain array share the name of the property.
    A language is kept as stated, junk included. `xmp_damaged`: the packet holds bytes that are no UTF-8 or characters that XML
    forbids; `raw` has them. A packet that cannot be read yields no values and one of `xmp_unreadable`, `xmp_forbidden`,
    `metadata_too_large`; the last also says that values beyond MAX_LETTERS were left out. Never raises.
    """
    try:
        root, has_faults = parse_packet(packet)
    except MetadataError as error:
        return (), (error.code,)
    descriptions = list(_descriptions(root))
    if not descriptions:
        # Editors leave empty packets behind, padded for what may be written later.
        return (), () if root.name in _WRAPPERS else (UNREADABLE,)
    warnings = [DAMAGED] if has_faults else []
    stated = _within_budget((value for description in descriptions for value in _fields(description, "")), warnings)
    raws = [raw_bytes(value.text) for value in stated]
    # All texts are UTF-8 unless the packet lied; then each value goes through the rule for undeclared texts.
    codecs = undeclared_codecs(raws)
    values = []
    for value, raw, codec in zip(stated, raws, codecs, strict=True):
        recorded = RecordedText.from_bytes(raw, codec)
        meaning = xmp_meaning(value.path)
        values.append(MetadataValue("xmp", value.path, 0, value.language, raw, recorded.text, recorded.codec, meaning))
    return tuple(values), tuple(warnings)


def _within_budget(values: Iterable[_Stated], warnings: list[str]) -> list[_Stated]:
    """Take values until their paths and texts are too many letters: a long path is repeated for every value below it."""
    taken: list[_Stated] = []
    left = MAX_LETTERS
    for value in values:
        left -= len(value.path) + len(value.text)
        if left < 0:
            warnings.append(TOO_LARGE)
            break
        taken.append(value)
    return taken


def _descriptions(root: Element) -> Iterator[Element]:
    """Yield the descriptions of every rdf:RDF, wherever a wrapper put it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name == f"{_RDF}RDF":
            yield from element.children
        else:
            waiting += reversed(element.children)


def _fields(node: Element, path: str) -> Iterator[_Stated]:
    """Yield the properties of a node, be they attributes or elements."""
    prefix = f"{path}/" if path else ""
    for name, text in node.attributes.items():
        if _is_property(name):
            yield _Stated(prefix + name, None, text)
    for child in node.children:
        yield from _property(child, prefix + child.name)


def _is_property(name: str) -> bool:
    return name.startswith("{") and not name.startswith(_RDF) and name != _LANGUAGE


def _property(element: Element, path: str) -> Iterator[_Stated]:
    """Yield the values of one property element, or of one item of an array (XMP specification part 1 §7.4–7.9)."""
    language = element.attributes.get(_LANGUAGE)
    only = element.children[0] if len(element.children) == 1 else None
    if element.attributes.get(_PARSE_TYPE) == "Resource":
        yield from _structure(element, path, language)
    elif only is not None and only.name in _ARRAYS:
        yield from _array(only, path)
    elif only is not None:
        # rdf:Description, or a typed node: its name is the type and adds no value.
        yield from _structure(only, path, language)
    elif element.children:
        for child in element.children:
            yield from _property(child, f"{path}/{child.name}")
    elif _RESOURCE in element.attributes:
        yield _Stated(path, language, element.attributes[_RESOURCE])
        yield from _qualifiers(element, path)
    elif _VALUE in element.attributes:
        yield _Stated(path, language, element.attributes[_VALUE])
        yield from _qualifiers(element, path)
    elif not element.text.strip() and any(_is_property(name) for name in element.attributes):
        yield from _fields(element, path)
    else:
        yield _Stated(path, language, element.text)
        yield from _qualifiers(element, path)


def _structure(node: Element, path: str, language: str | None) -> Iterator[_Stated]:
    """Yield the fields of a structure; one that has rdf:value is that value, and the other fields qualify it."""
    values = [child for child in node.children if child.name == _VALUE]
    stated = node.attributes.get(_VALUE)
    if not values and stated is None:
        yield from _fields(node, path)
        return
    if stated is not None:
        yield _Stated(path, language, stated)
    for value in values:
        for found in _property(value, path):
            yield _Stated(found.path, found.language or node.attributes.get(_LANGUAGE) or language, found.text)
    yield from _qualifiers(node, path)
    for child in node.children:
        if child.name != _VALUE:
            yield from _property(child, f"{path}/?{child.name}")


def _qualifiers(element: Element, path: str) -> Iterator[_Stated]:
    for name, text in element.attributes.items():
        if _is_property(name):
            yield _Stated(f"{path}/?{name}", None, text)


def _array(array: Element, path: str) -> Iterator[_Stated]:
    """Yield the items of an array; what is deeper than an item of its own gets the item's index into the path."""
    for index, item in enumerate(child for child in array.children if child.name == _ITEM):
        is_nested = any(child.name in _ARRAYS for child in item.children)
        for found in _property(item, path):
            if found.path == path and not is_nested:
                yield found
            else:
                yield _Stated(f"{path}/{index}{found.path.removeprefix(path)}", found.language, found.text)
