"""Hand-made metadata blocks: what cameras, agencies and attackers write, byte by byte."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from hashlib import md5
from io import BytesIO

from PIL import Image

XMP_HEADER = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_HEADER = b"http://ns.adobe.com/xmp/extension/\0"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
}


def picture(format_name: str = "JPEG", **options: object) -> bytes:
    """Return a small picture without metadata."""
    stream = BytesIO()
    Image.new("RGB", (16, 12), (90, 120, 60)).save(stream, format_name, **options)
    return stream.getvalue()


@cache
def _plain(format_name: str) -> bytes:
    return picture(format_name)


def segment(marker: int, payload: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(payload) + 2) + payload


def jpeg(*segments: bytes) -> bytes:
    """Return a JPEG with segments after its start marker."""
    plain = _plain("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def app1_exif(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def app1_xmp(packet: bytes) -> bytes:
    return segment(0xE1, XMP_HEADER + packet)


def extended_xmp(packet: bytes, part_bytes: int = 40, guid: bytes | None = None) -> tuple[bytes, list[bytes]]:
    """Return the GUID of a packet and the segments it is cut into."""
    guid = guid or md5(packet, usedforsecurity=False).hexdigest().upper().encode()
    parts = [
        segment(0xE1, EXTENDED_HEADER + guid + struct.pack(">II", len(packet), place) + packet[place : place + part_bytes])
        for place in range(0, len(packet), part_bytes)
    ]
    return guid, parts


def resource(identifier: int, content: bytes, signature: bytes = b"8BIM") -> bytes:
    return signature + struct.pack(">HxxI", identifier, len(content)) + content + b"\0" * (len(content) % 2)


def app13(*resources: bytes) -> bytes:
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def dataset(record: int, number: int, raw: bytes, extended: bool = False) -> bytes:
    length = struct.pack(">HI", 0x8004, len(raw)) if extended else struct.pack(">H", len(raw))
    return bytes([0x1C, record, number]) + length + raw


def app13_iim(*datasets: bytes) -> bytes:
    return app13(resource(0x0404, b"".join(datasets)))


UTF8_MARK = dataset(1, 90, b"\x1b%G")


def xmp(*properties: str, attributes: str = "") -> bytes:
    """Return a packet with properties of one description."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {attributes}>{"".join(properties)}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>" + " " * 200 + '<?xpacket end="w"?>'
    ).encode()


def alternatives(name: str, **texts: str) -> str:
    items = "".join(f'<rdf:li xml:lang="{language.replace("_", "-")}">{text}</rdf:li>' for language, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks: bytes) -> bytes:
    """Return a PNG with chunks after its header."""
    plain = _plain("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


class Tiff:
    """Build a TIFF structure directory by directory; every value lies after the directories."""

    def __init__(self, order: str = "<") -> None:
        self.order = order
        self.fields: dict[str, list[tuple[int, int, int, bytes]]] = {"Image": []}

    def add(self, directory: str, tag: int, kind: int, count: int, raw: bytes) -> Tiff:
        self.fields.setdefault(directory, []).append((tag, kind, count, raw))
        return self

    def text(self, directory: str, tag: int, raw: bytes) -> Tiff:
        return self.add(directory, tag, 2, len(raw), raw)

    def rationals(self, directory: str, tag: int, *pairs: tuple[int, int]) -> Tiff:
        raw = b"".join(struct.pack(self.order + "II", *pair) for pair in pairs)
        return self.add(directory, tag, 5, len(pairs), raw)

    def build(self) -> bytes:
        pointers = {"EXIF": 0x8769, "GPS": 0x8825}
        for name, tag in pointers.items():
            if name in self.fields:
                self.fields["Image"].append((tag, 4, 1, b""))
        starts, place = {}, 8
        for name, fields in self.fields.items():
            starts[name] = place
            place += 2 + 12 * len(fields) + 4
        directories, values = b"", b""
        for fields in self.fields.values():
            directories += struct.pack(self.order + "H", len(fields))
            for tag, kind, count, raw in fields:
                target = next((starts[name] for name, pointer in pointers.items() if pointer == tag and name in starts), None)
                if target is not None:
                    raw = struct.pack(self.order + "I", target)
                directories += struct.pack(self.order + "HHI", tag, kind, count)
                if len(raw) <= 4:
                    directories += raw.ljust(4, b"\0")
                else:
                    directories += struct.pack(self.order + "I", place + len(values))
                    values += raw
            directories += bytes(4)
        mark = b"II*\0" if self.order == "<" else b"MM\0*"
        return mark + struct.pack(self.order + "I", 8) + directories + values
