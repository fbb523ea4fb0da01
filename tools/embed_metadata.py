"""Put EXIF, IPTC-IIM and XMP blocks into a JPEG file without touching the coded picture.

Only what `tools/make_samples.py` needs: JPEG, small blocks, one of each kind. Standards: EXIF 2.32 in APP1 through Pillow;
IPTC-IIM 4.2 (record and dataset numbers) in an Adobe 8BIM resource 0x0404 in APP13; XMP part 3 in APP1.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

_EXIF_HEAD = b"Exif\0\0"
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_IIM_HEAD = b"Photoshop 3.0\0"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
# IIM record 2 datasets (IPTC-IIM 4.2, chapter 6).
_IIM_DATASETS = {
    "object_name": 5,
    "keywords": 25,
    "instructions": 40,
    "date_created": 55,
    "time_created": 60,
    "by_line": 80,
    "by_line_title": 85,
    "city": 90,
    "country": 101,
    "transmission_reference": 103,
    "headline": 105,
    "credit": 110,
    "source": 115,
    "copyright": 116,
    "caption": 120,
    "writer": 122,
}
# EXIF tags: those of the first directory, then those of the Exif directory (EXIF 2.32, tables 4 to 8).
_IMAGE_TAGS = {
    "ImageDescription": 0x010E,
    "Make": 0x010F,
    "Model": 0x0110,
    "Software": 0x0131,
    "Artist": 0x013B,
    "Copyright": 0x8298,
}
_CAMERA_TAGS = {
    "ExposureTime": 0x829A,
    "FNumber": 0x829D,
    "ISOSpeedRatings": 0x8827,
    "DateTimeOriginal": 0x9003,
    "OffsetTimeOriginal": 0x9011,
    "FocalLength": 0x920A,
}


def embed(jpeg: bytes, blocks: dict[str, Any]) -> bytes:
    """Return the JPEG with the given blocks in place of those it had.

    `blocks` may hold `exif` (tag to value; a pair of numbers is a fraction), `iim` (dataset to text, with `codec`, and
    `declared` when the character set is to be stated) and `xmp` (property to text, list, or language to text).
    """
    made = []
    if "exif" in blocks:
        made.append(_segment(0xE1, _exif(blocks["exif"])))
    if "xmp" in blocks:
        made.append(_segment(0xE1, _XMP_HEAD + xmp_packet(blocks["xmp"]).encode("utf-8")))
    if "iim" in blocks:
        made.append(_segment(0xED, _iim(blocks["iim"])))
    head, rest = _without_metadata(jpeg)
    return head + b"".join(made) + rest


def xmp_packet(properties: dict[str, Any]) -> str:
    """Write an XMP packet; a text is simple, a list an ordered array, a mapping a language alternative."""
    names = sorted({name.split(":", 1)[0] for name in properties})
    spaces = " ".join(f"xmlns:{name}={quoteattr(_NAMESPACES[name])}" for name in names)
    body = "".join(f"<{name}>{_xmp_value(value)}</{name}>" for name, value in properties.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def _xmp_value(value: Any) -> str:
    if isinstance(value, list):
        return "<rdf:Seq>" + "".join(f"<rdf:li>{escape(item)}</rdf:li>" for item in value) + "</rdf:Seq>"
    if isinstance(value, dict):
        items = "".join(f"<rdf:li xml:lang={quoteattr(language)}>{escape(text)}</rdf:li>" for language, text in value.items())
        return f"<rdf:Alt>{items}</rdf:Alt>"
    return escape(str(value))


def _exif(values: dict[str, Any]) -> bytes:
    exif = Image.Exif()
    camera = exif.get_ifd(0x8769)
    for name, value in values.items():
        stored = IFDRational(*value) if isinstance(value, list) else value
        if name in _IMAGE_TAGS:
            exif[_IMAGE_TAGS[name]] = stored
        else:
            camera[_CAMERA_TAGS[name]] = stored
    written = exif.tobytes()
    return written if written.startswith(_EXIF_HEAD) else _EXIF_HEAD + written


def _iim(values: dict[str, Any]) -> bytes:
    codec = values.get("codec", "utf-8")
    datasets = b""
    if values.get("declared"):
        # 1:90 with ESC % G: UTF-8.
        datasets += b"\x1c\x01\x5a\x00\x03\x1b%G"
    for name, number in sorted(_IIM_DATASETS.items(), key=lambda entry: entry[1]):
        if name in values:
            texts = values[name] if isinstance(values[name], list) else [values[name]]
            for text in texts:
                raw = text.encode(codec)
                datasets += bytes((0x1C, 2, number)) + len(raw).to_bytes(2, "big") + raw
    padded = datasets + b"\0" * (len(datasets) % 2)
    return _IIM_HEAD + b"8BIM\x04\x04\0\0" + len(datasets).to_bytes(4, "big") + padded


def _segment(marker: int, payload: bytes) -> bytes:
    # A segment states its length in two bytes that count themselves.
    if len(payload) + 2 > 0xFFFF:
        raise ValueError("a metadata block is longer than a JPEG segment can be")
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def _without_metadata(jpeg: bytes) -> tuple[bytes, bytes]:
    """Split a JPEG after its start marker and JFIF header, leaving out EXIF, XMP and 8BIM segments."""
    at, head, kept = 2, jpeg[:2], b""
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        payload = jpeg[at + 4 : end]
        if marker == 0xE0:
            head += jpeg[at:end]
        elif not (marker in (0xE1, 0xED) and payload.startswith((_EXIF_HEAD, _XMP_HEAD, _IIM_HEAD))):
            kept += jpeg[at:end]
        at = end
    return head, kept + jpeg[at:]
