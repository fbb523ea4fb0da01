from __future__ import annotations

import pytest

from catalog.records.pages.grid import FoundText, GridFilters, NamedSource
from catalog.records.pages.turning import Place
from catalog.store.search import AskedWords
from tests.gallery.seed import source_id
from tests.gallery.stories import LONG_CAPTION, Stories


def found(stories: Stories, text: str, *named: NamedSource) -> dict[str, FoundText | None]:
    page = stories.catalogue.store.pages.grid_page(GridFilters(text=text), Place(), 48, named)
    return {tile.photo.sha256: tile.found for tile in page.tiles}


@pytest.mark.parametrize(
    ("text", "kind", "publisher", "marked"),
    [
        ("разрушенный", "caption", "Вечерняя Кромка", ["Разрушенные"]),
        ("street", "caption", "The Harbour Times", ["street"]),
        ("handout", "credit", "The Harbour Times", ["handout"]),
        ("ruins zoria", "caption", "The Harbour Times", ["Ruins", "Zoria"]),
        ("harbour times", "publisher", "The Harbour Times", ["Harbour", "Times"]),
    ],
)
def test_a_tile_tells_which_text_holds_the_words(
    stories: Stories, text: str, kind: str, publisher: str, marked: list[str]
) -> None:
    shown = found(stories, text)[stories.ruins]
    assert shown is not None
    assert (shown.kind, shown.publisher) == (kind, publisher)
    assert [shown.text[slice(*span)] for span in shown.spans][: len(marked)] == marked
    assert "\n" not in shown.text


def test_words_that_name_a_source_lead_to_where_it_is_credited(stories: Stories) -> None:
    ministry = NamedSource("Министерство работ", source_id("Ministry of Works"), "Ministry of Works")
    shown = found(stories, "Министерство работ", ministry)[stories.ruins]
    assert shown is not None
    assert (shown.kind, shown.publisher) == ("credit", "The Harbour Times")
    assert [shown.text[slice(*span)] for span in shown.spans]


def test_a_long_text_is_cut_to_the_words_around_what_was_found(stories: Stories) -> None:
    for shown in found(stories, "eastern quarter").values():
        if shown is not None and shown.is_cut_behind:
            assert len(shown.text) <= 200
            assert len(shown.text) < len(LONG_CAPTION)
            return
    raise AssertionError("no long text was found")


def test_without_a_search_nothing_is_said_to_be_found(stories: Stories) -> None:
    page = stories.catalogue.store.pages.grid_page(GridFilters(language="uk"), Place(), 48)
    assert [tile.found for tile in page.tiles] == [None]
    assert page.searched == page.total


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("Харків", "Обстріл Харкова", ["Харкова"]),
        ("حلب", "أنقاض في حلب الشرقية", ["حلب"]),
        ("القصف", "بعد قصف المدينة", ["قصف"]),
        ("ruin", "The ruins, and ruined houses", ["ruins", "ruined"]),
        ("ёлка", "Елка на площади", ["Елка"]),
        ("nothing", "The ruins", []),
        ("...", "The ruins", []),
    ],
)
def test_words_are_found_in_every_form(query: str, text: str, words: list[str]) -> None:
    asked = AskedWords(query)
    assert [text[slice(*span)] for span in asked.spans_in(text)] == words
    assert bool(asked.held_by(text)) == bool(words)
