"""What holds for every page: whole mark-up, one heading, no style or script inside, foreign text as text, GET changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.gallery.conftest import data_address
from tests.gallery.reading import read
from tests.gallery.seed import source_id
from tests.gallery.stories import HOSTILE, LONG_CAPTION, LONG_WORD, Stories


@pytest.mark.parametrize("language", ["en", "ru", "uk", "ar"])
def test_every_page_is_whole_in_every_language(client: FlaskClient, pages: tuple[str, ...], language: str) -> None:
    for page in pages:
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        assert answer.content_type == "text/html; charset=utf-8"
        seen = read(answer.text)
        assert not seen.faults, (page, seen.faults)
        (html,) = seen.named("html")
        assert (html["lang"], html["dir"]) == (language, "rtl" if language == "ar" else "ltr")
        assert len(seen.named("h1")) == len(seen.named("main")) == 1, page
        ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), (page, [one for one in ids if ids.count(one) > 1])


def test_no_page_has_style_or_script_inside(client: FlaskClient, pages: tuple[str, ...]) -> None:
    for page in pages:
        seen = read(client.get(page).text)
        assert not seen.named("style")
        scripts = [script.get("src") or "" for script in seen.named("script")]
        assert scripts, page
        assert all(src.startswith("/static/") for src in scripts), page
        for tag, attributes in seen.elements:
            assert "style" not in attributes, (page, tag)
            assert not [name for name in attributes if name.startswith("on")], (page, tag, attributes)
            for name in attributes.keys() & {"href", "src", "action"}:
                address = attributes[name] or ""
                assert address.startswith(("/", "#", "https://")), (page, tag, address)


def test_hostile_text_is_shown_as_text(client: FlaskClient, stories: Stories) -> None:
    for page in (
        "/",
        f"/photo/{stories.hostile}",
        f"/chain/{stories.hostile}",
        f"/compare/{stories.hostile}/{stories.ruins}",
        "/sources",
    ):
        seen = read(client.get(page).text)
        assert HOSTILE in seen.text.replace("…", ""), page
        assert not [image for image in seen.named("img") if image.get("src") == "x"]


def test_an_address_that_is_no_web_address_is_no_link(client: FlaskClient, stories: Stories) -> None:
    seen = read(client.get(f"/photo/{stories.hostile}").text)
    assert "javascript:alert(1)" in seen.text
    assert not [link for link in seen.named("a") if (link.get("href") or "").startswith("javascript")]


def test_a_link_outwards_tells_nobody_where_it_came_from(client: FlaskClient, stories: Stories) -> None:
    seen = read(client.get(f"/photo/{stories.ruins}").text)
    outward = [link for link in seen.named("a") if (link.get("href") or "").startswith("https://")]
    assert outward
    assert {link["rel"] for link in outward} == {"noopener noreferrer nofollow"}


def test_hidden_characters_of_a_credit_are_shown(client: FlaskClient, stories: Stories) -> None:
    seen = read(client.get(f"/photo/{stories.undated}").text)
    assert "U+202E" in seen.text
    assert "U+200B" in seen.text
    assert "\u202e" not in client.get(f"/photo/{stories.undated}").text


def test_long_captions_and_words_are_whole_on_the_page_of_the_photo(client: FlaskClient, stories: Stories) -> None:
    assert LONG_WORD in read(client.get(f"/photo/{stories.undated}").text).text
    assert LONG_CAPTION.strip() in read(client.get(f"/photo/{stories.panorama}").text).text


def test_every_picture_of_a_page_has_its_size_and_its_words_before_it_loads(client: FlaskClient, pages: tuple[str, ...]) -> None:
    for page in pages:
        for image in read(client.get(page).text).named("img"):
            assert image["alt"], (page, image)
            assert int(image["width"] or 0) > 0
            assert int(image["height"] or 0) > 0


def test_a_pair_to_decide_says_who_published_each_picture_and_with_which_words(client: FlaskClient) -> None:
    waiting = read(client.get("/duplicates").text).text
    for words in ("The same street from the other side", "A quiet harbour", "2 Jan 2017", "The Harbour Times"):
        assert words in waiting, words
    assert "No publication of this version is known." in waiting


def test_a_pair_to_decide_names_the_file_of_each_picture_and_says_why_it_is_only_suggested(client: FlaskClient) -> None:
    waiting = read(client.get("/duplicates").text).text
    assert "0005.jpg" in waiting
    assert "0001.jpg" in waiting
    for words in ("the camera, seems to have moved", "Few points agree."):
        assert words in waiting, words
    assert "logo" not in waiting
    assert "Only suggested" not in read(client.get("/duplicates?state=accepted").text).text


def test_an_undone_decision_sends_back_to_wait_only_what_waited(client: FlaskClient, stories: Stories) -> None:
    undone = f"decided={stories.crop}-{stories.ruins}"
    assert "the pair waits again" in read(client.get(f"/duplicates?{undone}").text).text
    accepted = read(client.get(f"/duplicates?state=accepted&{undone}").text).text
    assert "what was measured counts again" in accepted
    assert "waits again" not in accepted


def test_a_suggestion_is_headed_as_a_question(client: FlaskClient) -> None:
    assert "perhaps: " in read(client.get("/duplicates").text).text
    assert "perhaps: " not in read(client.get("/duplicates?state=accepted").text).text


def test_no_line_of_a_caption_is_dropped(client: FlaskClient, stories: Stories) -> None:
    for page in (
        f"/compare/{stories.crop}/{stories.ruins}",
        f"/sources/{source_id('The Harbour Times')}",
        f"/photo/{stories.ruins}",
        f"/chain/{stories.ruins}",
    ):
        assert "The street was cleared later." in read(client.get(page).text).text, page


def test_captions_stand_in_their_own_language_and_direction(client: FlaskClient, stories: Stories) -> None:
    seen = read(client.get(f"/photo/{stories.ruins}").text)
    quotes = {(one["lang"], one["dir"]) for _, one in seen.elements if "quote" in (one.get("class") or "").split()}
    assert quotes == {("en", "ltr"), ("ru", "ltr"), ("ar", "rtl"), ("uk", "ltr")}


def test_reading_changes_nothing(client: FlaskClient, pages: tuple[str, ...], stories: Stories) -> None:
    database = stories.catalogue.settings.instance / "catalog.sqlite"

    def state() -> str:
        wal = Path(f"{database}-wal")
        return hashlib.sha256(database.read_bytes() + (wal.read_bytes() if wal.exists() else b"")).hexdigest()

    before = state()
    for page in pages:
        for ask in (client.get, client.head, client.options):
            assert ask(page).status_code == 200, page
        if page != "/search-by-image":
            assert client.get(data_address(page)).status_code == 200
    for photo in (stories.ruins, stories.hostile):
        client.get(f"/originals/{photo}").close()
        client.get(f"/previews/{photo}.jpg")
    assert state() == before


def test_a_page_that_a_browser_has_is_not_sent_again(client: FlaskClient, stories: Stories) -> None:
    first = client.get(f"/photo/{stories.ruins}")
    again = client.get(f"/photo/{stories.ruins}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"]
