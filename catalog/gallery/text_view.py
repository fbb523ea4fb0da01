"""How foreign text is set on a page: its language and direction, its invisible characters, and which addresses may be links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from catalog.records.foreign_text import linkable, segments_of, visible
from catalog.records.pages.grid import FoundText
from catalog.records.pages.publications import CaptionLine
from catalog.records.publication import CAPTION_ROLES
from catalog.workflow.read_language import direction_of, language_of
from catalog.workflow.tell_captions import marked_pieces

_NAMESPACE = re.compile(r"\{[^{}]*\}")
# Hebrew and Arabic letters with what stands between them: spaces, marks and points.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT_RUN = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z0-9\u0400-\u04ff();]*[{_RIGHT_TO_LEFT}])?")


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


def beginning(text: str, letters: int) -> str:
    """Return a text with its lines, cut after so many letters at the end of a word or line; blanks around it are left out."""
    whole = text.strip()
    if len(whole) <= letters:
        return whole
    cut = whole[: letters + 1]
    ends = [place for place, letter in enumerate(cut) if letter.isspace()]
    return f"{cut[: ends[-1] if ends else letters].rstrip()} …"


def found_runs(found: FoundText) -> list[tuple[str, bool]]:
    """Cut a text at what a search found in it: (words, True) for each of those."""
    runs: list[tuple[str, bool]] = []
    place = 0
    for start, end in found.spans:
        runs += [(found.text[place:start], False)] * (start > place) + [(found.text[start:end], True)]
        place = end
    return runs + [(found.text[place:], False)] * (place < len(found.text))


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
    direction_of, language_of, segments_of, visible, first_line, beginning, found_runs, linkable, host_of, leading, shortened,
    short_property, marked_pieces,
)  # fmt: skip
