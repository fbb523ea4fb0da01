"""The words that stand with a picture on a page: caption, credit, alternative text, each told from the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.intake.page_files import is_of_picture
from catalog.intake.page_tree import Element, Page, text_of
from catalog.intake.page_values import PageValue, language_of, value_at, value_of

_CAPTION_WORDS = frozenset({"caption", "captions", "figcaption", "legend", "cutline", "подпись", "description", "desc"})
_CREDIT_WORDS = frozenset({
    "credit", "credits", "copyright", "copyrights", "source", "photographer", "attribution", "agency", "photoby", "rights",
    "copyrightholder", "imagecredit", "photocredit", "byline",
})  # fmt: skip
# These words name a credit only inside a caption: elsewhere they name the writer of the article.
_CREDIT_IN_CAPTION = frozenset({"author", "creator", "photo", "owner"})
_PROPERTIES = {
    "credittext": "credit_line", "copyrightnotice": "copyright_notice", "copyrightholder": "credit_line", "author": "credit_line",
    "creator": "credit_line", "caption": "caption", "description": "caption",
}  # fmt: skip
_ATTRIBUTES = {
    "data-credit": "credit_line", "data-credits": "credit_line", "data-copyright": "credit_line", "data-source": "credit_line",
    "data-author": "credit_line", "data-photographer": "credit_line", "data-caption": "caption", "data-description": "caption",
    "data-sub-html": "caption",
}  # fmt: skip
# Labels that the World Service of the BBC prints for screen readers (bbc/simorgh, service configurations), and their like. They
# part credit from caption and belong to neither.
_CREDIT_LABEL = re.compile(
    r"(?:credit(?=\s*(?:\.{3}|…))|image (?:source|copyright|credit)|photo credit|"
    r"автор фото|автор изображения|источник изображения|автор зображення|"
    r"джерело зображення|صدر الصورة|مصدر الصورة|حقوق الصورة)\s*(?:[,،:…]|\.{3})\s*",
    re.IGNORECASE,
)
_CAPTION_LABEL = re.compile(
    r"(?:image caption|photo caption|подпись к фото|подпись к изображению|підпис до фото|підпис до зображення|"
    r"التعليق على الصورة|تعليق الصورة)\s*[,،:]\s*",
    re.IGNORECASE,
)
# A label inside running words begins a credit when a sentence, a line or a bar ends before it.
_INNER_CREDIT = re.compile(
    r"(?:(?<=[.!?…»”\")\]])\s{1,3}|\n|\s[|•·—–/-]\s{1,3}|^)"
    r"(?P<credit>(?:(?:фото|фотография|источник фото|источник|автор фото|джерело|світлина|photo(?:s|graph|grapher)?|picture|"
    r"image|credit|source|courtesy|المصدر|الصورة|صورة|تصوير|عدسة|مصدر الصورة)\s{0,2}[:：]|"
    r"(?:photo|photograph|picture|image) by |©|(?<=\s/\s)(?:фото|світлина|photo)\s)\s*\S)",
    re.IGNORECASE,
)  # fmt: skip
# What a page puts into a caption that is none of its words: the number of a picture in its row, links to a shop or a larger view.
_NOT_WORDS = re.compile(
    r"\[?\d{1,3}\s*(?:/|of|из|з|من)\s*\d{1,3}\]?|purchase licensing rights.*|(?:open|view) (?:image|picture|photo)\b.*|"
    r"image in fullscreen|перейти в (?:фотобанк|медиабанк)|camera icon|enlarge(?: this)? image|hide caption|toggle caption",
    re.IGNORECASE,
)
_NUMBER_IN_ROW = re.compile(r"\[\d{1,3}\s?/\s?\d{1,3}\]\s*")
_MAX_NOT_WORDS_SOURCE = 600
# A longer tail holds more than a credit and stays in the caption, where the credit grammar looks as well.
_MAX_CREDIT_CHARACTERS = 200
_MAX_CREDIT_SOURCE = 2400
# Longer elements are articles, not captions; more parts than these has no figure that a newsroom made.
_MAX_CAPTION_SOURCE = 40_000
_MAX_PARTS = 300
# A line longer than this is a paragraph of the article.
_MAX_LINE = 400
_WRAPPERS = frozenset({"a", "center", "div", "picture", "span", "td", "amp-img", "noscript"})
_PERSONS = frozenset({"author", "profile", "user", "person", "contributor"})


def words_with(page: Page, image: Element, holder: Element) -> list[PageValue]:
    """Return the words that belong to an image: of the element that holds it, of its attributes, and its alternative text."""
    found = list(_of_holder(page, image, holder))
    figure = next((owner for owner in holder.above() if owner.name == "figure"), None)
    if figure is not None and not any(value.name == "caption" for value in found):
        # A gallery that is one figure of many has one caption for all of them.
        found += _of_holder(page, image, figure, only_own=True)
    owners = [image, *(owner for _, owner in zip(range(3), image.above(), strict=False)), holder]
    for element in dict.fromkeys(owners):
        for attribute, name in _ATTRIBUTES.items():
            if element.attributes.get(attribute, "").strip():
                found.append(_of_attribute(page, element, attribute, name))
    if not found:
        found += _of_next_line(page, image)
    if image.attributes.get("alt", "").strip():
        found.append(_of_attribute(page, image, "alt", "alt_text"))
    return found


def _of_attribute(page: Page, element: Element, attribute: str, name: str) -> PageValue:
    span = (element.start, element.inner_start)
    return value_at(page, name, element.attributes[attribute], f"{element.name} {attribute}", span, language_of(element))


def divided(page: Page, element: Element) -> tuple[PageValue, ...]:
    """Return the caption that an element is, and the credit that a label sets apart in it."""
    return tuple(_divided(page, element, frozenset()))


def words_of_layout(page: Page, image: Element) -> Iterator[PageValue]:
    """Yield the words of a block that holds a picture and one short line of words, and nothing else."""
    for block in image.above():
        if block.name not in _WRAPPERS or block.words() & _PERSONS or is_link_elsewhere(block):
            return
        if block.length() > _MAX_CREDIT_SOURCE:
            return
        text = text_of(page, block)
        if text and block.name == "a":
            return
        if text:
            inner = list(block.walk())
            lines = [child for child in _children(block) if text_of(page, child)]
            is_bare = sum(one.name in ("img", "amp-img", "video") for one in inner) > 1 or any(
                one.name in ("h1", "h2", "h3", "li", "input") or is_link_elsewhere(one) for one in inner
            )
            if not is_bare and len(lines) == 1 and text_of(page, lines[0]) == text and len(text) <= _MAX_LINE:
                yield from _divided(page, lines[0], frozenset())
            return


def is_link_elsewhere(element: Element) -> bool:
    """Tell a link to another page from one that leads nowhere, to a place of its own page or to a picture."""
    address = element.attributes.get("href", "") if element.name == "a" else ""
    return bool(address) and not address.startswith("#") and not is_of_picture(address)


def _of_next_line(page: Page, image: Element) -> list[PageValue]:
    """Return what a paragraph of its own right below a picture gives: a credit, `(Source: …)`, or all of it in italics."""
    block = next((owner for owner in image.above() if owner.name in ("p", "div", "a")), None)
    if block is None or block.parent is None:
        return []
    row = [child for child in block.parent.children if isinstance(child, Element)]
    below = row[row.index(block) + 1 : row.index(block) + 2]
    if below and below[0].length() <= _MAX_CREDIT_SOURCE and not _holds_picture(below[0]):
        text = text_of(page, below[0])
        start = _INNER_CREDIT.match(text.removeprefix("("))
        if start is not None and start.start("credit") == 0 and len(text) <= _MAX_CREDIT_CHARACTERS:
            return [value_of(page, "credit_line", below[0], "paragraph below")]
        set_apart = [child for child in _children(below[0]) if child.name in ("em", "i", "small")]
        if block.name == "p" and len(set_apart) == 1 and len(text) <= _MAX_LINE and text_of(page, set_apart[0]) == text:
            return list(_divided(page, below[0], frozenset()))
    return []


def _of_holder(page: Page, image: Element, holder: Element, *, only_own: bool = False) -> Iterator[PageValue]:
    captions = [element for element in _parts(image, holder, only_own) if _is_caption(element)]
    credits = [element for element in _parts(image, holder, only_own) if _credit_name(page, element, captions)]
    credits = _outermost(credits)
    captions = [element for element in _outermost(captions) if not _lies_in(element, credits)]
    left_out = frozenset(id(element) for element in (*credits, *_not_words(page, captions)))
    for element in captions:
        yield from _divided(page, element, left_out)
    for element in credits:
        value = value_of(page, _credit_name(page, element, captions), element, _described(element))
        yield _without_label(value, _CREDIT_LABEL)


def _not_words(page: Page, captions: list[Element]) -> Iterator[Element]:
    """Yield what stands in captions and is none of their words: icons, numbers of slides, links to a shop."""
    for caption in captions:
        for _, inner in zip(range(_MAX_PARTS), caption.walk(), strict=False):
            is_small = inner is not caption and inner.length() <= _MAX_NOT_WORDS_SOURCE and inner.name in ("a", "i", "span", "b")
            if is_small and _NOT_WORDS.fullmatch(text_of(page, inner)):
                yield inner


def _parts(image: Element, holder: Element, only_own: bool) -> Iterator[Element]:
    """Yield the elements of a holder that can hold words of this image, not those of a figure within it."""
    inner = frozenset(id(owner) for owner in image.above())
    waiting = [child for child in reversed(holder.children) if isinstance(child, Element)]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        element = waiting.pop()
        if element.name == "figure" and (only_own or id(element) not in inner):
            continue
        yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def _is_caption(element: Element) -> bool:
    if element.length() > _MAX_CAPTION_SOURCE:
        return False
    if element.name == "figcaption":
        return True
    prop = element.attributes.get("itemprop", "").lower()
    is_text = element.name in ("p", "div", "span", "dd", "em", "i", "small", "label", "td", "h3", "h4", "h5")
    return (
        is_text and not _holds_picture(element) and (_PROPERTIES.get(prop) == "caption" or bool(element.words() & _CAPTION_WORDS))
    )


def _credit_name(page: Page, element: Element, captions: list[Element]) -> str:
    """Return the kind of credit that an element is, "" when it is none."""
    if element.length() > _MAX_CREDIT_SOURCE or not element.children or _holds_picture(element):
        return ""
    prop = element.attributes.get("itemprop", "").lower()
    if _PROPERTIES.get(prop, "caption") != "caption":
        return _PROPERTIES[prop]
    words = element.words() - {"figcaption"}
    in_caption = _lies_in(element, captions)
    is_named = bool(words & _CREDIT_WORDS) or (
        in_caption and (element.name in ("cite", "small") or bool(words & _CREDIT_IN_CAPTION))
    )
    # `caption-with-credit` is a caption; one that says credit alone, or credit inside the caption, is a credit.
    if is_named and (not words & _CAPTION_WORDS or in_caption or element.name != "figcaption"):
        return "credit_line" if not _holds_any(element, captions) else ""
    is_leaf = element.name in ("p", "span", "div", "figcaption") and not any(
        child.name in ("p", "div") for child in _children(element)
    )
    if is_leaf and not in_caption and not any(_holds(element, caption) for caption in captions):
        text = text_of(page, element)
        # "Фото: …" in an element of its own beside the caption, whatever its class says.
        begun = _INNER_CREDIT.match(text)
        is_credit = begun is not None and begun.start("credit") == 0 and len(text) <= _MAX_CREDIT_CHARACTERS
        return "credit_line" if is_credit or _CREDIT_LABEL.match(text) else ""
    return "credit_line" if is_leaf and _CREDIT_LABEL.match(text_of(page, element)) else ""


def _divided(page: Page, element: Element, left_out: frozenset[int]) -> Iterator[PageValue]:
    """Yield the caption that an element holds, and the credit that a label sets apart at its end or its beginning."""
    whole = _without_label(value_of(page, "caption", element, _described(element), left_out), _NUMBER_IN_ROW)
    whole = _without_label(whole, _CAPTION_LABEL)
    starts = [found.start("credit") for found in _INNER_CREDIT.finditer(whole.text)]
    place = next((start for start in starts if len(whole.text) - start <= _MAX_CREDIT_CHARACTERS), None)
    if place is None:
        yield whole
        return
    caption, credit = whole.text[:place].rstrip(" \n|•·—–/-"), whole.text[place:]
    if caption:
        yield _retold(whole, "caption", caption)
    yield _without_label(_retold(whole, "credit_line", credit), _CREDIT_LABEL)


def _without_label(value: PageValue, label: re.Pattern[str]) -> PageValue:
    found = label.match(value.text)
    return _retold(value, value.name, value.text[found.end() :]) if found else value


def _retold(value: PageValue, name: str, text: str) -> PageValue:
    return PageValue(name, text, value.read_from, value.span, value.fragment, value.language)


def _described(element: Element) -> str:
    stated = element.attributes.get("class") or element.attributes.get("itemprop") or ""
    return f"{element.name} {stated[:80]}".strip()


def _outermost(elements: list[Element]) -> list[Element]:
    return [element for element in elements if not _lies_in(element, elements)]


def _lies_in(element: Element, others: list[Element]) -> bool:
    return any(other is not element and other.start <= element.start and element.end <= other.end for other in others)


def _holds_any(element: Element, others: list[Element]) -> bool:
    return any(other is not element and _holds(element, other) for other in others)


def _holds(outer: Element, inner: Element) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _holds_picture(element: Element) -> bool:
    return any(
        inner.name in ("img", "amp-img", "picture", "video") for _, inner in zip(range(_MAX_PARTS), element.walk(), strict=False)
    )


def _children(element: Element) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element))
