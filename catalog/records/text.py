"""Text as it was received beside text as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_TEXT_VERSION = 1
# Cyrillic and Arabic news files without a declared character set are cp1251 and cp1256 in practice
# (domain.md §2); cp1252 reads any byte sequence but five, so it must come last.
LEGACY_CODECS = ("cp1251", "cp1256", "cp1252")


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
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unshowable(letter) else letter for letter in lines).strip()


def _is_unshowable(letter: str) -> bool:
    code = ord(letter)
    return (code < 0x20 and letter not in "\n\t") or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF
