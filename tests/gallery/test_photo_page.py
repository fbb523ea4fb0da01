"""A photo's page speaks of that photo first, and says of everything else whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from catalog.gallery import photo as photo_pages
from tests.gallery.reading import read
from tests.gallery.stories import Stories


def heading(html: str) -> str:
    return read(html[html.index("<h1") : html.index("</h1>") + len("</h1>")]).text.strip()


def test_the_heading_is_the_photos_own_caption(client: FlaskClient, stories: Stories) -> None:
    assert heading(client.get(f"/photo/{stories.ruins}").text).startswith("Ruins of the eastern quarter of Zoria.")
    assert heading(client.get(f"/photo/{stories.crop}").text) == "دمار في حي الموصل القديم هذا الصباح"
    assert heading(client.get(f"/photo/{stories.mirror}").text) == "Будинки після обстрілу, сьогодні"


def test_other_versions_stand_under_a_heading_of_their_own(client: FlaskClient, stories: Stories) -> None:
    page = client.get(f"/photo/{stories.crop}").text
    own, others = page[page.index('id="publications"') : page.index('id="metadata"')].split("Of other versions")
    assert "دمار" in own
    assert "Ruins of the eastern quarter" not in own
    assert "Ruins of the eastern quarter" in others
    assert f'href="/photo/{stories.ruins}"' in others
    assert "Of other versions" not in client.get(f"/photo/{stories.scene}").text


def test_what_was_seen_first_says_that_it_was_another_version(client: FlaskClient, stories: Stories) -> None:
    page = client.get(f"/photo/{stories.crop}").text
    seen = page[page.index('<dl class="sheet">') : page.index("No earlier one is known")]
    first, own = seen.split("this version:")
    assert "2 Jan 2017" in first
    assert f'href="/photo/{stories.ruins}"' in first
    assert "11 Mar 2017" in own
    assert "this version:" not in client.get(f"/photo/{stories.ruins}").text


def test_a_version_without_a_caption_borrows_none_silently(app: Flask, stories: Stories) -> None:
    shown = stories.catalogue.store.pages.photo_page(stories.crop)
    mute = [replace(line, captions=(), credits=()) if line.photo == stories.crop else line for line in shown.publications]
    bare = replace(shown, publications=tuple(mute), embedded_captions=(), embedded_credits=())
    with app.test_request_context("/"):
        page = render_template("photo.html", page=bare, **photo_pages._beside(bare))
    assert heading(page) == "Picture without a caption"
    told = page[page.index("</h1>") : page.index('<dl class="sheet">')]
    assert "No caption was published with this version. With another version:" in told
    assert "Ruins of the eastern quarter" in told
    assert "Another version is credited:" in page


def test_a_photos_own_publications_are_not_crowded_out(stories: Stories, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.store.pages.publications.PUBLICATIONS_SHOWN", 1)
    shown = stories.catalogue.store.pages.photo_page(stories.mirror)
    assert [line.photo for line in shown.publications] == [stories.mirror]
    assert shown.publication_count == 4
