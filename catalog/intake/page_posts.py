"""Posts of a channel that stand one below another on one page, as the web preview of Telegram shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.intake.page_files import Source
from catalog.intake.page_tree import Element, Page, text_of
from catalog.intake.page_values import PageValue, value_at, without_doubles
from catalog.intake.page_words import divided

CARRIER = "post"
# Telegram's preview names each post by its channel and number in `data-post`, and shows pictures as backgrounds.
_BACKGROUND = re.compile(r"background-image\s*:\s*url\(\s*(?P<quote>[\"']?)(?P<address>[^\"')]{1,4000})(?P=quote)\s*\)")
_PICTURES = frozenset({"tgme_widget_message_photo_wrap", "tgme_widget_message_video_thumb"})
_TEXT = "tgme_widget_message_text"
_DATE = "tgme_widget_message_date"
_OWNER = "tgme_widget_message_owner_name"
MAX_POSTS = 500

PostPicture = tuple[tuple[Source, ...], tuple[PageValue, ...], tuple[int, int]]


def post_pictures(page: Page) -> Iterator[PostPicture]:
    """Yield the pictures of every post, in order: addresses, values, span; nothing for a page that is no list of posts.

    Each picture has the words, the day, the address and the channel of its own post. What a post only quotes or links to is left
    out.
    """
    posts = (element for element in page.root.walk() if "data-post" in element.attributes)
    for post, _ in zip(posts, range(MAX_POSTS), strict=False):
        inner = list(post.walk())
        values = without_doubles(_values(page, inner))
        for element in inner:
            found = _BACKGROUND.search(element.attributes.get("style", ""))
            if found and _PICTURES & _classes(element):
                yield (Source(found["address"]),), values, (element.start, element.inner_start)


def _classes(element: Element) -> frozenset[str]:
    return frozenset(element.attributes.get("class", "").split())


def _values(page: Page, inner: list[Element]) -> Iterator[PageValue]:
    for element in inner:
        classes = _classes(element)
        if _TEXT in classes:
            yield from divided(page, element)
        elif _OWNER in classes:
            yield value_at(page, "publisher", text_of(page, element), "owner of the post", (element.start, element.end))
        elif _DATE in classes:
            yield value_at(page, "url", element.attributes.get("href", ""), "address of the post", (element.start, element.end))
            for time in element.walk():
                if time.name == "time":
                    stated = time.attributes.get("datetime", "")
                    yield value_at(page, "published_at", stated, "time of the post", (time.start, time.end))
