"""Payload × field × page in a real browser: no attack adds an element or an attribute, opens a dialog or breaks the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catalog.gallery import create_app
from tests.browser.conftest import OpenPage, served
from tests.gallery.attacks import HARMLESS, HIDDEN, PAYLOADS, attacked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Everything in the page but the badges of invisible characters: its name and the names of its attributes.
ELEMENTS = """() => [...document.querySelectorAll('*')]
  .filter((one) => !one.classList.contains('unseen'))
  .map((one) => one.tagName + ' ' + one.getAttributeNames().sort().join(' '))"""
# Characters that turn or hide, in texts and attributes outside captions, which are quoted as they are (in `alt` as well).
UNSEEN = """() => {
  const hidden = /[\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]/;
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const isQuoted = text.parentElement.closest('.quote, .lead, .line');
    if (hidden.test(text.data) && !isQuoted) found.push(text.parentElement.outerHTML.slice(0, 120));
  }
  for (const one of document.querySelectorAll('*'))
    for (const name of ['title', 'aria-label', 'placeholder'])
      if (hidden.test(one.getAttribute(name) || '')) found.push(name + ': ' + one.outerHTML.slice(0, 120));
  return found;
}"""
REPORTS = """() => { window.reports = []; document.addEventListener('securitypolicyviolation',
  (event) => window.reports.push(event.violatedDirective)); }"""


@contextmanager
def gallery_of(folder: Path, texts: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    catalogue, addresses = attacked(folder, texts)
    with served(create_app(catalogue)) as address:
        yield address, addresses
    catalogue.close()


def seen(page: Any, address: str) -> Counter[str]:
    answer = page.goto(address, wait_until="load")
    assert answer.status == 200, address
    assert page.evaluate("window.reports") == [], address
    return Counter(page.evaluate(ELEMENTS))


def test_no_attack_in_any_field_adds_anything_to_any_page(open_page: OpenPage, tmp_path: Path) -> None:
    harmless = tuple(f"{HARMLESS} {number}" for number in range(len(PAYLOADS)))
    page = open_page()
    page.add_init_script(f"({REPORTS})()")
    found: dict[str, list[Counter[str]]] = {}
    for folder, texts in (("twin", harmless), ("attacked", PAYLOADS)):
        with gallery_of(tmp_path / folder, texts) as (address, addresses):
            for place, path in enumerate(addresses):
                # The address of a source follows from its name, so pages are told apart by their place in the list.
                found.setdefault(f"{place} {path.split('/')[1]}", []).append(seen(page, address + path))
    assert len(found) > 35
    for name, (twin, attack) in found.items():
        assert attack - twin == Counter(), name
        assert set(twin) == set(attack), name


def test_what_turns_or_hides_is_shown_everywhere_but_in_captions(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    page.add_init_script(f"({REPORTS})()")
    badges, left = 0, []
    with gallery_of(tmp_path / "hidden", HIDDEN) as (address, addresses):
        for path in addresses:
            seen(page, address + path)
            left += [(path, text) for text in page.evaluate(UNSEEN)]
            badges += page.locator(".unseen").count()
    assert left == []
    assert badges > 50
