"""The text of a page's bytes: by what it declares, when that can be so, else by what its words look like."""

from __future__ import annotations

import codecs
import re

from catalog.intake.cells import legacy_codec_of

# A page must declare its character set within so many bytes (WHATWG HTML, 4.2.5.4); generators overdo their heads.
_HEAD_BYTES = 8192
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What pages call these is what browsers read (WHATWG Encoding, 4.2); other names are looked up as Python knows them.
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "utf8": "utf-8",
}
_ALLOWED = frozenset({
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8-r", "koi8-u", "cp866",
    "mac-cyrillic", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-9", "iso8859-15", "utf-16-le", "utf-16-be", "gb18030", "big5",
    "shift_jis", "euc_jp", "euc_kr",
})  # fmt: skip


def decode_page(raw: bytes) -> tuple[str, str]:
    """Return the text of a page and the codec it was read with, `+replaced` behind it when bytes had to be replaced.

    In order: a byte order mark; what the page declares; UTF-8; cp1251 or cp1256 when the bytes are words of Cyrillic or Arabic;
    cp1252. A declaration that the bytes contradict is passed over: servers re-encode pages and leave the old one in.
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _with(raw[len(mark) :], marked)
    declared = _declared(raw)
    guesses = [declared, "utf-8", legacy_codec_of(raw[: 1 << 20])]
    for codec in guesses:
        if codec is not None:
            text, name = _with(raw, codec)
            if name == codec:
                return text, codec
    return _with(raw, declared or "cp1252")


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_HEAD_BYTES])
    if found is None:
        return None
    stated = found[1].decode("ascii").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(stated, stated)).name
    except LookupError:
        return None
    # A page that could be read this far as ASCII is no UTF-16, whatever it says.
    return codec if codec in _ALLOWED and not codec.startswith("utf-16") else None


def _with(raw: bytes, codec: str) -> tuple[str, str]:
    try:
        return raw.decode(codec), codec
    except UnicodeDecodeError:
        return raw.decode(codec, "replace"), f"{codec}+replaced"
