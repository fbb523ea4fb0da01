"""Pages fit their window in every width and direction, whatever the captions are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Gallery, OpenPage
from tests.gallery.stories import Stories

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_wider_than_its_window(open_page: OpenPage, told: tuple[str, Stories], language: str) -> None:
    address, stories = told
    page = open_page(language=language)
    for path in (
        "/", f"/photo/{stories.panorama}", f"/photo/{stories.undated}", f"/photo/{stories.ruins}", f"/chain/{stories.ruins}",
        f"/compare/{stories.crop}/{stories.ruins}", "/duplicates", "/sources", "/imports", "/search-by-image", "/audit",
        f"/photo/{stories.hostile}/custody",
    ):  # fmt: skip
        page.goto(address + path)
        for width in (320, 360, 640, 960, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, (path, width, over)


BOXES = """() => [...document.querySelectorAll('.mat')].map((one) => {
  const box = one.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
})"""
RATIOS = """() => [...document.querySelectorAll('.mat img')].map((one) => {
  const box = one.parentElement.getBoundingClientRect();
  return [one.getAttribute('width') / one.getAttribute('height'), box.width / box.height];
})"""


def test_tiles_stand_before_their_pictures_load_and_keep_their_ratio(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page()
    held: list[Route] = []
    is_held = [True]
    page.route("**/thumbnails/**", lambda route: held.append(route) if is_held[0] else route.continue_())
    page.goto(gallery.address, wait_until="domcontentloaded")
    page.wait_for_function("document.querySelectorAll('.mat').length > 12 && getComputedStyle(document.body).margin === '0px'")
    before = page.evaluate(BOXES)
    waiting, is_held[0] = list(held), False
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(BOXES) == before
    for picture, mat in page.evaluate(RATIOS):
        assert not 0.4 < picture < 4 or abs(picture / mat - 1) < 0.02


def test_rows_of_tiles_have_one_height(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.address, width=1920)
    rows: dict[int, set[float]] = {}
    for _, top, _, height in page.evaluate(BOXES):
        rows.setdefault(round(top), set()).add(height)
    whole = list(rows.values())[:-1]
    assert len(whole) > 2
    assert all(max(heights) / min(heights) < 1.03 for heights in whole)


ENDS = """() => {
  const dates = [...document.querySelectorAll('.chain-drawing .date')].map((one) => Number(one.getAttribute('x')));
  return [dates[0], dates[dates.length - 1], document.querySelector('.brand').getBoundingClientRect().x];
}"""


def test_arabic_pages_run_from_the_right_and_time_does_too(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    first = {}
    for language in ("en", "ar"):
        page = open_page(f"{address}/chain/{stories.ruins}", language=language)
        first[language] = page.evaluate(ENDS)
    assert first["en"][0] < first["en"][1]
    assert first["ar"][0] > first["ar"][1]
    assert first["en"][2] < 640 < first["ar"][2]
