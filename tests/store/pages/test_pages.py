"""What the other pages are told: photos, chains, pairs, sources, runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.errors import NotInCatalogueError
from catalog.records.match import Decision
from catalog.records.pages.grid import GridFilters
from catalog.records.pages.turning import Place
from tests.gallery.seed import RUN, Seed, drawn, published, source_id
from tests.gallery.stories import Stories
from tests.store.pages.conftest import counted

NOWHERE = "0" * 64


def test_a_photo_comes_with_the_publications_of_its_whole_group_in_order_of_time(stories: Stories) -> None:
    page = stories.catalogue.store.pages.photo_page(stories.mirror)
    assert [line.publisher for line in page.publications] == [
        "The Harbour Times", "Вечерняя Кромка", "الساحل اليوم", "Ранок Пристані",
    ]  # fmt: skip
    assert page.publication_count == 4
    assert page.versions[0].photo.sha256 == stories.mirror
    assert {version.photo.sha256 for version in page.versions} == {stories.ruins, stories.crop, stories.mirror}
    assert page.chain == stories.ruins
    assert page.custody[0].action == "item added"
    assert page.weakest_link == 0.9


def test_a_moment_is_seen_first_before_a_day_that_may_have_begun_earlier(tmp_path: Path) -> None:
    # In Kiribati the fourth of May began ten hours before London's; that does not say that the paper was seen then.
    seed = Seed(tmp_path / "instance")
    paper = published("Some Paper", "2019-05-04", "Today.", "en")
    photo = seed.photo(drawn(300, 200, 5), paper, published("Wire", "2019-05-03T18:00:00+02:00", "Evening.", "en"))
    seed.finish()
    pages = seed.store.pages
    assert [line.publisher for line in pages.photo_page(photo).publications] == ["Wire", "Some Paper"]
    assert [tile.publisher for tile in pages.grid_page(GridFilters(), Place(), 48).tiles] == ["Wire"]
    seed.store.close()


def test_values_that_disagree_come_first(stories: Stories) -> None:
    page = stories.catalogue.store.pages.photo_page(stories.ruins)
    assert [line.differs for line in page.metadata] == [True, True, False]
    assert {line.text for line in page.metadata if line.differs} == {"Ruins in January", "Ruins in March"}


def test_a_credit_line_comes_raw_and_read(stories: Stories) -> None:
    line = stories.catalogue.store.pages.photo_page(stories.ruins).publications[0].credits[0]
    assert line.text == "Ministry of Works handout via Lighthouse Agency"
    assert [(party.role, line.text[slice(*party.span)]) for party in line.parties] == [
        ("issuer", "Ministry of Works"), ("agency", "Lighthouse Agency"),
    ]  # fmt: skip
    assert line.flags == ("handout",)


def test_a_chain_is_found_by_any_of_its_photos(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    assert pages.chain_page(stories.mirror) == pages.chain_page(stories.ruins)
    chain = pages.chain_page(stories.crop)
    assert chain.id == stories.ruins
    assert chain.state == "contradicted"
    assert [(one.parent, one.child, one.directed) for one in chain.derivations] == [
        (stories.ruins, stories.crop, True), (stories.ruins, stories.mirror, False),
    ]  # fmt: skip
    assert chain.derivations[0].evidence[0].code == "containment"
    assert {source.name for source in chain.sources} >= {"Ministry of Works", "The Harbour Times", "وكالة المنارة"}


@pytest.mark.parametrize("ask", ["photo_page", "chain_page", "original_facts"])
def test_a_photo_that_does_not_stand_here_is_named(stories: Stories, ask: str) -> None:
    with pytest.raises(NotInCatalogueError, match=NOWHERE):
        getattr(stories.catalogue.store.pages, ask)(NOWHERE)


def test_a_pair_is_found_in_either_order(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    one, other = pages.compare_page(stories.ruins, stories.crop), pages.compare_page(stories.crop, stories.ruins)
    assert one.pair == other.pair
    assert one.pair is not None
    assert one.pair.changes == ("cropped",)
    assert pages.compare_page(stories.hostile, stories.crop).pair is None


def test_the_queue_holds_suggestions_and_the_surest_comes_first(stories: Stories) -> None:
    page = stories.catalogue.store.pages.pairs_page("suggested", Place(), 20)
    assert [pair.score for pair in page.pairs] == [0.71, 0.62]
    assert page.waiting == 2
    assert [pair.state for pair in stories.catalogue.store.pages.pairs_page("accepted", Place(), 20).pairs] == ["accepted"] * 2


def test_the_queue_turns_forward_and_back(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    first = pages.pairs_page("suggested", Place(), 1)
    second = pages.pairs_page("suggested", Place(first.turn.after or ""), 1)
    assert second.pairs[0].score == 0.62
    assert pages.pairs_page("suggested", Place(second.turn.before or "", backward=True), 1).pairs == first.pairs


def test_a_decided_pair_leaves_the_queue_until_it_is_undone(tmp_path: Path) -> None:
    seed = Seed(tmp_path / "instance")
    one, other = seed.photo(drawn(90, 60, 3)), seed.photo(drawn(90, 61, 4))
    seed.pair(one, other, state="suggested", score=0.6)
    seed.finish()
    pages, pair = seed.store.pages, (min(one, other), max(one, other))
    assert pages.pairs_page("suggested", Place(), 5).waiting == 1
    for verdict, waiting, decided in (("reject", 0, 1), ("undo", 1, 0), ("accept", 0, 1)):
        with seed.store.write() as change:
            change.decide(Decision(pair, verdict, "seen side by side", "editor", "2026-11-22T10:00:00Z"))
        assert pages.pairs_page("suggested", Place(), 5).waiting == waiting
        page = pages.pairs_page("decided", Place(), 5)
        assert [line.decision.verdict for line in page.pairs if line.decision] == [verdict] * decided
        shown = pages.compare_page(other, one).decision
        assert (shown.reason if shown else None) == ("seen side by side" if decided else None)
    seed.store.close()


def test_a_source_comes_with_what_it_published_and_whom_it_credits(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    page = pages.source_page(source_id("The Harbour Times"), Place(), 50)
    assert [line.published_at.raw if line.published_at else None for line in page.publications] == [
        "2017-01-02", "2017-01-02", "2015", "spring 2019",
    ]  # fmt: skip
    assert {line.name for line in page.credits} == {"Ministry of Works", "Lighthouse Agency"}
    ministry = pages.source_page(source_id("Ministry of Works"), Place(), 50)
    assert (ministry.source.published, ministry.source.credited) == (0, 2)
    first = pages.source_page(source_id("The Harbour Times"), Place(), 3)
    rest = pages.source_page(source_id("The Harbour Times"), Place(first.turn.after or ""), 3)
    assert first.publications + rest.publications == page.publications
    with pytest.raises(NotInCatalogueError):
        pages.source_page("nobody", Place(), 50)


def test_sources_turn_by_name(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    everyone = pages.sources_page(Place(), 100)
    names = [line.name for line in everyone.sources]
    assert names == sorted(names)
    assert everyone.total == len(names) == 10
    first = pages.sources_page(Place(), 4)
    second = pages.sources_page(Place(first.turn.after or ""), 4)
    assert first.sources + second.sources == everyone.sources[:8]
    assert pages.sources_page(Place(second.turn.before or "", backward=True), 4).sources == first.sources


def test_a_run_reconciles_and_its_rejections_say_why(stories: Stories) -> None:
    pages = stories.catalogue.store.pages
    (run,) = pages.runs_page(Place(), 10).runs
    assert (run.added, run.known, run.rejected) == (10, 0, 1)
    rejected = pages.run_page(RUN, "rejected", Place(), 10)
    assert [(item.item, item.reason) for item in rejected.items] == [("press/broken.jpg", "unreadable_image")]
    assert rejected.items[0].warnings == ("extension_mismatch",)
    read = pages.run_page(RUN, "", Place(), 4)
    assert [item.position for item in read.items] == [1, 2, 3, 4]
    assert [item.position for item in pages.run_page(RUN, "", Place("4"), 4).items] == [5, 6, 7, 8]
    assert [item.position for item in pages.run_page(RUN, "", Place("5", backward=True), 3).items] == [2, 3, 4]
    with pytest.raises(NotInCatalogueError, match="no import run"):
        pages.run_page("no-such-run", "", Place(), 4)
    with pytest.raises(NotInCatalogueError, match="has no place"):
        pages.run_page(RUN, "", Place("somewhere"), 4)


def test_what_an_undone_run_brought_is_nowhere_to_be_seen(tmp_path: Path) -> None:
    seed = Seed(tmp_path / "instance")
    photo = seed.photo(
        drawn(90, 60, 3), published("A Paper", "2020", "A caption", "en", "A. Author"), parties=[("creator", "A. Author")]
    )
    seed.finish()
    with seed.store.write() as change:
        change.undo(RUN, "imported by mistake")
        change.count_sources()
    pages = seed.store.pages
    assert not pages.has_photo(photo)
    assert pages.sources_page(Place(), 10).sources == ()
    assert pages.runs_page(Place(), 10).runs[0].retracted_because == "imported by mistake"
    for ask in (pages.photo_page, pages.chain_page, pages.original_facts):
        with pytest.raises(NotInCatalogueError):
            ask(photo)
    seed.store.close()


def test_pages_cost_the_same_number_of_queries_whatever_they_show(stories: Stories) -> None:
    store = stories.catalogue.store
    for ask, small, large in (
        ("photo_page", stories.scene, stories.ruins),
        ("chain_page", stories.scene, stories.ruins),
    ):
        costs = []
        for photo in (small, large):
            with counted(store) as sent:  # type: ignore[arg-type]  # the seed's store is an SqlStore
                getattr(store.pages, ask)(photo)
            costs.append(len(sent))
        assert costs[0] == costs[1]


def test_found_photos_come_with_their_publications(stories: Stories) -> None:
    found = stories.catalogue.store.pages.appeared([stories.crop, stories.ruins, NOWHERE])
    assert set(found) == {stories.crop, stories.ruins}
    assert [line.publisher for line in found[stories.ruins].publications] == ["The Harbour Times", "Вечерняя Кромка"]
