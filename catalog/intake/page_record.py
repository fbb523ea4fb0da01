"""The record of one picture on a page of a media repository, as MediaWiki's Information template lays it out."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.intake.page_tree import Element, Page, text_of
from catalog.intake.page_values import PageValue, value_at, value_of

# The cells that name a row, by their id (commons.wikimedia.org, Commons:Machine-readable data), and what the cell beside it says.
_ROWS = {
    "fileinfotpl_desc": "caption", "fileinfotpl_date": "date_created", "fileinfotpl_aut": "credit_line",
    "fileinfotpl_credit": "credit_line",
}  # fmt: skip


def record_of(page: Page) -> tuple[PageValue, ...]:
    """Return what the record says of the page's picture; nothing for a page without such a record."""
    found: list[PageValue] = []
    for element in page.root.walk():
        name = _ROWS.get(element.attributes.get("id", ""))
        if name is None or element.parent is None:
            continue
        row = [child for child in element.parent.children if isinstance(child, Element)]
        for cell in row[row.index(element) + 1 : row.index(element) + 2]:
            found += _cell(page, name, cell)
    return tuple(found)


def is_shown_by_record(image: Element) -> bool:
    """Tell whether a picture is the one that the page of a media repository is about."""
    return any(owner.attributes.get("id") == "file" and "fullimagelink" in _class(owner) for owner in image.above())


def is_in_record(element: Element) -> bool:
    """Tell whether an element stands in such a record: a date there is that of the picture."""
    return any("fileinfotpl" in _class(owner) for owner in element.above())


def _class(element: Element) -> str:
    return element.attributes.get("class", "").lower()


def _cell(page: Page, name: str, cell: Element) -> Iterator[PageValue]:
    times = [inner for inner in cell.walk() if inner.name == "time" and inner.attributes.get("datetime")]
    if name == "date_created" and times:
        time = times[0]
        yield value_at(page, name, time.attributes["datetime"], "record of the picture", (time.start, time.end))
        return
    texts = [inner for inner in cell.walk() if inner is not cell and "description" in _class(inner).split()]
    for text in texts or [cell]:
        # The name of its language stands before each description.
        labels = frozenset(id(inner) for inner in text.walk() if "language" in _class(inner).split())
        if text_of(page, text, labels):
            yield value_of(page, name, text, "record of the picture", labels)
