"""The linked data (JSON-LD) that a page carries in its scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.intake.page_tree import Element, Page
from catalog.intake.page_values import MAX_FRAGMENT_CHARACTERS, MAX_VALUE_CHARACTERS, PageValue, language_tag
from catalog.records.text import shown

MAX_NODES = 20_000
_PARTIES = frozenset({"logo", "author", "publisher", "creator", "sourceOrganization", "brand", "editor", "copyrightHolder"})
# What hangs on these is a portrait or a logo, wherever the page puts them.
_PARTY_TYPES = frozenset({"Person", "Organization", "NewsMediaOrganization", "Corporation", "Brand"})
_MAX_NESTING = 4  # a name lies two objects deep at most: a list of persons with a name in several languages
ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "SocialMediaPosting", "ImageGallery", "MediaGallery", "Report",
    "WebPage",
})  # fmt: skip
IMAGES = frozenset({"ImageObject", "Photograph", "http://schema.org/ImageObject", "https://schema.org/ImageObject"})
# What of an ImageObject says whom to credit (schema.org/ImageObject), and what that is in a manifest.
_CREDITS = (
    ("creditText", "credit_line"), ("copyrightNotice", "copyright_notice"), ("creator", "creator"), ("author", "creator"),
    ("copyrightHolder", "rights"),
)  # fmt: skip
_TEXTS = (("caption", "caption"), ("description", "caption"), ("headline", "title"), ("alternateName", "alt_text"))
_DATES = (("dateCreated", "date_created"), ("datePublished", "date_published"), ("uploadDate", "date_published"))


@dataclass(frozen=True, slots=True)
class Node:
    """Hold one object of the linked data, the types it states, and the span of the script it stands in.

    `is_of_party` says that it describes who writes or publishes: an image there is a logo or a portrait.
    """

    types: frozenset[str]
    values: dict[str, Any]
    span: tuple[int, int]
    is_of_party: bool

    def text(self, name: str) -> str:
        """Return the text of a property, or the name of the object or first of the list it holds; "" without one."""
        return _text(self.values.get(name))

    def value(self, name: str, text: str, key: str, language: str | None = None) -> PageValue:
        """Make a value of one property."""
        kind = next(iter(sorted(self.types)), "object")
        pair = json.dumps({key: self.values.get(key)}, ensure_ascii=False)[1:-1][:MAX_FRAGMENT_CHARACTERS]
        stated = language or language_tag(self.text("inLanguage"))
        return PageValue(name, shown(text[:MAX_VALUE_CHARACTERS]), f"JSON-LD {kind}.{key}", self.span, pair, stated)


def nodes_of(page: Page) -> tuple[Node, ...]:
    """Return every object of the page's linked data in order, those of `@graph` and those within others included.

    A script that is no JSON, or is nested beyond what the parser takes, is passed over. References by `@id` within the page are
    followed one step.
    """
    found: list[Node] = []
    for element in page.root.walk():
        if element.name == "script" and "ld+json" in element.attributes.get("type", "").lower():
            found += _nodes_in(page, element, MAX_NODES - len(found))
    logos = _logos(found)
    found = [replace(node, is_of_party=True) if node.values.get("@id") in logos else node for node in found]
    by_id = {node.values["@id"]: node for node in found if isinstance(node.values.get("@id"), str) and len(node.values) > 1}
    for node in found:
        for name, value in node.values.items():
            values = value if isinstance(value, list) else [value]
            known = [by_id[one["@id"]].values if _is_reference(one) and one["@id"] in by_id else one for one in values]
            if known != values:
                node.values[name] = known if isinstance(value, list) else known[0]
    return tuple(found)


def image_values(node: Node) -> tuple[PageValue, ...]:
    """Return what an ImageObject says of its picture: credits, captions, dates."""
    found: list[PageValue] = []
    for key, name in (*_CREDITS, *_TEXTS, *_DATES):
        for text in _texts(node.values.get(key)):
            if not (key == "description" and node.text("caption")):
                found.append(node.value(name, text, key))
    return tuple(found)


def image_addresses(node: Node) -> tuple[str, ...]:
    """Return the addresses under which an ImageObject says its picture lies, the largest form first."""
    named = (node.values.get(key) for key in ("contentUrl", "url", "thumbnailUrl", "@id"))
    return tuple(dict.fromkeys(one for value in named for one in _texts(value) if "/" in one or "." in one))


def _nodes_in(page: Page, script: Element, room: int) -> list[Node]:
    text = page.text[script.inner_start : script.inner_end].strip()
    try:
        # Pages in use wrap the object in a CDATA or HTML comment now and then.
        stated = json.loads(text.removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>"))
    except (ValueError, RecursionError):
        return []
    found: list[Node] = []
    waiting: list[tuple[Any, bool]] = [(stated, False)]
    while waiting and len(found) < room:
        value, is_of_party = waiting.pop()
        if isinstance(value, dict):
            node = Node(_types(value.get("@type")), value, (script.start, script.end), is_of_party)
            found.append(node)
            is_party = is_of_party or bool(node.types & _PARTY_TYPES)
            waiting += [(one, is_party or name in _PARTIES) for name, one in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(one, is_of_party) for one in reversed(value)]
    return found


def _logos(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the names under which the page refers to logos and portraits."""
    held = [node.values.get(name) for node in nodes for name in ("logo", "author") if not node.types & IMAGES]
    return frozenset(value["@id"] for value in held if isinstance(value, dict) and isinstance(value.get("@id"), str))


def _types(stated: Any) -> frozenset[str]:
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str)


def _text(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _texts(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if depth >= _MAX_NESTING:
        # Objects may name each other in a circle once references are followed.
        return []
    if isinstance(value, dict):
        named = value.get("name") or value.get("@value") or value.get("url") or value.get("alternateName")
        return _texts(named, depth + 1)
    if isinstance(value, list):
        return [text for one in value[:50] for text in _texts(one, depth + 1)]
    return []
