"""The tags of an HTML page, each with its place, found in time linear in the page's length."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# No element of a real page has so many; the rest of them is passed over.
MAX_ATTRIBUTES = 200
_NAME = re.compile(r"[a-z][^\s/>]*+", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?P<equals>\s*+=\s*+)?(?P<quote>[\"'])?")
_BARE_VALUE = re.compile(r"[^\s>]*+")
_TAG_END = re.compile(r"[\s/]*+>")
# What stands in these is text, up to their own end tag (WHATWG HTML, 13.2.5: RCDATA, RAWTEXT and script data).
_TEXT_ELEMENTS = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_TEXT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _TEXT_ELEMENTS}
# int() refuses numbers of thousands of digits, and no character has a number of more than seven.
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{9,}+|[xX][0-9a-fA-F]{9,}+);?")


@dataclass(frozen=True, slots=True)
class Tag:
    """Hold a start tag, an end tag or a comment: `kind` is start, end or comment; `start` and `end` are its place in the page.

    `name` is in lower case. Of attributes that stand twice the first counts, as in browsers. A comment has its text as name.
    """

    kind: str
    name: str
    start: int
    end: int
    attributes: dict[str, str]


def tags_of(page: str) -> Iterator[Tag]:
    """Yield the tags and comments of a page in order.

    Every search starts where the one before ended, and one that finds nothing ends the page, so no text is looked at more than a
    fixed number of times. Follows the tokenizer of WHATWG HTML 13.2.5 in what a saved page can hold; a tag, comment or text
    element that is never closed reaches to the end.
    """
    place = page.find("<")
    while place >= 0:
        tag = _tag_at(page, place)
        if tag is None:
            place = page.find("<", place + 1)
            continue
        if tag.end < 0:
            return
        if tag.kind != "passed":
            yield tag
        place = tag.end
        if tag.kind == "start" and tag.name in _TEXT_ENDS:
            closing = _TEXT_ENDS[tag.name].search(page, place)
            if closing is None:
                return
            place = closing.start()
        place = page.find("<", place)


def unescaped(text: str) -> str:
    """Return text with its character references read; the number of a character that cannot be becomes U+FFFD."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text))


def _tag_at(page: str, place: int) -> Tag | None:
    """Read what begins with a `<`: None when that is text; an end of -1 says that it is never closed."""
    if page.startswith("<!--", place):
        # `<!-->` is an empty comment: its end may share the two dashes.
        close = page.find("-->", place + 2)
        return Tag("comment", page[place + 4 : close], place, close + 3 if close >= 0 else -1, {})
    following = page[place + 1 : place + 2]
    if following in ("!", "?") or (following == "/" and not _NAME.match(page, place + 2)):
        return Tag("passed", "", place, page.find(">", place) + 1 or -1, {})
    if following == "/":
        name = page[place + 2 : _name_end(page, place + 2)]
        return Tag("end", name.lower(), place, page.find(">", place) + 1 or -1, {})
    return _start_tag(page, place) if _NAME.match(page, place + 1) else None


def _name_end(page: str, place: int) -> int:
    found = _NAME.match(page, place)
    return found.end() if found else place


def _start_tag(page: str, place: int) -> Tag:
    at = _name_end(page, place + 1)
    name = page[place + 1 : at].lower()
    attributes: dict[str, str] = {}
    while not (closing := _TAG_END.match(page, at)):
        found = _ATTRIBUTE.match(page, at)
        if found is None:
            return Tag("start", name, place, -1, {})
        at, value = found.end(), ""
        if found["equals"] and found["quote"]:
            close = page.find(found["quote"], at)
            if close < 0:
                return Tag("start", name, place, -1, {})
            value, at = page[at:close], close + 1
        elif found["equals"]:
            bare = _BARE_VALUE.match(page, at)
            value, at = (bare[0], bare.end()) if bare else ("", at)
        elif found["quote"]:
            at -= 1  # a quote without an equals sign begins the name of the next attribute
        if len(attributes) < MAX_ATTRIBUTES:
            attributes.setdefault(found["name"].lower(), unescaped(value))
    return Tag("start", name, place, closing.end(), attributes)
