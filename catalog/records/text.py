"""Text as it was received beside text as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHOWN_TEXT_VERSION = 1
# Cyrillic and Arabic news files without a declared character set are cp1251 and cp1256 in practice
# (domain.md §2); cp1252 reads any byte sequence but five, so it must come last.
LEGACY_CODECS = ("cp1251", "cp1256", "cp1252")
# Control characters but tab and line feed, and surrogates.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RecordedText:
    """Hold the bytes as received, the text shown for them, and the codec that leads from one to the other."""

    raw: bytes
    text: str
    codec: str

    @classmethod
    def from_text(cls, text: str) -> RecordedText:
        """Record text that arrived decoded; lone surrogates survive in the bytes and show as U+FFFD."""
        raw = text.encode("utf-8", "surrogatepass")
        return cls(raw, shown(text), "utf-8")

    @classmethod
    def from_bytes(cls, raw: bytes, codec: str = "utf-8") -> RecordedText:
        """Record bytes read with a stated codec; what that codec cannot read shows as U+FFFD and marks the codec."""
        try:
            return cls(raw, shown(raw.decode(codec)), codec)
        except UnicodeDecodeError:
            return cls(raw, shown(raw.decode(codec, "replace")), f"{codec}+replaced")

    @property
    def is_exact(self) -> bool:
        """Tell whether every byte could be read with the codec."""
        return not self.codec.endswith("+replaced")


def shown(text: str) -> str:
    """Return the text without what no reader can see or a terminal would obey.

    Control characters other than tab and line ends, and lone surrogates, become U+FFFD; CR LF and CR become LF;
    white space at the ends goes. Letters, marks, bidirectional controls and spacing stay as they were.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", lines).strip()
