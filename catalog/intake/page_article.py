"""What a page says of itself as a whole: headline, publisher, address, dates, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from catalog.intake.page_files import archived_copy
from catalog.intake.page_json_ld import ARTICLES, Node
from catalog.intake.page_record import is_in_record
from catalog.intake.page_tree import Element, Page, text_of
from catalog.intake.page_values import PageValue, language_tag, value_at, value_of, without_doubles

# In order of trust: what each meta element states. The first that says anything counts, the others are kept in the record.
_META = {
    "og:title": "headline", "twitter:title": "headline", "og:site_name": "publisher", "application-name": "publisher",
    "article:publisher": "publisher", "og:url": "url",
    "article:published_time": "published_at", "og:published_time": "published_at",
    "datepublished": "published_at", "pubdate": "published_at", "publishdate": "published_at", "publish-date": "published_at",
    "date": "published_at", "dc.date": "published_at", "dc.date.issued": "published_at", "dcterms.created": "published_at",
    "originalpublicationdate": "published_at", "article.published": "published_at", "dcterms.date": "published_at",
    "sailthru.date": "published_at", "parsely-pub-date": "published_at", "mediator_published_time": "published_at",
    "article:modified_time": "date_modified", "og:updated_time": "date_modified", "datemodified": "date_modified",
    "last-modified": "date_modified", "dcterms.modified": "date_modified",
}  # fmt: skip
_LINKED = (
    ("headline", "headline"), ("datePublished", "published_at"), ("dateModified", "date_modified"), ("publisher", "publisher"),
    ("url", "url"), ("mainEntityOfPage", "url"),
)  # fmt: skip
# What browsers and page savers write at the top: Chromium and Internet Explorer, SingleFile, wget and HTTrack.
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|(?:^|\n)[^\S\n]*url:\s*(https?://\S+)|Mirrored from (\S+)")
_SAVED_AT = re.compile(r"(?:^|\n)[^\S\n]*saved date:\s*(\w{3} \w{3} \d{1,2} \d{4} [\d:]{8} GMT[+-]\d{4})")
_SAVED_MOMENT = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{2})(\d{2})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ORIGINAL = re.compile(
    r"(?:original (?:url|address|article)|оригинал(?:ьный адрес)?|адрес оригинала|оригінал|адреса оригіналу|"
    r"الرابط الأصلي|المصدر الأصلي)\s*[:\-–—]\s*(https?://[^\s<>\"']+)",
    re.IGNORECASE,
)
_DATE_WORDS = frozenset({"date", "published", "pubdate", "dateline", "timestamp", "publication"})
# A class named for the time holds hours and counters as well; what stands there is believed when it has a year.
_NAMING_DATES = _DATE_WORDS | {"time", "datetime"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGE_WORDS = frozenset({"updated", "modified", "update", "changed"})
_MAX_DATE_CHARACTERS = 80
# A longer element is no heading or date; reading it once for every element around it would take the square of its length.
_MAX_HEADING_SOURCE = 20_000
_MAX_DATE_SOURCE = 2000
_MAX_DATES = 100
_MAX_HEADINGS = 20


def article_values(page: Page, nodes: tuple[Node, ...]) -> tuple[PageValue, ...]:
    """Return what the page states of itself, the most trusted first of each name; the words of the article are not read.

    The order is: a line that names the original address, linked data, meta elements, visible elements, what the saving program
    noted, and for a publisher nobody names the host of the address.
    """
    found = list(_originals(page))
    found += _linked(nodes)
    found += _metas(page)
    found += _visible(page)
    found += _saved(page)
    found = list(_unarchived(found))
    found = [value for value in without_doubles(found) if value.name != "url" or _is_address(value.text)]
    found += _hosts(found)
    return tuple(found)


def base_address(page: Page, values: Iterable[PageValue]) -> str:
    """Return the address against which the page's relative ones are meant, "" when it states none."""
    stated = next((value.text for value in values if value.name == "url" and not value.read_from.startswith("line")), "")
    base = next((element for element in page.root.walk() if element.name == "base"), None)
    return urljoin(stated, base.attributes.get("href", "")) if base is not None else stated


def declared_language(page: Page, nodes: tuple[Node, ...]) -> str | None:
    """Return the language that the page as a whole declares, as BCP 47, None when it declares none."""
    html = next((element for element in page.root.walk() if element.name == "html"), None)
    stated = [html.attributes.get("lang", ""), html.attributes.get("xml:lang", "")] if html is not None else []
    stated += [node.text("inLanguage") for node in nodes if node.types & ARTICLES]
    for element in page.root.walk():
        if element.name == "meta":
            name = (element.attributes.get("property") or element.attributes.get("http-equiv") or "").lower()
            if name in ("og:locale", "content-language"):
                stated.append(element.attributes.get("content", ""))
    return next((tag for one in stated if (tag := language_tag(one))), None)


def _originals(page: Page) -> Iterator[PageValue]:
    text = text_of(page, page.root)
    for found in _ORIGINAL.finditer(text):
        address = found[1].rstrip(".,;)")
        at = page.text.find(address.replace("&", "&amp;"))
        at = at if at >= 0 else page.text.find(address)
        span = (max(0, at - 200), at + len(address)) if at >= 0 else (0, 0)
        yield value_at(page, "url", address, "line with the original address", span)


def _linked(nodes: tuple[Node, ...]) -> Iterator[PageValue]:
    articles = [node for node in nodes if node.types & (ARTICLES - {"WebPage"})]
    pages = [node for node in nodes if "WebPage" in node.types]
    # A page lists other articles as well; its own is the first that has a date or a headline.
    own = [node for node in articles if node.text("datePublished") or node.text("headline")][:1]
    for node in (*own, *pages[:1]):
        for key, name in _LINKED:
            text = _reference(node.values.get(key)) if key == "mainEntityOfPage" else node.text(key)
            if text:
                yield node.value(name, text, key)
    if own or pages:
        for node in nodes:
            if "WebSite" in node.types and node.text("name"):
                yield node.value("publisher", node.text("name"), "name")


def _reference(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""


def _metas(page: Page) -> Iterator[PageValue]:
    stated: dict[str, list[PageValue]] = {}
    for element in page.root.walk():
        span = (element.start, element.end)
        if element.name == "meta":
            key = (
                element.attributes.get("property") or element.attributes.get("name") or element.attributes.get("itemprop") or ""
            ).lower()
            if key in _META and element.attributes.get("content"):
                made = value_at(page, _META[key], element.attributes["content"], f"meta {key}", span)
                stated.setdefault(key, []).append(made)
        elif element.name == "link" and "canonical" in element.attributes.get("rel", "").lower().split():
            stated.setdefault("og:url", []).insert(
                0, value_at(page, "url", element.attributes.get("href", ""), "link canonical", span)
            )
    for key in _META:
        yield from stated.get(key, ())


def _visible(page: Page) -> Iterator[PageValue]:
    headings: list[PageValue] = []
    titles: list[PageValue] = []
    publishers: list[PageValue] = []
    dates: list[PageValue] = []
    classed: list[PageValue] = []
    for element in page.root.walk():
        prop = element.attributes.get("itemprop", "").lower().split()
        span = (element.start, element.end)
        if element.length() > _MAX_HEADING_SOURCE:
            continue
        if (element.name == "h1" or "headline" in prop) and len(headings) < _MAX_HEADINGS:
            headings.append(value_of(page, "headline", element, element.name))
        elif "publisher" in prop and not publishers:
            publishers += _publisher(page, element)
        elif element.name == "title" and not titles:
            titles.append(value_of(page, "headline", element, "title"))
        elif element.length() > _MAX_DATE_SOURCE or len(dates) + len(classed) >= _MAX_DATES:
            continue
        elif "datepublished" in prop or "datemodified" in prop:
            name = "published_at" if "datepublished" in prop else "date_modified"
            text = element.attributes.get("datetime") or element.attributes.get("content") or text_of(page, element)
            dates.append(value_at(page, name, text, f"itemprop {' '.join(prop)}", span))
        elif element.name == "time" and not _is_of_another(element) and not is_in_record(element):
            dates.append(_time(page, element))
        elif element.name in ("span", "div", "p", "a") and element.words() & _NAMING_DATES and not _is_of_another(element):
            # A class named for the date is believed when what stands there is short enough to be one.
            text = text_of(page, element)
            is_date = any(letter.isdigit() for letter in text) if element.words() & _DATE_WORDS else bool(_YEAR.search(text))
            if len(text) <= _MAX_DATE_CHARACTERS and is_date:
                described = f"{element.name} {element.attributes.get('class', '')[:80]}".strip()
                classed.append(value_at(page, "published_at", text, described, span))
    yield from (*dates, *publishers, *headings, *titles, *classed)


def _publisher(page: Page, element: Element) -> Iterator[PageValue]:
    """Yield the name of an itemprop publisher: that of the organisation in it, else its own words."""
    for inner in element.walk():
        if inner.attributes.get("itemprop", "").lower() == "name":
            text = inner.attributes.get("content") or text_of(page, inner)
            yield value_at(page, "publisher", text, "itemprop publisher name", (inner.start, inner.end))
            return
    yield value_at(
        page,
        "publisher",
        element.attributes.get("content") or text_of(page, element),
        "itemprop publisher",
        (element.start, element.end),
    )


def _time(page: Page, element: Element) -> PageValue:
    around = element.words() | (element.parent.words() if element.parent else frozenset())
    name = "date_modified" if around & _CHANGE_WORDS else "published_at"
    parts = [child for child in element.children if isinstance(child, Element)]
    # Day and hour in elements of their own are parted by the page's style alone.
    is_parted = len(parts) == len(element.children) > 1
    shown = " ".join(text_of(page, part) for part in parts) if is_parted else text_of(page, element)
    text = element.attributes.get("datetime") or shown
    return value_at(page, name, text, "time", (element.start, element.end))


def _is_of_another(element: Element) -> bool:
    """Tell whether a date stands in a figure, a list of other articles, comments or the page's foot."""
    for owner in element.above():
        if owner.name in ("aside", "footer", "figure", "nav", "li") or owner.words() & {
            "related",
            "recommended",
            "comments",
            "sidebar",
        }:
            return True
    return False


def _saved(page: Page) -> Iterator[PageValue]:
    for comment in page.comments[:20]:
        found = _SAVED_FROM.search(comment.name)
        if found:
            address = next(part for part in found.groups() if part)
            yield value_at(page, "url", address, "note of the program that saved the page", (comment.start, comment.end))
        moment = _SAVED_AT.search(comment.name)
        if moment and (said := _SAVED_MOMENT.fullmatch(moment[1])) and said[1] in _MONTHS:
            month = _MONTHS.index(said[1]) + 1
            text = f"{said[3]}-{month:02d}-{int(said[2]):02d}T{said[4]}{said[5]}:{said[6]}"
            yield value_at(page, "first_seen_at", text, "note of the program that saved the page", (comment.start, comment.end))


def _unarchived(values: list[PageValue]) -> Iterator[PageValue]:
    """Yield values with addresses of archived copies parted into the address of the original and the time it was seen at."""
    for value in values:
        copy = archived_copy(value.text) if value.name == "url" else None
        if copy is None:
            yield value
            continue
        moment, address = copy
        yield replace(value, text=address, read_from=f"{value.read_from}, archived copy")
        if moment:
            yield replace(value, name="first_seen_at", text=moment, read_from=f"{value.read_from}, archived copy")


def _hosts(values: list[PageValue]) -> list[PageValue]:
    address = next((value for value in values if value.name == "url"), None)
    if address is None:
        return []
    host = urlsplit(address.text).hostname or ""
    return [
        PageValue("publisher_host", host.removeprefix("www."), f"host of {address.read_from}", address.span, address.fragment)
    ]


def _is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).hostname)
    except ValueError:
        return False
