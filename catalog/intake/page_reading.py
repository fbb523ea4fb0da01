"""Everything that is read in one page: what it states of itself, and its pictures with what linked data says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.intake.page_article import article_values, base_address, declared_language
from catalog.intake.page_charset import decode_page
from catalog.intake.page_figures import PagePicture, name_key, pictures_of
from catalog.intake.page_files import Source
from catalog.intake.page_json_ld import ARTICLES, IMAGES, Node, image_addresses, image_values, nodes_of
from catalog.intake.page_posts import CARRIER as POST
from catalog.intake.page_posts import post_pictures
from catalog.intake.page_tree import Page, tree_of
from catalog.intake.page_values import PageValue, value_at, without_doubles

ReadPicture = PagePicture
WEB_PAGE = "web page"
_TELLING = frozenset({"caption", "credit_line", "copyright_notice", "creator", "rights"})


@dataclass(frozen=True, slots=True)
class PageReading:
    """Hold what was read in a page. `base` is its address for relative ones, "" when it states none.

    `carrier` says what carried its pictures: a web page, or a post where the page shows posts of a channel.
    `is_cut` says that the page has more elements than are read.
    """

    values: tuple[PageValue, ...]
    pictures: tuple[ReadPicture, ...]
    base: str
    language: str | None
    charset: str
    is_cut: bool
    carrier: str


def read_page(raw: bytes) -> PageReading:
    """Read a saved page. Takes time linear in its length; never raises for what a page may hold."""
    text, charset = decode_page(raw)
    page = tree_of(text)
    nodes = nodes_of(page)
    values = article_values(page, nodes)
    base, language = base_address(page, values), declared_language(page, nodes)
    posted = tuple(PagePicture(*one) for one in post_pictures(page))
    if posted:
        # What the page says of itself is said of the channel, not of a post.
        return PageReading(_of_channel(values), posted, base, language, charset, page.is_cut, POST)
    pictures = _with_linked(pictures_of(page), nodes)
    if not pictures:
        pictures = tuple(_of_the_whole(page, nodes))
    return PageReading(values, pictures, base, language, charset, page.is_cut, WEB_PAGE)


def _of_channel(values: tuple[PageValue, ...]) -> tuple[PageValue, ...]:
    return tuple(value for value in values if value.name in ("first_seen_at", "publisher_host"))


def _with_linked(pictures: tuple[PagePicture, ...], nodes: tuple[Node, ...]) -> tuple[PagePicture, ...]:
    """Give what linked data says of an image to the picture it means; an image that no picture shows is a picture of its own.

    They are the same when the names of their files are, size marks aside, or their captions. A picture whose bytes stand in the
    page has no name: if it is the only one, it is what the only image of the article means.
    """
    images = [node for node in nodes if node.types & IMAGES and not node.is_of_party]
    images = [node for node in images if any(value.name in _TELLING for value in image_values(node))]
    by_key: dict[str, list[int]] = {}
    by_words: dict[str, int] = {}
    for place, picture in enumerate(pictures):
        for key in {name_key(source.address) for source in picture.sources} - {""}:
            by_key.setdefault(key, []).append(place)
        for value in picture.values:
            if value.name == "caption":
                by_words.setdefault(_folded(value.text), place)
    added: dict[int, list[PageValue]] = {}
    apart: list[PagePicture] = []
    for node in images:
        values = image_values(node)
        keys = {name_key(address) for address in image_addresses(node)} - {""}
        places = [place for key in sorted(keys) for place in by_key.get(key, ())]
        places = places or [
            by_words[words] for value in values if (words := _folded(value.text)) in by_words and value.name == "caption"
        ]
        if not places and len(pictures) == len(images) == 1 and not any(name_key(one.address) for one in pictures[0].sources):
            places = [0]
        for place in dict.fromkeys(places):
            added.setdefault(place, []).extend(values)
        if not places and keys:
            apart.append(PagePicture(tuple(map(Source, image_addresses(node))), without_doubles(values), node.span))
    joined = [
        PagePicture(picture.sources, without_doubles((*picture.values, *added.get(place, ()))), picture.span)
        for place, picture in enumerate(pictures)
    ]
    return (*joined, *_once(apart))


def _of_the_whole(page: Page, nodes: tuple[Node, ...]) -> Iterable[PagePicture]:
    """Yield the one picture that the page names for itself where its article shows none: in linked data, or for sharing."""
    for node in nodes:
        image = node.values.get("image")
        if node.types & ARTICLES and image:
            named = image[0] if isinstance(image, list) else image
            address = named if isinstance(named, str) else str(named.get("url") or "") if isinstance(named, dict) else ""
            if address:
                yield PagePicture((Source(address),), (), node.span)
                return
    for element in page.root.walk():
        if element.name == "meta" and (element.attributes.get("property") or element.attributes.get("name")) in (
            "og:image",
            "twitter:image",
        ):
            span = (element.start, element.end)
            if element.attributes.get("content"):
                yield PagePicture((Source(element.attributes["content"]),), tuple(_alternatives(page)), span)
                return


def _alternatives(page: Page) -> Iterable[PageValue]:
    for element in page.root.walk():
        name = element.attributes.get("property") or element.attributes.get("name")
        if element.name == "meta" and name in ("og:image:alt", "twitter:image:alt") and element.attributes.get("content"):
            yield value_at(page, "alt_text", element.attributes["content"], f"meta {name}", (element.start, element.end))
            return


def _once(pictures: list[PagePicture]) -> Iterable[PagePicture]:
    seen: set[str] = set()
    for picture in pictures:
        key = name_key(picture.sources[0].address)
        if key not in seen:
            seen.add(key)
            yield picture


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(". ")
