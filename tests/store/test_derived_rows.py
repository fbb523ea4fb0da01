"""Derived rows: groups with their counts, chains, marks, words and readings, written many at a time as if one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from catalog.errors import NotInCatalogueError
from catalog.records.descriptor import Descriptor
from catalog.records.match import Overlap, PictureGroup, Verification
from catalog.records.provenance import Chain, Derivation, Evidence, Finding
from catalog.records.publication import CreditParty, CreditReading
from catalog.store.derived_rows import SMALL_BYTES
from catalog.store.search import query_words
from tests.store.keeping import Keeping
from tests.store.test_intake_rows import stated

GROUPS = (
    "SELECT g.cover_photo_id, g.photo_count, g.publication_count, g.first_published, p.url"
    " FROM picture_group g LEFT JOIN publication p ON p.id = g.first_publication_id ORDER BY g.cover_photo_id"
)


def photos(keeping: Keeping, dates: Sequence[str | None]) -> list[str]:
    """Keep one photo a date, each published once then; None for a photo that nobody published."""
    kept = []
    for number, at in enumerate(dates):
        publication = None if at is None else stated(url=f"https://courier.example/{number}", at=at)
        kept.append(str(keeping.keep(b"photo %d" % number, publication).photo))
    return kept


def pair(query: str, reference: str) -> Verification:
    return Verification(
        query, reference, "copy", "accepted", 0.9, ("cropped",), (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), Overlap(1.0, 0.5),
        (0.0, 0.0, 1.0, 1.0), "hash", 1, 0.5, 0.8, (("inliers", 12.0),),
    )  # fmt: skip


def alone(photo: str) -> Chain:
    return Chain(photo, (photo,), (photo,), (), (), (), "complete", "The chain is one photo.")


# ---- groups -------------------------------------------------------------------------------------------------------


def test_a_group_counts_its_photos_and_publications_and_knows_the_first_of_them(keeping: Keeping) -> None:
    made = photos(keeping, ["2017-01-02T00:00:00Z", "2014-06-12T00:00:00Z", None])
    with keeping.store.write() as change:
        change.replace_groups(made, [PictureGroup(tuple(made), 0.9)])
    assert keeping.ask(GROUPS) == [(1, 3, 2, "2014-06-12T00:00:00.999999Z", "https://courier.example/1")]


def test_many_groups_at_once_are_the_groups_one_by_one(keeping: Keeping) -> None:
    made = photos(keeping, ["2017-01-01T00:00:00Z", None, "some day", "2014-01-01T00:00:00Z", "2015-01-01T00:00:00Z"])
    groups = [PictureGroup((made[0], made[3]), 0.7), *(PictureGroup((one,), None) for one in (made[1], made[2], made[4]))]
    with keeping.store.write() as change:
        change.replace_groups(made, groups)
    at_once = keeping.ask(GROUPS)
    for group in reversed(groups):
        with keeping.store.write() as change:
            change.replace_groups(group.photos, [group])
    assert keeping.ask(GROUPS) == at_once
    assert [row[3] for row in at_once][1:3] == ["~", "~"]


def test_only_photos_without_a_group_get_one_of_their_own(keeping: Keeping) -> None:
    made = photos(keeping, [None, None, None])
    with keeping.store.write() as change:
        change.replace_groups(made[:2], [PictureGroup(tuple(made[:2]), 0.9)])
        change.group_alone(made)
    assert keeping.ask("SELECT photo_count FROM picture_group ORDER BY id") == [(2,), (1,)]


def test_the_first_publication_follows_the_statement_that_stands(keeping: Keeping) -> None:
    photo = str(keeping.keep(b"photo", stated(at="2017-01-01T00:00:00Z")).photo)
    second = keeping.begin()
    keeping.keep(b"photo", stated(at="2010-01-01T00:00:00Z"))
    with keeping.store.write() as change:
        change.replace_groups([photo], [PictureGroup((photo,), None)])
    assert keeping.ask("SELECT first_published FROM picture_group") == [("2010-01-01T00:00:00.999999Z",)]
    with keeping.store.write() as change:
        change.undo(second, "a mistake")
        change.replace_groups([photo], [PictureGroup((photo,), None)])
    assert keeping.ask("SELECT first_published FROM picture_group") == [("2017-01-01T00:00:00.999999Z",)]


def test_a_photo_that_is_not_kept_is_named(keeping: Keeping) -> None:
    with pytest.raises(NotInCatalogueError, match="f" * 64), keeping.store.write() as change:
        change.group_alone(["f" * 64])


# ---- chains -------------------------------------------------------------------------------------------------------


def test_chains_come_back_as_they_were_written(keeping: Keeping) -> None:
    made = photos(keeping, ["2014", "2017", None])
    edge = Derivation(made[0], made[1], True, ("cropped",), 0.9, (Evidence("dates", True, 1.5, "Published later."),))
    finding = Finding("re_dated", "The second gives another day.", (made[1],))
    joined = Chain(made[0], tuple(made[:2]), (made[0],), (edge,), (), (finding,), "complete", "One origin.")
    with keeping.store.write() as change:
        change.group_alone(made)
        change.replace_chains(made, [joined, alone(made[2])], 1)
    first, second = keeping.store.chains()
    assert (first.photos, first.derivations, first.findings) == (joined.photos, joined.derivations, joined.findings)
    assert second.photos == (made[2],)
    assert keeping.ask("SELECT finding_count FROM picture_group ORDER BY cover_photo_id") == [(0,), (1,), (0,)]
    assert [chain.id for chain in keeping.store.chains(worth_showing=True)] == [made[0]]


def test_a_new_chain_takes_the_place_of_those_that_held_its_photos(keeping: Keeping) -> None:
    made = photos(keeping, [None, None])
    with keeping.store.write() as change:
        change.replace_chains(made, [alone(one) for one in made], 1)
        change.replace_chains(made, [Chain(made[0], tuple(made), (), (), (), (), "undetermined", "No evidence.")], 1)
    assert [chain.photos for chain in keeping.store.chains()] == [tuple(made)]
    assert keeping.ask("SELECT count(*) FROM chain_member") == [(2,)]


# ---- marks --------------------------------------------------------------------------------------------------------


def test_marks_say_what_is_left_to_do(keeping: Keeping) -> None:
    made = photos(keeping, [None, None, None])
    assert keeping.store.unmatched(1, 9) == keeping.store.untraced(1, 9) == made
    with keeping.store.write() as change:
        change.mark_matched(made[0], 1)
        change.mark_traced(made, 1)
        change.mark_touched(made[1:2])
    assert keeping.store.unmatched(1, 9) == made[1:]
    assert keeping.store.untraced(1, 9) == made[1:2]
    assert keeping.store.untraced(2, 9) == made
    with keeping.store.write() as change:
        change.mark_traced(made, 2)
    assert keeping.store.untraced(2, 9) == []


def test_neighbourhoods_are_what_accepted_pairs_reach(keeping: Keeping) -> None:
    made = photos(keeping, [None] * 5)
    with keeping.store.write() as change:
        change.store_verifications([pair(made[1], made[0]), pair(made[2], made[1]), pair(made[4], made[3])])
    assert keeping.store.connected([made[2]]) == made[:3]
    assert keeping.store.connected([made[0], made[4]]) == made
    assert keeping.store.verifications_among(made[:2]) == [pair(made[1], made[0])]


def test_a_pair_examined_again_is_one_row(keeping: Keeping) -> None:
    made = photos(keeping, [None, None])
    for _ in range(2):
        with keeping.store.write() as change:
            change.store_verifications([pair(made[1], made[0])])
    assert keeping.store.verifications_among(made) == [pair(made[1], made[0])]


# ---- descriptors --------------------------------------------------------------------------------------------------


def test_small_codes_lie_in_rows_and_large_ones_in_array_files(keeping: Keeping) -> None:
    made = photos(keeping, [None, None])
    small, large = Descriptor("phash", 1, 64, b"12345678"), Descriptor("points", 1, 0, bytes(SMALL_BYTES + 1))
    with keeping.store.write() as change:
        change.store_descriptors([(one, (small, large)) for one in made])
    assert [one.descriptors for one in keeping.store.comparables(made)] == [(small, large), (small, large)]
    assert keeping.ask("SELECT count(*) FROM descriptor WHERE data IS NULL") == [(2,)]
    state = keeping.store.photo_state(made[0])
    assert state is not None
    assert state.descriptors == {("phash", 1), ("points", 1)}


# ---- words and sources --------------------------------------------------------------------------------------------


def found(keeping: Keeping, words: str) -> list[int]:
    rows = keeping.ask("SELECT rowid FROM photo_words WHERE photo_words MATCH ? ORDER BY rowid", query_words(words))
    return [row[0] for row in rows]


def test_a_photo_is_found_by_every_word_published_with_it_and_no_other(keeping: Keeping) -> None:
    first = str(keeping.keep(b"one", stated(caption="A lighthouse.", credit="Lindqvist", location="Pskov")).photo)
    boat = stated(url="https://kromka.example/2", publisher="Kromka", caption="A boat.", credit=None)
    second = str(keeping.keep(b"two", boat).photo)
    with keeping.store.write() as change:
        change.index_words([first, second])
    asked = ("lighthouse", "lindqvist", "pskov", "kromka", "boat", "nothing")
    assert [found(keeping, words) for words in asked] == [[1], [1], [1], [2], [2], []]


def test_words_that_no_longer_stand_are_forgotten(keeping: Keeping) -> None:
    photo = str(keeping.keep(b"one", stated(caption="A lighthouse.")).photo)
    second = keeping.begin()
    keeping.keep(b"one", stated(caption="A tower."))
    with keeping.store.write() as change:
        change.index_words([photo])
    assert found(keeping, "tower") == found(keeping, "lighthouse") == [1]
    with keeping.store.write() as change:
        undone = change.undo(second, "a mistake")
        change.index_words(undone.touched)
    assert (found(keeping, "tower"), found(keeping, "lighthouse")) == ([], [1])


def test_sources_are_counted_by_what_stands(keeping: Keeping) -> None:
    outcome = keeping.keep(b"one", stated())
    credit_id, line = outcome.new_credits[0]
    reading = CreditReading(line, (CreditParty("creator", "Mara Lindqvist", (0, 14), 0.9),), (), (), ())
    with keeping.store.write() as change:
        change.store_credit_reading(credit_id, reading, {"Mara Lindqvist": "s1"}, 1)
        change.store_publisher(str(outcome.publication), "s2", "Courier")
        change.count_sources()
    counts = "SELECT id, published_count, credited_count FROM named_source ORDER BY id"
    assert keeping.ask(counts) == [("s1", 0, 1), ("s2", 1, 0)]
    with keeping.store.write() as change:
        change.undo(keeping.run, "wrong folder")
        change.count_sources()
    assert keeping.ask(counts) == [("s1", 0, 0), ("s2", 0, 0)]


# ---- all of it ----------------------------------------------------------------------------------------------------


def test_a_rebuild_begins_with_everything_that_stands_kept_and_outdated(keeping: Keeping) -> None:
    made = photos(keeping, ["2014", None])
    with keeping.store.write() as change:
        change.store_descriptors([(name, [Descriptor("pdq", 1, 8, b"x")]) for name in made])
        change.replace_matches(made[1], [pair(made[1], made[0])])
        change.replace_groups(made, [PictureGroup(tuple(made), 0.9)])
        change.mark_matched(made[1], 1)
        change.mark_traced(made, 1)
        change.index_words(made)
    tables = ("standing", "rendition", "descriptor", "verification", "picture_group", "group_member", "photo_words")
    before = [keeping.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    with keeping.store.write() as change:
        change.begin_rebuild()
    assert [keeping.ask(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before
    assert keeping.store.outdated_count() == 2
    assert keeping.store.untraced(1, 9) == made
    with keeping.store.write() as change:
        change.store_descriptors([(made[0], [])])
    assert keeping.store.outdated_count() == 1
    states = [keeping.store.photo_state(name) for name in made]
    assert [state is not None and state.is_outdated for state in states] == [False, True]


def test_a_rebuild_forgets_what_was_made_of_photos_that_do_not_stand(keeping: Keeping) -> None:
    made = photos(keeping, ["2014", None])
    retracted = keeping.begin()
    gone = str(keeping.keep(b"gone", stated(url="https://courier.example/gone")).photo)
    with keeping.store.write() as change:
        change.undo(retracted, "wrong folder")
        # As whoever can write to the database may leave it.
        change.store_rendition(gone, None, None)
        change.replace_groups([*made, gone], [PictureGroup((*made, gone), 0.9)])
        change.store_verifications([pair(gone, made[0])])
    standing = keeping.ask("SELECT * FROM standing ORDER BY 1, 2")
    with keeping.store.write() as change:
        change.begin_rebuild()
    assert keeping.ask("SELECT * FROM standing ORDER BY 1, 2") == standing
    assert keeping.store.standing_photos() == made
    assert keeping.ask("SELECT count(*) FROM rendition") == [(2,)]
    assert keeping.ask("SELECT count(*) FROM verification") == [(0,)]
    assert [photo_count for _, photo_count, *_ in keeping.ask(GROUPS)] == [1, 1]


def test_features_that_lie_in_their_file_already_are_not_written_again(keeping: Keeping) -> None:
    [made] = photos(keeping, [None])
    points, others = Descriptor("points", 1, 0, b"p" * (SMALL_BYTES + 1)), Descriptor("points", 1, 0, b"q" * (SMALL_BYTES + 1))
    offsets = "SELECT array_offset FROM descriptor WHERE algorithm = 'points'"
    for described, offset in ((points, 0), (points, 0), (others, SMALL_BYTES + 1), (others, SMALL_BYTES + 1)):
        with keeping.store.write() as change:
            change.store_descriptors([(made, [described])])
        assert keeping.ask(offsets) == [(offset,)]
    assert (keeping.folder / "arrays" / "points-1.bin").stat().st_size == 2 * (SMALL_BYTES + 1)


def test_array_files_that_no_row_names_are_removed(keeping: Keeping) -> None:
    [made] = photos(keeping, [None])
    for version in (1, 2):
        with keeping.store.write() as change:
            change.store_descriptors([(made, [Descriptor("points", version, 0, b"p" * (SMALL_BYTES + 1))])])
    with keeping.store.write() as change:
        change.drop_unused_arrays()
    assert [path.name for path in (keeping.folder / "arrays").iterdir()] == ["points-2.bin"]
    assert next(iter(keeping.store.comparables([made]))).descriptors[0].version == 2


def test_words_are_cleared_without_what_they_are_said_of(keeping: Keeping) -> None:
    made = photos(keeping, ["2014", None])
    with keeping.store.write() as change:
        change.index_words(made)
        change.clear_words()
    assert keeping.ask("SELECT count(*) FROM photo_words") == [(0,)]
    assert keeping.store.standing_photos() == made
