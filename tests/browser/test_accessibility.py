"""axe finds nothing on any page, in both directions of writing, in light and dark; the keyboard reaches everything."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Gallery, OpenPage
from tests.gallery.seed import RUN, source_id
from tests.gallery.stories import Stories

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def _faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for fault in found for node in fault["nodes"]]


def _addresses(stories: Stories) -> list[str]:
    return [
        "/", "/?q=ruins&sort=oldest", "/?q=nothing-of-the-kind", f"/photo/{stories.ruins}", f"/photo/{stories.hostile}",
        f"/photo/{stories.undated}", f"/chain/{stories.ruins}", f"/compare/{stories.crop}/{stories.ruins}?view=slider",
        "/duplicates", "/duplicates?state=decided", "/sources", f"/sources/{source_id('The Harbour Times')}", "/imports",
        f"/imports/{RUN}", "/search-by-image", "/words", f"/photo/{stories.hostile}/custody", "/audit",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_axe_finds_nothing_on_any_page(open_page: OpenPage, told: tuple[str, Stories], language: str, theme: str) -> None:
    address, stories = told
    page = open_page(language=language, theme=theme)
    for path in _addresses(stories):
        page.goto(address + path)
        assert _faults(page) == [], (path, language, theme)


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("ar", "light")])
def test_axe_finds_nothing_on_the_samples(open_page: OpenPage, gallery: Gallery, language: str, theme: str) -> None:
    page = open_page(language=language, theme=theme)
    photo = gallery.photos["photos/standin-rocks.jpg"]
    for path in ("/", f"/photo/{photo}", f"/chain/{photo}", "/duplicates?state=accepted", "/sources"):
        page.goto(gallery.address + path)
        assert _faults(page) == [], (path, language, theme)


def test_axe_finds_nothing_on_an_error(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    page = open_page()
    # The console complains of the status of an error, as it should; so the answer is given to the page as a good one.
    error = page.request.get(told[0] + "/nowhere")
    assert error.status == 404
    page.route("**/nowhere", lambda route: route.fulfill(status=200, content_type="text/html", body=error.text()))
    page.goto(told[0] + "/nowhere")
    assert _faults(page) == []


# Everything that can take the focus and can be seen; what a closed `details` hides is reached by opening it.
FOCUSABLE = """() => {
  const named = 'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]';
  const hidden = 'details:not([open]) > :not(summary)';
  const seen = [...document.querySelectorAll(named)].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(hidden));
  seen.forEach((one, at) => { one.dataset.tabbed = at; });
  return seen.length;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [one.dataset.tabbed, isMarked, one.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize(
    "path", ["/", "/photo/{ruins}", "/chain/{ruins}", "/compare/{crop}/{ruins}", "/duplicates", "/search-by-image"]
)
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(
    open_page: OpenPage, told: tuple[str, Stories], path: str
) -> None:
    address, stories = told
    page = open_page(address + path.format(ruins=stories.ruins, crop=stories.crop))
    wanted = page.evaluate(FOCUSABLE)
    reached, unmarked = set(), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        reached.add(at[0])
        if not at[1]:
            unmarked.append(at[2])
    assert len(reached) == wanted
    assert unmarked == []
