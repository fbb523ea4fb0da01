"""What is strange about a file around its picture: its name, what follows it, what else it could be taken for."""

from __future__ import annotations

import re
import struct

from catalog.imaging.header import Header

EXTENSIONS = {
    "image/jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".jps"}),
    "image/png": frozenset({".png", ".apng"}),
    "image/gif": frozenset({".gif"}),
    "image/webp": frozenset({".webp"}),
    "image/tiff": frozenset({".tif", ".tiff", ".dng", ".nef", ".cr2", ".arw", ".pef", ".orf", ".srw"}),
    "image/bmp": frozenset({".bmp", ".dib"}),
    "image/avif": frozenset({".avif", ".avifs"}),
}
# Where web servers and browsers that guess a type by content look (WHATWG MIME Sniffing reads 1,445 bytes; PHP and PDF
# readers look further).
_SNIFFED_BYTES = 4096
_ACTIVE = re.compile(rb"<html|<script|<\?php|%PDF-\d|<svg[\s>]|<iframe|javascript:", re.IGNORECASE)
# Writers round files up to two, four or eight bytes, and some repeat the end marker; from sixteen on somebody added something.
_NOT_PADDING_BYTES = 16
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_ZIP_MAX_COMMENT = 65_535


def oddities(data: bytes, header: Header, extension: str | None) -> tuple[str, ...]:
    """Return the warning codes of a file whose header was walked.

    `extension_mismatch` and `extension_missing` speak of the name; `data_after_end` of sixteen bytes
    or more behind the picture; `also_an_archive` of a ZIP directory at the end; `active_content` of HTML, script, PHP or PDF
    markers in the first 4 KiB. None of them refuses the file.
    """
    found = []
    if extension is not None:
        if not extension:
            found.append("extension_missing")
        elif extension.lower() not in EXTENSIONS[header.media_type]:
            found.append("extension_mismatch")
    if len(data) - header.end >= _NOT_PADDING_BYTES:
        found.append("data_after_end")
    if _ends_in_zip_directory(data):
        found.append("also_an_archive")
    if _ACTIVE.search(data, 0, _SNIFFED_BYTES):
        found.append("active_content")
    return tuple(found)


def _ends_in_zip_directory(data: bytes) -> bool:
    at = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_END_SIZE - _ZIP_MAX_COMMENT))
    if at < 0 or at + _ZIP_END_SIZE > len(data):
        return False
    size, _, comment = struct.unpack_from("<IIH", data, at + 12)
    return bool(size <= at and at + _ZIP_END_SIZE + comment <= len(data))
