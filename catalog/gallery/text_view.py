"""How foreign text is set on a page: its language and direction, its invisible characters, and which addresses may be links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from catalog.records.pages import CaptionLine
from catalog.records.publication import CAPTION_ROLES

RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL"})
RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"})
SHOWN_LINK_SCHEMES = frozenset({"http", "https"})
# Format characters that a script needs and that change no order: a reader of Arabic or Persian must not see badges for them.
_NAMESPACE = re.compile(r"\{[^{}]*\}")
# Hebrew and Arabic letters with what stands between them: spaces, marks and points.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT_RUN = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z0-9\u0400-\u04ff();]*[{_RIGHT_TO_LEFT}])?")
HARMLESS_FORMATS = frozenset({"\u00ad", "\u200c", "\u200d"})


def direction_of(text: str, language: str | None) -> str:
    """Return rtl or ltr: as the declared language runs, else as the first letter that has a direction."""
    if language:
        return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT_LANGUAGES else "ltr"
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in RIGHT_TO_LEFT_CLASSES:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def language_of(text: str, language: str | None) -> str:
    """Return the `lang` of a text: as declared, else undetermined with the script of its first letter, so that fonts fit."""
    if language:
        return language
    for letter in text:
        if letter.isalpha():
            name = unicodedata.name(letter, "")
            for start, tag in (("ARABIC", "und-Arab"), ("CYRILLIC", "und-Cyrl"), ("LATIN", "und-Latn"), ("HEBREW", "und-Hebr")):
                if name.startswith(start):
                    return tag
    return "und"


def segments_of(text: str) -> list[tuple[str, str]]:
    """Cut a text at its invisible characters.

    Returns pairs: (text, "") as it reads, and (code point such as U+202E, its Unicode name) for each character that shows nothing
    yet moves or hides what stands around it. Names and credit lines are read for who they name, so such characters are shown.
    """
    if text.isprintable():
        return [(text, "")]
    found: list[tuple[str, str]] = []
    run = ""
    for letter in text:
        if _is_unseen(letter):
            if run:
                found.append((run, ""))
                run = ""
            found.append((f"U+{ord(letter):04X}", unicodedata.name(letter, "no name")))
        else:
            run += letter
    if run:
        found.append((run, ""))
    return found


def _is_unseen(letter: str) -> bool:
    if letter in HARMLESS_FORMATS:
        return False
    kind = unicodedata.category(letter)
    return kind in {"Cf", "Zl", "Zp", "Co", "Cn"} or (kind == "Cc" and letter not in "\n\t")


def runs_of(text: str) -> list[tuple[str, bool]]:
    """Cut an English sentence at the names in it that run from right to left: (text, True) for each of those.

    Without the cut a date that follows an Arabic name is drawn in the wrong order.
    """
    found: list[tuple[str, bool]] = []
    end = 0
    for name in _RIGHT_TO_LEFT_RUN.finditer(text):
        found += [(text[end : name.start()], False)] * (name.start() > end) + [(name[0], True)]
        end = name.end()
    return found + [(text[end:], False)] * (end < len(text))


def first_line(text: str, letters: int = 200) -> str:
    """Return the first line that says something, cut after so many letters at the end of a word."""
    line = next((part.strip() for part in text.splitlines() if part.strip()), "")
    if len(line) <= letters:
        return line
    cut = line[: letters + 1].rsplit(None, 1)[0][:letters]
    return f"{cut} …"


def link_of(address: str | None) -> str | None:
    """Return an address if a page may link to it: http and https only, with a host."""
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme.lower() in SHOWN_LINK_SCHEMES and parts.hostname else None


def host_of(address: str) -> str:
    """Return the host an address names, without `www.`, for showing beside a link."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def leading(captions: tuple[CaptionLine, ...]) -> CaptionLine | None:
    """Return the text that stands for a publication: its caption, else its headline, else whatever it says."""
    for role in CAPTION_ROLES:
        found = next((caption for caption in captions if caption.role == role), None)
        if found:
            return found
    return None


def shortened(text: str, letters: int) -> str:
    """Return a text of at most so many letters, its end replaced by an ellipsis when it is longer."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def short_property(name: str) -> str:
    """Return the name of a property without the addresses of its vocabularies, which stand in braces."""
    return _NAMESPACE.sub("", name)


TEXTS = (
    direction_of, language_of, segments_of, runs_of, first_line, link_of, host_of, leading, shortened, short_property,
)  # fmt: skip
