"""What was read in a page, value by value, each with the fragment it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.intake.page_tree import Element, Page, text_of
from catalog.records.text import shown

MAX_FRAGMENT_CHARACTERS = 2000
# No caption or credit is longer; whole articles that a broken page puts into a caption are cut here.
MAX_VALUE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class PageValue:
    """Hold one value of a page: what it is, its text, where it was read, and the fragment of the page that says so.

    `name` is that of a manifest column, or `date_modified` and `picture`. `read_from` is an element, a property or a rule in
    words. `span` is the half-open range of characters of the page; `fragment` is what stands there, at most 2,000 characters, or
    the one pair of a JSON object whose script stands there.
    """

    name: str
    text: str
    read_from: str
    span: tuple[int, int]
    fragment: str
    language: str | None = None

    def plain(self) -> dict[str, object]:
        """Return the value as plain JSON for the record of its item."""
        return {
            "name": self.name, "text": self.text, "read_from": self.read_from, "span": list(self.span), "fragment": self.fragment,
        }  # fmt: skip


def value_at(page: Page, name: str, text: str, read_from: str, span: tuple[int, int], language: str | None = None) -> PageValue:
    """Make a value that stands at a place of the page."""
    fragment = page.text[span[0] : min(span[1], span[0] + MAX_FRAGMENT_CHARACTERS)]
    return PageValue(name, shown(text[:MAX_VALUE_CHARACTERS]), read_from, span, fragment, language)


def value_of(
    page: Page, name: str, element: Element, read_from: str, without: frozenset[int] = frozenset(), language: str | None = None
) -> PageValue:
    """Make a value of the words of an element."""
    text = text_of(page, element, without)
    return value_at(page, name, text, read_from, (element.start, element.end), language or language_of(element))


def language_of(element: Element) -> str | None:
    """Return the language that an element or one it lies in declares, as BCP 47; None when none does."""
    for owner in (element, *element.above()):
        stated = language_tag(owner.attributes.get("lang") or owner.attributes.get("xml:lang") or "")
        if stated:
            return stated
    return None


def language_tag(stated: str) -> str | None:
    """Return a language as BCP 47 writes it (`ru_RU` is `ru-RU`), None when it is no language tag."""
    parts = stated.strip().replace("_", "-").split("-")
    is_tag = 2 <= len(parts[0]) <= 3 and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return "-".join([parts[0].lower(), *parts[1:]]) if is_tag else None


def without_doubles(values: Iterable[PageValue]) -> tuple[PageValue, ...]:
    """Return the values without those that say the same under the same name again, and without empty ones."""
    seen: dict[tuple[str, str], PageValue] = {}
    for value in values:
        if value.text:
            seen.setdefault((value.name, " ".join(value.text.split()).casefold()), value)
    return tuple(seen.values())


def first_of(values: Iterable[PageValue], name: str) -> PageValue | None:
    """Return the first value of a name, None when there is none."""
    return next((value for value in values if value.name == name), None)
