"""A photo's page speaks of that photo first, and says of everything else whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from catalog.gallery import chain as chain_pages
from catalog.gallery import photo as photo_pages
from catalog.records.pages.photos import PhotoPage
from catalog.records.partial_date import PartialDate
from tests.gallery.reading import read
from tests.gallery.stories import Stories


def heading(html: str) -> str:
    return read(html[html.index("<h1") : html.index("</h1>") + len("</h1>")]).text.strip()


def render_of(app: Flask, shown: PhotoPage) -> str:
    with app.test_request_context("/"):
        return render_template("photo.html", page=shown, **photo_pages._beside(shown))


def test_the_heading_is_the_photos_own_caption(client: FlaskClient, stories: Stories) -> None:
    assert heading(client.get(f"/photo/{stories.ruins}").text).startswith("Ruins of the eastern quarter of Zoria.")
    assert heading(client.get(f"/photo/{stories.crop}").text) == "دمار في حي الموصل القديم هذا الصباح"
    assert heading(client.get(f"/photo/{stories.mirror}").text) == "Будинки після обстрілу, сьогодні"


def test_times_of_event_publication_and_sight_stand_apart(app: Flask, stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    shown, chain = pages.photo_page(stories.crop), pages.chain_page(stories.crop)
    taken, seen = PartialDate.parse("2009-12"), PartialDate.parse("2024-05-01T10:00:00Z")
    stated = [replace(line, date_created=taken, first_seen_at=seen) for line in shown.publications]
    chained = replace(
        chain, publications=tuple(replace(line, date_created=taken, first_seen_at=seen) for line in chain.publications)
    )
    with app.test_request_context("/"):
        on_chain = render_template("chain.html", page=chained, **chain_pages._beside(chained))
    for html in (render_of(app, replace(shown, publications=tuple(stated))), on_chain):
        told = " ".join(read(html).text.split())
        assert "taken, as stated: Dec 2009" in told
        assert "seen there, as stated: 1 May 2024, 10:00 UTC" in told


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
    page = render_of(app, bare)
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2999-01-01", "this date lies in the future"),
        ("1017-01-02", "there was no photography then"),
        ("2017-02-30", "no calendar has this day"),
        ("spring 2019", "as stated; could not be read as a date"),
    ],
)
def test_a_date_that_cannot_be_right_is_marked_where_it_stands(app: Flask, stories: Stories, text: str, words: str) -> None:
    shown = stories.catalogue.store.pages.photo_page(stories.scene)
    date = PartialDate.unread(text) if text == "1017-01-02" else PartialDate.parse(text)
    dated = replace(shown, publications=tuple(replace(line, published_at=date) for line in shown.publications))
    page = render_of(app, dated)
    assert page.count(words) == 2  # in the facts, and with the publication
    assert "lies in the future" not in render_of(app, shown)
