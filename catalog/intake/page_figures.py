"""The pictures of an article on a page, each with the words that stand with it; logos, menus and other articles are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from catalog.intake.page_files import Source, is_of_picture, is_placeholder, sources_of_set, urlsplit_path
from catalog.intake.page_record import is_shown_by_record, record_of
from catalog.intake.page_tree import Element, Page
from catalog.intake.page_values import PageValue, without_doubles
from catalog.intake.page_words import is_link_elsewhere, words_of_layout, words_with

# Attributes in which pages put the address of a picture that is loaded when it comes into view, the largest form first.
_LAZY = (
    "data-full", "data-full-src", "data-large", "data-large-file", "data-orig-file", "data-original", "data-hi-res-src",
    "data-zoom-src", "data-src", "data-lazy-src", "data-lazy", "data-echo", "data-image", "data-img-src", "data-url",
    "data-flickity-lazyload", "src",
)  # fmt: skip
_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
_OTHER_PARTS = frozenset({
    "related", "recommended", "recommendation", "recommendations", "recirculation", "promo", "teaser", "teasers", "sidebar",
    "share", "sharing", "social", "logo", "logos", "icon", "icons", "avatar", "userpic", "advert", "advertisement", "ad", "ads",
    "adv", "banner", "banners", "comments", "comment", "newsletter", "subscribe", "subscription", "navigation", "nav",
    "breadcrumb", "breadcrumbs",
    "menu", "popular", "trending", "outbrain", "taboola", "sponsored", "cookie", "cookies", "contentinfo", "complementary",
    "byline",
    "bio", "masthead", "partners", "tracking", "pixel", "counter",
})  # fmt: skip
_THUMBNAILS = frozenset({"thumb", "thumbs", "thumbnail", "thumbnails", "preview", "previews"})
_ARTICLE_PARTS = frozenset({"article", "story", "entry", "post", "material", "gallery", "slideshow", "photogallery", "content"})
# What is named so is the article even where its heading stands within; "content" and "gallery" may be the whole page.
_WHOLE_ARTICLES = frozenset({"article", "story"})
_SIZE = re.compile(r"\s*(\d{1,6})(?:px)?\s*")
# No picture that an article shows is smaller in both directions; buttons, icons and portraits of authors are.
_MIN_SIDE = 120
_MAX_CLIMB = 6
# The largest photo galleries in use show some hundred pictures on a page.
MAX_IMAGES = 1000
MAX_PICTURES = 500
# Two marks of one size: MediaWiki writes it before the name, others behind it.
_SIZE_BEFORE = re.compile(r"^\d{2,4}px-")
_SIZE_MARK = re.compile(r"(?:[-_@](?:\d{2,4}x\d{0,4}|\d{2,4}w?|\dx|scaled|full|large|medium|small))+$")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Hold a picture that an article shows: the addresses it is offered under, and what stands with it, nearest words first."""

    sources: tuple[Source, ...]
    values: tuple[PageValue, ...]
    span: tuple[int, int]


def pictures_of(page: Page) -> tuple[PagePicture, ...]:
    """Return the pictures that the page's article shows, in order.

    A picture counts when it stands in a figure or with a caption, or plainly in the article. It does not when it is smaller than
    120 pixels both ways, or stands in a menu, in the head or foot of the page, in a list of other articles, or among thumbnails
    of pictures that are shown.
    """
    every = list(page.root.walk())
    images = [element for element in every if element.name in ("img", "amp-img")][:MAX_IMAGES]
    spare = _spares(images)
    own = [image for image in images if id(image) not in spare]
    heading = next((element for element in every if element.name == "h1"), None)
    center = frozenset(id(owner) for owner in heading.above()) if heading is not None else frozenset()
    holders = _holders(own)
    record = record_of(page)
    # Before these elements were, tables held the pictures of an article.
    is_old = not any(element.name in ("article", "main") for element in every)
    found: list[PagePicture] = []
    for image in own:
        sources = (*_sources(image), *(source for other in spare.values() if other[0] is image for source in _sources(other[1])))
        sources = tuple(dict.fromkeys(source for source in sources if not is_placeholder(source.address)))
        if not sources or _is_small(image) or _is_other_part(image, center):
            continue
        holder = _holder(image, holders)
        values = words_with(page, image, holder)
        if is_shown_by_record(image):
            values = [*record, *(value for value in values if value.name == "alt_text")]
        is_captioned = any(value.name != "alt_text" for value in values)
        is_plain = _is_shown_plainly(image, center)
        if not is_captioned and (is_plain or (is_old and any(owner.name == "td" for owner in image.above()))):
            laid_out = list(words_of_layout(page, image))
            values, is_captioned = [*laid_out, *values], bool(laid_out)
        if is_captioned or is_plain:
            found.append(PagePicture(sources, without_doubles(values), (image.start, image.end)))
        if len(found) == MAX_PICTURES:
            break
    return tuple(_without_thumbnails(found))


def name_key(address: str) -> str:
    """Return what the addresses of one picture in several sizes share: the file's name without size marks and ending."""
    if address[:5].lower() == "data:":
        return ""
    stem = PurePosixPath(unquote(urlsplit_path(address))).name.rsplit(".", 1)[0].casefold()
    stem = _SIZE_BEFORE.sub("", stem)
    return _SIZE_MARK.sub("", stem) or stem


def _spares(images: list[Element]) -> dict[int, tuple[Element, Element]]:
    """Return, by `id()`, the images for readers without scripts that repeat one beside them, each with the one it repeats."""
    found: dict[int, tuple[Element, Element]] = {}
    for place, image in enumerate(images):
        noscript = next((owner for owner in image.above() if owner.name == "noscript"), None)
        if noscript is None:
            continue
        around = _figure(noscript) or noscript.parent
        near = [images[other] for other in (place - 1, place + 1) if 0 <= other < len(images)]
        twin = next((one for one in near if around in list(one.above()) and not _in_noscript(one)), None)
        if twin is not None:
            found[id(image)] = (twin, image)
    return found


def _in_noscript(image: Element) -> bool:
    return any(owner.name == "noscript" for owner in image.above())


def _sources(image: Element) -> Iterator[Source]:
    """Yield every address that an image, the picture element around it and the link around it offer."""
    for element in _offering(image):
        for name in _SETS:
            yield from sources_of_set(element.attributes.get(name, ""))
        for name in _LAZY:
            if element.attributes.get(name, "").strip():
                yield Source(element.attributes[name].strip())
    for owner in image.above():
        if owner.name == "a" and is_of_picture(owner.attributes.get("href", "")):
            yield Source(owner.attributes["href"])
        if owner.name in ("figure", "article", "body"):
            break


def _offering(image: Element) -> Iterator[Element]:
    picture = next((owner for owner in image.above() if owner.name == "picture"), None)
    if picture is not None:
        yield from (element for element in picture.walk() if element.name == "source")
    yield image


def _is_small(image: Element) -> bool:
    sides = [_SIZE.fullmatch(image.attributes.get(name, "")) for name in ("width", "height")]
    numbers = [int(side[1]) for side in sides if side]
    return len(numbers) == 2 and max(numbers) < _MIN_SIDE


def _is_other_part(image: Element, center: frozenset[int]) -> bool:
    if image.words() & _OTHER_PARTS:
        return True
    is_in_article = False
    for owner in image.above():
        if owner.name in ("html", "body", "main", "article") or id(owner) in center:
            is_in_article |= owner.name == "article"
            if owner.name == "article" and center and id(owner) not in center and not _holds_center(owner, center):
                return True
            continue
        is_menu = owner.name in ("nav", "aside", "dialog") or (
            owner.name in ("header", "footer") and not _is_inside_article(owner)
        )
        if is_menu or owner.words() & _OTHER_PARTS:
            return True
    return False


def _holds_center(article: Element, center: frozenset[int]) -> bool:
    """Tell whether an article may be the page's own although its heading stands outside: it is the only one of its row."""
    row = (
        [child for child in article.parent.children if isinstance(child, Element) and child.name == "article"]
        if article.parent
        else []
    )
    return len(row) == 1 and not any(
        owner.name == "article" or owner.name in ("section", "ul", "ol") for owner in article.above()
    )


def _is_inside_article(element: Element) -> bool:
    return any(owner.name in ("article", "main", "figure") for owner in element.above())


def _figure(element: Element) -> Element | None:
    return next((owner for owner in element.above() if owner.name == "figure" or owner.attributes.get("role") == "figure"), None)


def _holders(images: list[Element]) -> dict[int, int]:
    """Count, by `id()`, how many pictures each element near one holds."""
    counts: dict[int, int] = {}
    for image in images:
        if _is_small(image):
            continue
        for _, owner in zip(range(_MAX_CLIMB), image.above(), strict=False):
            counts[id(owner)] = counts.get(id(owner), 0) + 1
    return counts


def _holder(image: Element, holders: dict[int, int]) -> Element:
    """Return the element whose words belong to a picture: its figure, else the largest near one that holds no other picture."""
    figure = _figure(image)
    if figure is not None:
        return figure
    best = image
    for _, owner in zip(range(_MAX_CLIMB), image.above(), strict=False):
        if holders.get(id(owner), 0) > 1 or owner.name in ("article", "main", "section", "body", "html", ""):
            break
        if "articlebody" in owner.attributes.get("itemprop", "").lower() or any(
            isinstance(child, Element) and child.name in ("h1", "h2") for child in owner.children
        ):
            break
        best = owner
    return best


def _is_shown_plainly(image: Element, center: frozenset[int]) -> bool:
    """Tell whether an image without words stands in the article and leads to no other page."""
    if any(is_link_elsewhere(owner) for owner in image.above()):
        return False
    for owner in image.above():
        if owner.name == "li" and _leads_elsewhere(owner):
            return False  # a list of other articles, the link beside its picture
        if owner.name in ("article", "main", "figure") or "articlebody" in owner.attributes.get("itemprop", "").lower():
            return True
        if owner.words() & _ARTICLE_PARTS and (id(owner) not in center or owner.words() & _WHOLE_ARTICLES):
            return True
    return False


def _leads_elsewhere(item: Element) -> bool:
    """Tell whether an item of a list holds a link to another page."""
    return any(is_link_elsewhere(inner) for inner in item.walk())


def _without_thumbnails(found: list[PagePicture]) -> list[PagePicture]:
    """Leave out a picture without words of its own that is shown again, by the file it names."""
    shown = {key for picture in found if _has_words(picture) for source in picture.sources if (key := name_key(source.address))}
    kept: list[PagePicture] = []
    bare: set[str] = set()
    for picture in found:
        keys = {key for source in picture.sources if (key := name_key(source.address))}
        if not _has_words(picture) and keys & (shown | bare):
            continue
        bare |= keys if not _has_words(picture) else set()
        kept.append(picture)
    return kept


def _has_words(picture: PagePicture) -> bool:
    return any(value.name != "alt_text" for value in picture.values)
