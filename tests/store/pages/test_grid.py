"""The grid holds every picture once, whatever the order, and costs the same on every page."""

from __future__ import annotations

import pytest

from catalog.errors import NotInCatalogueError
from catalog.records.pages.grid import SORTS, GridFilters, GridPage, NamedSource
from catalog.records.pages.turning import Place
from catalog.store.sql.catalogue import SqlStore
from tests.gallery.stories import Stories
from tests.store.pages.conftest import LONG, counted


def _walk(store: SqlStore, filters: GridFilters, size: int) -> list[GridPage]:
    pages = [store.pages.grid_page(filters, Place(), size)]
    while pages[-1].turn.after:
        pages.append(store.pages.grid_page(filters, Place(pages[-1].turn.after), size))
        assert len(pages) < 200
    return pages


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 7, 44, 45, 46])
def test_the_pages_of_the_grid_show_every_picture_once(long_list: SqlStore, sort: str, size: int) -> None:
    photos = [tile.photo.sha256 for page in _walk(long_list, GridFilters(sort=sort), size) for tile in page.tiles]
    assert len(photos) == len(set(photos)) == LONG


@pytest.mark.parametrize("sort", SORTS)
def test_turning_back_shows_the_pages_that_were_passed(long_list: SqlStore, sort: str) -> None:
    forward = _walk(long_list, GridFilters(sort=sort), 7)
    place = forward[-1].turn.before
    for passed in reversed(forward[:-1]):
        assert place is not None
        back = long_list.pages.grid_page(GridFilters(sort=sort), Place(place, backward=True), 7)
        assert back.tiles == passed.tiles
        assert back.turn.after == passed.tiles[-1].photo.sha256
        place = back.turn.before
    assert place is None


@pytest.mark.parametrize(("sort", "dated_falls"), [("newest", True), ("oldest", False)])
def test_undated_pictures_stand_behind_the_dated_ones(long_list: SqlStore, sort: str, dated_falls: bool) -> None:
    tiles = [tile for page in _walk(long_list, GridFilters(sort=sort), 7) for tile in page.tiles]
    dates = [tile.published_at.edtf if tile.published_at else None for tile in tiles]
    dated = [date for date in dates if date is not None]
    assert dates[len(dated) :] == [None] * (LONG // 5)
    assert dated == sorted(dated, reverse=dated_falls)


def test_every_page_costs_the_same_number_of_queries(long_list: SqlStore) -> None:
    first = long_list.pages.grid_page(GridFilters(), Place(), 7)
    costs = []
    for place in (Place(), Place(first.turn.after or ""), Place(first.tiles[-1].photo.sha256, backward=True)):
        with counted(long_list) as sent:
            long_list.pages.grid_page(GridFilters(), place, 7)
        costs.append(len(sent))
    with counted(long_list) as sent:
        long_list.pages.grid_page(GridFilters(), Place(), 44)
    assert set(costs) == {len(sent)}


def test_a_place_that_is_not_in_the_list_is_named(long_list: SqlStore) -> None:
    with pytest.raises(NotInCatalogueError, match="has no place"):
        long_list.pages.grid_page(GridFilters(), Place("0" * 64), 7)


@pytest.mark.parametrize(
    ("asked", "photos"),
    [
        ({"text": "разрушенный дом"}, ["ruins"]),
        ({"text": "الموصل"}, ["ruins"]),
        ({"text": "street"}, ["ruins", "scene"]),
        ({"text": "ruins nowhere"}, []),
        ({"language": "uk"}, ["ruins"]),
        ({"language": "u"}, []),
        ({"change": "mirrored"}, ["ruins"]),
        ({"change": "nonsense"}, []),
        ({"finding": "mirrored"}, ["ruins"]),
        ({"published_from": "2022"}, ["ruins"]),
        ({"published_from": "2017-01", "published_to": "2017-01-02"}, ["ruins", "scene"]),
        ({"published_from": "2020", "published_to": "2020"}, ["hostile"]),
    ],
)
def test_a_filter_lets_the_right_pictures_through(stories: Stories, asked: dict[str, str], photos: list[str]) -> None:
    page = stories.catalogue.store.pages.grid_page(GridFilters(**asked), Place(), 48)
    assert {tile.photo.sha256 for tile in page.tiles} == {getattr(stories, name) for name in photos}
    assert page.matching == len(photos)
    assert page.total == 7


def test_filters_by_source_follow_publisher_and_credit(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    facets = pages.facets()
    harbour = next(line for line in facets.publishers if line.name == "The Harbour Times")
    ministry = next(line for line in facets.credited if line.name == "Ministry of Works")
    assert pages.grid_page(GridFilters(publisher=harbour.id), Place(), 48).matching == 4
    credited = pages.grid_page(GridFilters(credited=ministry.id), Place(), 48)
    assert [tile.photo.sha256 for tile in credited.tiles] == [stories.ruins]
    assert pages.grid_page(GridFilters(credited=ministry.id, role="issuer"), Place(), 48).tiles == credited.tiles
    assert pages.grid_page(GridFilters(credited=ministry.id, role="agency"), Place(), 48).matching == 0
    assert stories.ruins in [tile.photo.sha256 for tile in pages.grid_page(GridFilters(role="creator"), Place(), 48).tiles]
    assert pages.grid_page(GridFilters(role="carrier"), Place(), 48).matching == 0
    assert facets.languages == ("ar", "en", "ru", "uk")


def test_a_tile_shows_the_earliest_caption_and_names_its_disputes(stories: Stories) -> None:
    page = stories.catalogue.store.pages.grid_page(GridFilters(text="Zoria"), Place(), 48)
    (tile,) = page.tiles
    assert tile.caption is not None
    assert tile.caption.text.startswith("Ruins of the eastern quarter")
    assert tile.publications == 4
    assert tile.findings == ("mirrored", "credited_source_never_seen_publishing")
    assert (tile.photo.width, tile.photo.height) == (900, 600)


@pytest.mark.parametrize("hostile", ['"', "a AND (", "NEAR(", "words:x", "%", "'; DROP TABLE photo --", "\x00", "*"])
def test_no_search_text_is_query_syntax(stories: Stories, hostile: str) -> None:
    page = stories.catalogue.store.pages.grid_page(GridFilters(text=hostile), Place(), 48)
    assert page.total == 7


def test_what_a_named_source_published_or_is_credited_for_is_found_under_its_words(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    facets = pages.facets()
    ministry = next(line.id for line in facets.credited if line.name == "Ministry of Works")
    harbour = next(line.id for line in facets.publishers if line.name == "The Harbour Times")

    def found(text: str, *named: tuple[str, str]) -> set[str]:
        sources = tuple(NamedSource(words, source, words) for words, source in named)
        return {tile.photo.sha256 for tile in pages.grid_page(GridFilters(text=text), Place(), 48, sources).tiles}

    assert found("Министерство работ") == set()
    assert found("Министерство работ", ("Министерство работ", ministry)) == {stories.ruins}
    assert found("Министерство работ street", ("Министерство работ", ministry)) == {stories.ruins}
    assert found("Министерство работ nowhere", ("Министерство работ", ministry)) == set()
    assert found("Гавань Министерство работ", ("Гавань", harbour), ("Министерство работ", ministry)) == {stories.ruins}
    assert len(found("Гавань", ("Гавань", harbour))) == 4
