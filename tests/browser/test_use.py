"""What people do: search by image, decide and undo, compare by keys, read without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Gallery, OpenPage
from tests.conftest import SAMPLES
from tests.gallery.stories import HOSTILE, Stories

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# What the page draws with the blend mode, drawn again where its pixels can be read: the mean of the difference, 0–255.
DIFFERENCE = """async () => {
  const load = (href) => new Promise((done) => {
    const picture = new Image();
    picture.onload = () => done(picture);
    picture.src = href;
  });
  const drawn = [...document.querySelectorAll('.overlay image')];
  const [base, upper] = await Promise.all(drawn.map((one) => load(one.getAttribute('href'))));
  const matrix = document.querySelector('.overlay g g').getAttribute('transform').match(/[-\\d.e]+/g).map(Number);
  const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
  const pen = canvas.getContext('2d');
  pen.drawImage(base, 0, 0, 900, 600);
  pen.globalCompositeOperation = 'difference';
  pen.setTransform(...matrix);
  pen.drawImage(upper, 0, 0, 900, 600);
  const levels = pen.getImageData(0, 0, 900, 600).data;
  let sum = 0;
  for (let at = 0; at < levels.length; at += 4) sum += levels[at] + levels[at + 1] + levels[at + 2];
  return sum / (900 * 600 * 3);
}"""
FOCUSED_ENTRY = """() => [...document.querySelectorAll('[data-entry]')]
  .findIndex((one) => one.contains(document.activeElement))"""
PICTURE = "photos/standin-rocks.jpg"


def test_a_picture_that_is_held_is_found_by_its_file(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.address + "/search-by-image")
    page.set_input_files("#image", SAMPLES / PICTURE)
    page.get_by_role("main").get_by_role("button", name="Search").click()
    first = page.locator(".pairs > li").first
    expect(first.locator(".verdict")).to_have_text("Same file", ignore_case=True)
    expect(first.get_by_text("The Moscow Times").first).to_be_visible()
    assert first.locator("a").first.get_attribute("href") == f"/photo/{gallery.photos[PICTURE]}"


def test_the_picture_that_was_sent_is_shown_beside_what_was_found_and_kept_nowhere(open_page: OpenPage, gallery: Gallery) -> None:
    for width in (360, 1280):
        page = open_page(gallery.address + "/search-by-image", width=width, language="ar" if width == 360 else "en")
        before = page.request.get(gallery.address + "/imports.json").text()
        page.set_input_files("#image", SAMPLES / PICTURE)
        page.click("form.upload button")
        shown = page.locator(".asked img")
        assert shown.get_attribute("src").startswith("data:image/jpeg;base64,")  # type: ignore[union-attr]
        assert shown.evaluate("image => image.complete && image.naturalWidth > 100")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert Axe().run(page).response["violations"] == []
        assert page.request.get(gallery.address + "/imports.json").text() == before


def test_on_a_phone_two_tiles_stand_beside_each_other(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.address + "/", width=360)
    tops = page.eval_on_selector_all(".tile", "tiles => tiles.map(tile => Math.round(tile.getBoundingClientRect().top))")
    assert tops[0] == tops[1]
    assert tops[2] == tops[3] > tops[0]


def test_a_file_that_is_no_picture_is_told(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.address + "/search-by-image")
    token = page.locator(".upload [name=csrf_token]").get_attribute("value") or ""
    answer = page.request.post(
        gallery.address + "/search-by-image",
        multipart={"csrf_token": token, "image": {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}},
    )
    assert answer.status == 422
    assert "could not be read as a picture" in answer.text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_decision_is_made_kept_and_undone(open_page: OpenPage, own_gallery: Gallery, scripts: bool) -> None:
    page = open_page(own_gallery.address + "/duplicates", scripts=scripts)
    waiting = page.locator(".pairs > li").count()
    assert waiting > 0
    first = page.locator(".pairs > li").first
    first.get_by_label("Reason").fill("two different frames")
    first.get_by_role("button", name="Reject").click()
    expect(page.locator(".notice")).to_contain_text("two different frames")
    assert "/duplicates?state=suggested&decided=" in page.url
    assert page.locator(".pairs > li").count() == waiting - 1
    page.locator(".notice").get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_contain_text("The decision was undone")
    assert page.locator(".pairs > li").count() == waiting


def test_two_photos_are_compared_by_keys(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(f"{address}/compare/{stories.crop}/{stories.ruins}")
    stage = page.locator(".stage")
    for key, view in (("2", "slider"), ("3", "blink"), ("4", "difference"), ("5", "points"), ("1", "side")):
        page.keyboard.press(key)
        expect(stage).to_have_attribute("data-view", view)
    page.keyboard.press("2")
    page.get_by_label("Position of the slider").fill("25")
    assert page.locator(".curtain").get_attribute("width") == "225"
    assert "view=slider" in page.url


def test_a_copy_laid_over_its_original_leaves_no_difference_where_it_lies(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(f"{address}/compare/{stories.mirror}/{stories.ruins}?view=difference")
    page.wait_for_load_state("networkidle")
    brightness = page.evaluate(DIFFERENCE)
    assert brightness < 2


def test_keys_lead_through_the_list_and_to_the_search(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, _ = told
    page = open_page(address)
    for _step in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED_ENTRY) == 1
    page.keyboard.press("/")
    page.keyboard.type("j ruins")
    assert page.locator("#q").input_value() == "j ruins"
    page.keyboard.press("Escape")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")


def test_the_arrows_turn_pages_as_the_page_is_read(open_page: OpenPage, gallery: Gallery) -> None:
    for language, forward, back in (("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")):
        page = open_page(gallery.address, language=language)
        page.keyboard.press(forward)
        page.wait_for_url("**/?after=*")
        page.keyboard.press(back)
        page.wait_for_url("**/?before=*")


def test_everything_reads_without_scripts(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(address, scripts=False)
    page.locator("#q").fill("zoria")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/?q=zoria")
    page.locator(".tile a.mat").click()
    page.wait_for_url(f"{address}/photo/{stories.ruins}")
    page.get_by_role("link", name="see the chain").click()
    expect(page.locator(".listed > li").first).to_be_visible()
    page.get_by_role("link", name="compare").first.click()
    page.get_by_role("link", name="difference").click()
    expect(page.locator(".stage")).to_have_attribute("data-view", "difference")
    expect(page.locator(".overlay")).to_be_visible()


def test_hostile_texts_open_nothing(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page()
    photo = stories.hostile
    for path in ("/", f"/photo/{photo}", f"/chain/{photo}", "/sources", f"/compare/{photo}/{stories.ruins}"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        scripts = [one.get_attribute("src") or "" for one in page.locator("script").all()]
        assert [src for src in scripts if not src.startswith("/static/")] == []
    page.goto(address + "/sources")
    expect(page.get_by_text(HOSTILE).first).to_be_visible()


VIEW_BOX = """(side) => document.querySelector(`[data-side="${side}"]`).getAttribute('viewBox').split(' ').map(Number)"""


def test_two_photos_are_looked_at_closely_together(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(f"{address}/compare/{stories.crop}/{stories.ruins}")
    page.keyboard.press("z")
    page.keyboard.press("ArrowRight")
    query, reference = page.evaluate(VIEW_BOX, "query"), page.evaluate(VIEW_BOX, "reference")
    moved = page.evaluate(
        """([query, reference]) => {
      const matrix = document.querySelector('.upper g').transform.baseVal.consolidate().matrix;
      const middle = ([x, y, width, height]) => new DOMPoint(x + width / 2, y + height / 2);
      const there = middle(query).matrixTransform(DOMMatrix.fromMatrix(matrix)), here = middle(reference);
      return Math.hypot(there.x - here.x, there.y - here.y);
    }""",
        [query, reference],
    )
    assert moved < 1
    assert reference[2] == 300
    page.keyboard.press("f")
    expect(page.locator(".stage")).to_have_class("stage zoomed filling")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator(".stage")).to_have_class("stage")
    page.keyboard.press("3")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".upper")).to_be_hidden()


def test_the_points_that_agree_are_joined_by_lines(open_page: OpenPage, gallery: Gallery) -> None:
    first, second = (gallery.photos[f"photos/{name}"] for name in ("lighthouse.jpg", "lighthouse-kromka.jpg"))
    page = open_page(f"{gallery.address}/compare/{first}/{second}?view=points", scripts=False)
    expect(page.locator(".joined")).to_be_visible()
    expect(page.locator(".sides")).to_be_hidden()
    assert page.locator("line.agreeing").count() >= 10
    assert page.locator(".joined .outline").count() == 2


def test_the_queue_is_reviewed_by_keys(open_page: OpenPage, own_gallery: Gallery) -> None:
    page = open_page(own_gallery.address + "/duplicates")
    waiting = page.locator(".pairs > li").count()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("two sunsets")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("rejected by a person")
    decided = open_page(own_gallery.address + "/duplicates?state=decided")
    expect(decided.locator("h2.verdict").first).to_contain_text("rejected by a person; by measure: perhaps: ")
    # The next entry has the focus, where there is one.
    assert page.evaluate(FOCUSED_ENTRY) == (0 if waiting > 1 else -1)
    page.keyboard.press("u")
    expect(page.locator(".notice")).to_contain_text("The decision was undone")
    assert page.locator(".pairs > li").count() == waiting
    page.keyboard.press("c")
    page.wait_for_url("**/compare/*/*")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pair_is_called_two_frames_of_one_scene_and_the_chain_shows_it(
    open_page: OpenPage, own_gallery: Gallery, scripts: bool
) -> None:
    page = open_page(own_gallery.address + "/duplicates", scripts=scripts)
    first = page.locator(".pairs > li").first
    other = first.locator("figure a").first.get_attribute("href") or ""
    if scripts:
        page.keyboard.press("j")
        page.keyboard.press("s")
        page.keyboard.type("the van moved on")
        page.keyboard.press("Enter")
    else:
        first.get_by_label("Reason").fill("the van moved on")
        first.get_by_role("button", name="Same scene, another frame").click()
    expect(page.locator(".notice")).to_contain_text("same scene, another frame, a person decided")
    page.goto(own_gallery.address + other.replace("/photo/", "/chain/"))
    frames = page.locator(".as-list li", has_text="the van moved on")
    expect(frames).to_contain_text("no copy of it")
    expect(frames.locator("img")).to_be_visible()
    if scripts:
        assert Axe().run(page).response["violations"] == []


def test_a_pair_is_decided_and_undone_by_keys_while_comparing(open_page: OpenPage, own_gallery: Gallery) -> None:
    page = open_page(own_gallery.address + "/duplicates")
    page.keyboard.press("c")
    page.wait_for_url("**/compare/*/*")
    page.keyboard.press("s")
    page.keyboard.type("the van moved on")
    page.keyboard.press("Enter")
    page.wait_for_url("**#decision")
    expect(page.locator(".decide")).to_contain_text("same scene, another frame, a person decided")
    page.keyboard.press("u")
    expect(page.get_by_label("Reason")).to_be_visible()
    page.get_by_role("link", name="To the review queue").click()
    expect(page.locator(".pairs > li")).not_to_have_count(0)


@pytest.mark.parametrize(("language", "first", "then"), [("en", "right", "left"), ("ar", "left", "right")])
def test_a_chain_wider_than_the_window_says_what_lies_outside(
    open_page: OpenPage, told: tuple[str, Stories], language: str, first: str, then: str
) -> None:
    address, stories = told
    page = open_page(f"{address}/chain/{stories.ruins}?lang={language}", width=390)
    outside, behind = (page.locator(f"[data-beyond={side}]") for side in (first, then))
    expect(outside).to_be_visible()
    expect(outside).to_have_text(re.compile(r"[1-9١-٩]"))
    expect(behind).to_be_hidden()
    assert Axe().run(page).response["violations"] == []
    outside.focus()
    for _ in range(12):
        page.keyboard.press("Enter")
    expect(behind).to_be_visible()
    expect(outside).to_be_disabled()
    page.keyboard.press("f")
    page.wait_for_url("**fit=width*")
    room = page.locator(".wide .scroll")
    assert room.evaluate("room => room.scrollWidth <= room.clientWidth")
    expect(outside).to_be_hidden()
    page.get_by_role("link", name={"en": "Full size", "ar": "الحجم الكامل"}[language]).click()
    assert room.evaluate("room => room.scrollWidth > room.clientWidth")


def test_a_chain_that_has_room_says_nothing_of_it(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(f"{address}/chain/{stories.scene}", width=1280)
    expect(page.locator(".chain-drawing")).to_be_visible()
    assert page.locator(".wide-tools > *:visible").count() == 0


def test_without_scripts_a_wide_chain_can_be_fitted(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, stories = told
    page = open_page(f"{address}/chain/{stories.ruins}", width=390, scripts=False)
    assert page.locator("[data-beyond]:visible").count() == 0
    page.get_by_role("link", name="Fit to the width").click()
    assert page.locator(".wide .scroll").evaluate("room => room.scrollWidth <= room.clientWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_reason_decides_nothing_by_itself(open_page: OpenPage, own_gallery: Gallery, scripts: bool) -> None:
    page = open_page(own_gallery.address + "/duplicates", scripts=scripts)
    waiting = page.locator(".pairs > li").count()
    page.locator(".pairs > li").first.get_by_label("Reason").fill("not the same at all")
    page.keyboard.press("Enter")
    page.goto(own_gallery.address + "/duplicates")
    assert page.locator(".pairs > li").count() == waiting


def test_the_language_is_changed_by_a_link(open_page: OpenPage, told: tuple[str, Stories]) -> None:
    address, _ = told
    page = open_page(address + "/?q=zoria")
    page.get_by_role("link", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "ar"
