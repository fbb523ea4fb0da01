"""One question has one address: filters in their order, nothing that asks nothing, pages by keys."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.gallery.grid import grid_address
from catalog.records.pages.grid import GridFilters
from tests.gallery.reading import read


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/?q=&publisher=&sort=newest", "/"),
        ("/?sort=reuse&q=ruins", "/?q=ruins&sort=reuse"),
        ("/?to=2022&from=2017&language=", "/?from=2017&to=2022"),
        ("/?q=+ruins+", "/?q=ruins"),
        ("/?q=ruins&q=other", "/?q=ruins"),
    ],
)
def test_a_form_leads_to_the_one_address_of_its_question(client: FlaskClient, asked: str, canonical: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 302
    assert answer.headers["Location"] == canonical
    assert client.get(canonical).status_code == 200


def test_a_canonical_address_keeps_what_was_asked(app: Flask) -> None:
    with app.test_request_context("/"):
        assert grid_address(GridFilters(text="а б", change="cropped", sort="oldest"), after="x") == (
            "/?q=%D0%B0+%D0%B1&change=cropped&sort=oldest&after=x"
        )


@pytest.mark.parametrize(
    "address",
    ["/?sort=sideways", "/?from=yesterday", "/?to=2017-1-1", "/?shows=2017-13", "/?from=2017-02-30", "/?after=a&before=b"],
)
def test_a_filter_that_makes_no_sense_is_told(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert read(answer.text).named("h1")


def test_a_date_that_no_calendar_has_is_named_with_what_to_write(client: FlaskClient) -> None:
    told: dict[str, str] = client.get("/.json?shows=2017-13").get_json()
    assert told["detail"] == "shows=2017-13: write a year, a month or a day of the calendar, such as 2017-01-02"
    assert client.get("/?shows=2020-02-29").status_code == 200


def test_the_page_says_how_many_the_filters_hide(client: FlaskClient) -> None:
    plain = read(client.get("/?q=zoria").text).text
    assert "1 picture" in plain
    assert "the catalogue holds 7" in plain
    assert "hidden by filters" not in plain
    assert "6 hidden by filters" in read(client.get("/?language=uk").text).text
    # Of a search the filters hide what holds the words and does not pass them.
    narrowed = read(client.get("/?q=street&language=uk").text).text
    assert "1 picture" in narrowed
    assert "1 hidden by filters" in narrowed


def test_a_search_shows_the_words_it_found_and_where(client: FlaskClient) -> None:
    assert "<mark>Разрушенные</mark>" in client.get("/?q=разрушенный").text
    for query, place in (
        ("разрушенный", "found in a caption of Вечерняя Кромка"),
        ("handout", "found in a credit of The Harbour Times"),
    ):
        assert place in " ".join(read(client.get(f"/?q={query}").text).text.split())
    assert "<mark>" not in client.get("/?language=uk").text


def test_a_grid_tile_has_the_mark_of_what_was_found(client: FlaskClient) -> None:
    seen = read(client.get("/?q=zoria").text)
    assert "×" in seen.text


def test_a_search_without_an_answer_says_why_and_what_to_do(client: FlaskClient) -> None:
    seen = read(client.get("/?q=nothing-of-the-kind").text)
    assert "No picture passes all of these filters" in seen.text
    assert "The catalogue holds 7 pictures" in seen.text


def test_data_leads_to_the_next_page_too(client: FlaskClient) -> None:
    answer = client.get("/.json?q=zoria")
    assert answer.json is not None
    assert answer.json["filters"]["text"] == "zoria"
    assert answer.json["matching"] == 1
    assert answer.content_type == "application/json; charset=utf-8"
