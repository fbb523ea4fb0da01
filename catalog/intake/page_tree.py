"""The elements of a page as a tree, built the way browsers repair one, with bounded depth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.intake.page_tags import Tag, tags_of, unescaped

# Deeper elements hang on the last one: real pages stay below 60, and browsers cut as well, Blink at 512.
MAX_DEPTH = 256
# A page of that many elements holds a hundred times what the largest real front page holds.
MAX_ELEMENTS = 300_000
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
# A start tag on the left ends an open element on the right, as long as none of the borders stands between.
_ENDS_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p",
    "pre", "search", "section", "summary", "table", "ul", "li", "dt", "dd",
})  # fmt: skip
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "option": ({"option"}, {"select", "datalist"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
}
_BORDERS = frozenset({"table", "td", "th", "caption", "template", "html"})
_BLOCKS = _ENDS_PARAGRAPH | {"br", "tr", "td", "th", "img", "picture", "video"}
_WORD = re.compile(r"[A-Z]*[a-z0-9]+|[A-Z]+|[^\W\da-zA-Z_]+")
_MAX_CLASS_CHARACTERS = 2000
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "button", "textarea", "iframe", "head", "title"})

# Attributes in which a page says what an element is for.
_NAMING = ("class", "id", "role", "aria-labelledby", "data-component", "data-testid")


@dataclass(slots=True, eq=False)
class Element:
    """Hold one element: its place in the page with and without its own tags, its parent, and what lies in it in order.

    A child is an element or the two ends of a run of text.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner_start: int
    parent: Element | None
    inner_end: int = -1
    end: int = -1
    children: list[Element | tuple[int, int]] = field(default_factory=list)
    _words: frozenset[str] | None = None

    def words(self) -> frozenset[str]:
        """Return the words of its class, id, role and label in lower case: `ArticleImage-credit__text` has four."""
        if self._words is None:
            stated = " ".join(
                self.attributes.get(name, "")
                for name in ("class", "id", "role", "aria-labelledby", "data-component", "data-testid")
            )
            self._words = frozenset(word.lower() for word in _WORD.findall(stated[:_MAX_CLASS_CHARACTERS]))
        return self._words

    def length(self) -> int:
        """Count the characters of the page that it takes up."""
        return self.end - self.start

    def above(self) -> Iterator[Element]:
        """Yield the elements it lies in, the nearest first."""
        owner = self.parent
        while owner is not None:
            yield owner
            owner = owner.parent

    def walk(self) -> Iterator[Element]:
        """Yield it and every element in it, in the order of the page."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


@dataclass(frozen=True, slots=True)
class Page:
    """Hold a page: its text, the root of its elements, its comments, and whether elements beyond the limit were left out."""

    text: str
    root: Element
    comments: tuple[Tag, ...]
    is_cut: bool


def tree_of(text: str) -> Page:
    """Build the tree of a page in time linear in its length times MAX_DEPTH.

    Repaired are end tags that are left out (p, li, dt, dd, option, tr, td, th) or match nothing; formatting elements that overlap
    are not untangled, as what is read here does not depend on them.
    """
    builder = _Builder()
    comments: list[Tag] = []
    place = 0
    for tag in tags_of(text):
        builder.text(place, tag.start)
        place = tag.end
        if tag.kind == "comment":
            comments.append(tag)
        elif tag.kind == "end":
            builder.close(tag)
        elif builder.count < MAX_ELEMENTS:
            builder.open(tag)
    builder.text(place, len(text))
    return Page(text, builder.finish(len(text)), tuple(comments), builder.count >= MAX_ELEMENTS)


def text_of(page: Page, element: Element, without: frozenset[int] = frozenset()) -> str:
    """Return the words of an element as a reader sees them: one line a block, white space joined.

    `without` are the `id()` of elements in it that are left out; scripts, styles, buttons and hidden elements always are.
    """
    parts: list[str] = []
    waiting: list[Element | tuple[int, int] | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, tuple):
            # White space of the source is not what is shown; line ends come from blocks alone.
            parts.append(" ".join(f".{unescaped(page.text[item[0] : item[1]])}.".split())[1:-1])
        elif item is element or not (item.name in _SILENT or id(item) in without or "hidden" in item.attributes):
            if item.name in _BLOCKS:
                parts.append("\n")
                waiting.append("\n")
            waiting += reversed(item.children)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Builder:
    """Take tags in order and keep the elements that are open."""

    def __init__(self) -> None:
        self.root = Element("", {}, 0, 0, None)
        self.count = 0
        self._open: list[Element] = [self.root]
        self._open_names: Counter[str] = Counter()
        self._flat: Counter[str] = Counter()

    def text(self, start: int, end: int) -> None:
        if start < end:
            self._open[-1].children.append((start, end))

    def open(self, tag: Tag) -> None:
        if tag.name in _ENDS_PARAGRAPH:
            self._end_one({"p"}, _BORDERS, tag.start)
        if tag.name in _ENDS:
            ended, borders = _ENDS[tag.name]
            self._end_one(ended, borders, tag.start)
        element = Element(tag.name, tag.attributes, tag.start, tag.end, self._open[-1])
        self._open[-1].children.append(element)
        self.count += 1
        if tag.name in _VOID:
            element.inner_end = element.end = tag.end
        elif len(self._open) > MAX_DEPTH:
            element.inner_end = element.end = tag.end
            self._flat[tag.name] += 1
        else:
            self._open.append(element)
            self._open_names[tag.name] += 1

    def close(self, tag: Tag) -> None:
        if self._flat[tag.name]:
            self._flat[tag.name] -= 1
            return
        if not self._open_names[tag.name]:
            return
        place = len(self._open) - 1
        while self._open[place].name != tag.name:
            if self._open[place].name in _BORDERS and tag.name not in ("table", "tr", "body", "html", "template"):
                return
            place -= 1
        element = self._open[place]
        self._pop_to(place, tag.start)
        element.end = tag.end

    def finish(self, at: int) -> Element:
        """End whatever is open and return the root."""
        self._pop_to(0, at)
        return self.root

    def _end_one(self, names: set[str], borders: frozenset[str] | set[str], at: int) -> None:
        if not any(self._open_names[name] for name in names):
            return
        outermost = 0
        for place in range(len(self._open) - 1, 0, -1):
            name = self._open[place].name
            if name in names:
                outermost = place
            elif name in borders:
                break
        if outermost:
            self._pop_to(outermost, at)

    def _pop_to(self, place: int, at: int) -> None:
        for element in self._open[place:]:
            element.inner_end = element.end = at
            self._open_names[element.name] -= 1
        del self._open[place:]
