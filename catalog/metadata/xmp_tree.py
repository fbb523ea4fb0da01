"""An XMP packet as a small tree of elements, read within limits and with every byte of its texts recoverable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from catalog.errors import MetadataError
from catalog.metadata.blocks import MAX_XMP_BYTES, TOO_LARGE

UNREADABLE = "xmp_unreadable"
FORBIDDEN = "xmp_forbidden"
MAX_DEPTH = 64
MAX_ELEMENTS = 50_000
# Names are joined into paths, one for each value below them; those of the standards have about 60 letters.
MAX_NAME_LETTERS = 512

# XML 1.0 §2.2 has no place for these characters, and bytes that are no UTF-8 have no characters at all; both occur in captions.
# While the packet is parsed they stand at the end of the last private-use plane (U+10FE00 + byte), afterwards as what they were.
_STAND_IN = 0x10FE00
_ILLEGAL = {code: _STAND_IN + code for code in [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)]}
_ESCAPED = {0xDC00 + byte: _STAND_IN + byte for byte in range(0x80, 0x100)}
_STAND_INS = re.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + 0xFF)}]")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_FIRST_BRACKET = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


@dataclass(slots=True)
class Element:
    """Hold one element: name as `{namespace}name`, attributes, children, text of its own."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""


def parse_packet(packet: bytes) -> tuple[Element, bool]:
    """Return the outermost element of a packet, and whether its bytes were not what XML allows.

    UTF-8, UTF-16 and UTF-32 are told apart as the XMP specification part 1 §7.3.2 says. White space, NUL and anything else
    before the first and after the last tag is ignored. Characters that XML forbids and bytes that are no UTF-8 are let
    through; `raw_bytes` gives them back.

    Raises MetadataError: `metadata_too_large` for too many bytes, elements, levels or letters in a name, `xmp_forbidden` for a
    document type or an entity, `xmp_unreadable` for what is not well formed.
    """
    if len(packet) > MAX_XMP_BYTES:
        raise MetadataError(f"XMP packet of {len(packet)} bytes; the limit is {MAX_XMP_BYTES}", block="xmp", code=TOO_LARGE)
    text = _decoded(packet)
    if _STAND_INS.search(text):
        raise MetadataError("XMP packet uses the last private-use plane", block="xmp", code=UNREADABLE)
    text = text[text.find("<") : text.rfind(">") + 1]
    legal = text.translate(_ILLEGAL).translate(_ESCAPED)
    builder = _TreeBuilder()
    # The declaration inside may name another encoding than the one the bytes are in; the bytes are right.
    parser = XMLParser(target=builder, encoding="utf-8", forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(legal.encode("utf-8", "surrogatepass"))
        parser.close()
    except DefusedXmlException as error:
        raise MetadataError(f"XMP packet with a document type: {error}", block="xmp", code=FORBIDDEN) from error
    except (ParseError, ValueError) as error:
        raise MetadataError(f"XMP packet is not well formed: {error}", block="xmp", code=UNREADABLE) from error
    if builder.root is None:
        raise MetadataError("XMP packet holds no element", block="xmp", code=UNREADABLE)
    return builder.root, legal != text


def raw_bytes(text: str) -> bytes:
    """Return the bytes a text of the tree stands for: UTF-8, with the bytes and characters XML forbids as they were."""
    parts, place = bytearray(), 0
    for found in _STAND_INS.finditer(text):
        parts += text[place : found.start()].encode("utf-8")
        parts.append(ord(found.group()) - _STAND_IN)
        place = found.end()
    return bytes(parts) + text[place:].encode("utf-8")


def _decoded(packet: bytes) -> str:
    for mark, codec in _BYTE_ORDER_MARKS:
        if packet.startswith(mark):
            return packet[len(mark) :].decode(codec, _fault_handler(codec))
    start = packet.lstrip(b" \t\r\n")
    for bracket, codec in _FIRST_BRACKET:
        if start.startswith(bracket):
            return start.decode(codec, _fault_handler(codec))
    return packet.decode("utf-8", "surrogateescape")


def _fault_handler(codec: str) -> str:
    return "surrogateescape" if codec == "utf-8" else "replace"


class _TreeBuilder:
    """Build the tree as the parser reports it, and stop it at the limits."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parts: list[list[str]] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        longest = max(map(len, (name, *attributes)))
        if len(self.open) >= MAX_DEPTH or self.count > MAX_ELEMENTS or longest > MAX_NAME_LETTERS:
            raise MetadataError(
                f"XMP packet with more than {MAX_DEPTH} levels, {MAX_ELEMENTS} elements or {MAX_NAME_LETTERS} letters in a name",
                block="xmp",
                code=TOO_LARGE,
            )
        element = Element(name, attributes)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.parts.append([])

    def end(self, _name: str) -> None:
        self.open.pop().text = "".join(self.parts.pop())

    def data(self, text: str) -> None:
        self.parts[-1].append(text)

    def close(self) -> None:
        """Answer the parser, which asks for nothing more."""
