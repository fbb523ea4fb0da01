"""Each rule with a story in which it speaks and the honest twin of it, in which nothing does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from catalog.provenance.comparison import Comparison, Side
from catalog.provenance.drawn import Drawn
from catalog.provenance.findings import RULES, find_disagreements
from catalog.provenance.states import CONTRADICTIONS
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Derivation, TextSpan
from catalog.records.traces import CreditedSource, StatedFacts, TracedPhoto, TracedPublication
from tests.provenance.stories import bare, barred, saved, scene, shown, traced, verified

WHOLE = Side(1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.01, 0.2, 0.5, 20.0, 9.0, 0.0)
ALIKE = Comparison(WHOLE, WHOLE, 1.0, False, 0.0, 0.99, 1.0, 1.0)


@dataclass(frozen=True)
class Story:
    """Hold photos in the order they were made from one another, and what was laid over what."""

    photos: tuple[TracedPhoto, ...]
    parents: tuple[tuple[int, int], ...]
    comparison: Comparison = ALIKE
    directed: bool = True
    neighbours: tuple[TracedPhoto, ...] = ()

    def drawn(self) -> Drawn:
        names = [photo.sha256 for photo in self.photos]
        edges = tuple(Derivation(names[a], names[b], self.directed, (), 0.9, ()) for a, b in self.parents)
        children = {edge.child for edge in edges}
        return Drawn(
            photos={photo.sha256: photo for photo in self.photos}, derivations=edges,
            origin=tuple(name for name in names if name not in children),
            comparisons={(edge.parent, edge.child): self.comparison for edge in edges},
            same_scene=tuple((other, verified(self.photos[0], other, relation="same_scene")) for other in self.neighbours),
        )  # fmt: skip


def chain(*publications: TracedPublication) -> Story:
    """Tell a story of photos each made from the one before, one publication each."""
    photos = tuple(bare(item.id, number, item) for number, item in enumerate(publications))
    return Story(photos, tuple((number, number + 1) for number in range(len(photos) - 1)))


def lone(facts: StatedFacts, *publications: TracedPublication) -> Story:
    return Story((bare("one", 1, *publications, facts=facts),), ())


def framed(story: Story) -> Story:
    """Give the first photo the traces of a picture with a caption bar."""
    traces = traced(saved(barred(scene())[0]), 1).traces
    return replace(story, photos=(replace(story.photos[0], traces=traces), *story.photos[1:]))


def collage(left: TracedPublication, right: TracedPublication, board: TracedPublication) -> Story:
    photos = (bare("left", 1, left), bare("right", 2, right), bare("board", 3, board))
    return Story(photos, ((0, 2), (1, 2)))


def said(name: str, publisher: str, credits: tuple[tuple[str, str, str], ...]) -> TracedPublication:
    """Describe a publication that credits in several statements; people are known to no authority, the others are."""
    made = tuple(
        CreditedSource(
            role, f"name-{who}" if role in ("creator", "rights_holder") else who.lower(), who, statement, who, (0, len(who)), 0.8
        )
        for role, who, statement in credits
    )
    return replace(shown(name, publisher, "2017-01-02"), credits=made)


WIRE, COURTESY = (("agency", "Orbit Wire"),), (("issuer", "Ministry of Defence"), ("distributor", "Orbit Wire"))
MIRRORED = replace(ALIKE, is_mirrored=True)
BARRED = replace(ALIKE, first=replace(WHOLE, covered=0.8, bare_flat=0.18))
SKY_CUT_OFF = replace(ALIKE, first=replace(WHOLE, covered=0.8, bare_flat=0.18, bare_seam=0.5))
BOTH_WIDER = replace(
    ALIKE, first=replace(WHOLE, covered=0.7, bare_textured=0.3), second=replace(WHOLE, covered=0.7, bare_textured=0.3)
)
TAKEN_2022 = StatedFacts(date_created=PartialDate.parse("2022-03-01T10:00:00Z"), has_exif=True)
OFFICIAL = "official"

# rule: (story, honest twin, words its reason must hold)
STORIES: dict[str, tuple[Story, Story, tuple[str, ...]]] = {
    "credited_source_never_seen_publishing": (
        chain(shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        chain(shown("w", "Orbit Wire", "2017-01-01"), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "Evening Courier (2017-01-02)"),
    ),
    "credited_source_seen_only_later": (
        chain(shown("a", "Evening Courier", "2017-01-02", credits=WIRE), shown("w", "Orbit Wire", "2017-02-01", credits=WIRE)),
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "first seen publishing it later (2017-02-01)"),
    ),
    "circular_credit": (
        chain(
            shown("a", "North Wire", credits=(("agency", "South Wire"),)),
            shown("b", "South Wire", credits=(("agency", "North Wire"),)),
        ),
        chain(shown("a", "North Wire"), shown("b", "South Wire", credits=(("agency", "North Wire"),))),
        ("North Wire credits South Wire", "South Wire credits North Wire"),
    ),
    "credit_dropped": (
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02")),
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "Evening Courier (2017-01-02) shows the picture without any credit"),
    ),
    "credit_changed": (
        chain(
            shown("w", "Orbit Wire", "2012-01-01", credits=(("agency", "Orbit Wire"),)),
            shown("a", "Evening Courier", "2012-05-27", credits=(("creator", "an activist"),)),
        ),
        chain(
            shown("w", "Orbit Wire", "2012-01-01", credits=(("creator", "M. di Lauro"),)),
            shown("a", "Evening Courier", "2012-05-27", credits=(("creator", "M. di Lauro"), ("agency", "Orbit Wire"))),
        ),
        ("an activist instead", "Orbit Wire (2012-01-01)"),
    ),
    "credit_statements_disagree": (
        chain(said("a", "Evening Courier", (("agency", "Orbit Wire", "credit_line"), ("agency", "North Wire", "caption")))),
        chain(
            said(
                "a",
                "Orbit Wire",
                (
                    ("agency", "Orbit Wire", "credit_line"), ("creator", "A. Weber", "credit_line"),
                    ("creator", "Anna Weber", "creator"),
                    ("creator", "Анна Вебер", "caption"), ("agency", "Orbit Wire", "caption"),
                    ("rights_holder", "Anna Weber", "copyright_notice"),
                ),
            )
        ),
        ("the credit line names Orbit Wire; the caption names North Wire",),
    ),
    "credit_upgraded": (
        chain(
            shown("m", "Ministry of Defence", "2016-12-30", credits=(("issuer", "Ministry of Defence"),)),
            shown("w", "Orbit Wire", "2017-01-01", credits=COURTESY, flags=("handout",)),
            shown("a", "Evening Courier", "2017-01-02", credits=WIRE),
        ),
        chain(
            shown("m", "Ministry of Defence", "2016-12-30", credits=(("issuer", "Ministry of Defence"),)),
            shown("w", "Orbit Wire", "2017-01-01", credits=COURTESY, flags=("handout",)),
            shown("a", "Evening Courier", "2017-01-02", credits=COURTESY),
        ),
        ("Ministry of Defence", "credits only Orbit Wire"),
    ),
    "copy_seen_before_original": (
        chain(shown("a", "Square News", "2021-03-04"), shown("b", "Harbour Post", "2019-03-04")),
        chain(shown("a", "Square News", "2019"), shown("b", "Harbour Post", "2019-03-04")),
        ("of Harbour Post (2019-03-04) looks made from", "Square News (2021-03-04), which was first seen later"),
    ),
    "shown_before_date_claimed": (
        chain(shown("a", "Square News", "2014-02-20"), shown("b", "Harbour Post", "2022-03-02", events=("2022-03-01",))),
        chain(
            shown("a", "Square News", "2014-02-20", events=("2014-02-20",)),
            shown("b", "Harbour Post", "2022-03-02", events=("2014-02",)),
        ),
        ("Harbour Post (2022-03-02) dates the picture 2022-03-01", "Square News (2014-02-20)"),
    ),
    "camera_date_after_publication": (
        lone(TAKEN_2022, shown("a", "Square News", "2014-02-20")),
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05")),
        ("2022-03-01T10:00:00Z", "Square News (2014-02-20)"),
    ),
    "mirrored": (
        replace(chain(shown("a", "Square News"), shown("b", "Harbour Post")), comparison=MIRRORED),
        chain(shown("a", "Square News"), shown("b", "Harbour Post")),
        ("shows the mirror image of", "Square News"),
    ),
    "cropped_away_mark": (
        replace(framed(chain(shown("a", "Game Studio"), shown("b", "Ministry of Defence"))), comparison=BARRED),
        replace(chain(shown("a", "Game Studio"), shown("b", "Ministry of Defence")), comparison=BARRED),
        ("Ministry of Defence", "lacks the bar or border"),
    ),
    "date_conflict": (
        chain(shown("a", "Square News", created="2003-05"), shown("b", "Harbour Post", events=("2012-05-26",))),
        chain(shown("a", "Square News", created="2003-05"), shown("b", "Harbour Post", events=("2003-05-12",))),
        ("Square News dates the picture 2003-05", "Harbour Post dates it 2012-05-26"),
    ),
    "same_scene_used_as_other_event": (
        replace(
            chain(shown("a", "Square News", events=("2016-03-01",))),
            neighbours=(bare("n", 9, shown("b", "Harbour Post", events=("2022-02-24",))),),
        ),
        replace(
            chain(shown("a", "Square News", events=("2016-03-01",))),
            neighbours=(bare("n", 9, shown("b", "Harbour Post", events=("2016-03",))),),
        ),
        ("two frames of one scene", "Harbour Post 2022-02-24"),
    ),
    "official_first_publisher_not_origin": (
        chain(shown("g", "Game Studio"), shown("m", "Ministry of Defence", "2017-11-14", kind=OFFICIAL)),
        chain(shown("m", "Ministry of Defence", "2017-11-14", kind=OFFICIAL), shown("g", "Game Studio")),
        ("Ministry of Defence (2017-11-14) is the first publisher seen", "existed elsewhere"),
    ),
    "missing_intermediate": (
        replace(chain(shown("a", "Square News"), shown("b", "Harbour Post")), comparison=BOTH_WIDER, directed=False),
        chain(shown("a", "Square News"), shown("b", "Harbour Post")),
        ("both come from a version that is not held here",),
    ),
    "place_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "place", "Mosul", "Aleppo"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("Harbour Post (2016-10-03) places the picture in Mosul", "Square News (2016-10-01) in Aleppo"),
    ),
    "actor_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "actor", "Orbit Army denies", "Orbit Army"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("“Orbit Army denies”", "“Orbit Army”"),
    ),
    "count_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "number", "50 people", "12 people"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("“50 people”", "“12 people”"),
    ),
    "today_republished": (
        chain(shown("a", "Square News", "2014-02-20"), shown("b", "Harbour Post", "2022-03-02", today="this morning")),
        chain(shown("a", "Square News", "2022-03-01"), shown("b", "Harbour Post", "2022-03-02", today="yesterday")),
        ("Harbour Post (2022-03-02) says “this morning”", "Square News (2014-02-20)"),
    ),
    "date_before_camera_date": (
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05", events=("2014-02-20",))),
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05", events=("2022-03",))),
        ("Square News (2022-03-05) dates the picture 2014-02-20", "2022-03-01T10:00:00Z"),
    ),
}  # fmt: skip


def test_every_rule_has_a_story() -> None:
    assert set(STORIES) == set(RULES)


@pytest.mark.parametrize("rule", STORIES)
def test_the_rule_speaks_in_its_story_with_names_and_dates(rule: str) -> None:
    story, _, words = STORIES[rule]
    found = [finding for finding in find_disagreements(story.drawn()) if finding.rule == rule]
    assert len(found) == 1
    assert all(text in found[0].reason for text in words), found[0].reason
    assert found[0].reason.endswith(".")
    assert found[0].subjects


@pytest.mark.parametrize("rule", STORIES)
def test_nothing_is_found_in_the_honest_twin(rule: str) -> None:
    _, twin, _ = STORIES[rule]
    assert find_disagreements(twin.drawn()) == ()


@pytest.mark.parametrize("rule", ["shown_before_date_claimed", "date_conflict", "date_before_camera_date", "today_republished"])
def test_a_finding_about_a_day_points_at_the_words_that_give_it(rule: str) -> None:
    drawn = STORIES[rule][0].drawn()
    photos = {
        name: replace(photo, publications=tuple(map(_with_words, photo.publications))) for name, photo in drawn.photos.items()
    }
    found = [one for one in find_disagreements(replace(drawn, photos=photos)) if one.rule == rule]
    assert found
    assert all(one.spans and {span.subject for span in one.spans} <= set(one.subjects) for one in found)


def _with_words(publication: TracedPublication) -> TracedPublication:
    """Return a publication whose caption gives every day it claims, and says today where it does."""
    dates = [*publication.event_dates, *([publication.date_created] if publication.date_created else [])]
    days = [date.edtf or "" for date in dates] + ([""] if publication.says_today else [])
    return replace(publication, said_days=tuple((day, TextSpan(publication.id, "caption", "words", (0, 5))) for day in days))


def test_a_sky_that_a_crop_cut_off_is_no_bar() -> None:
    story, _, _ = STORIES["cropped_away_mark"]
    assert find_disagreements(replace(story, comparison=SKY_CUT_OFF).drawn()) == ()


def test_a_reason_never_says_first_where_first_seen_is_meant() -> None:
    for story, _, _ in STORIES.values():
        for finding in find_disagreements(story.drawn()):
            words = finding.reason.replace("first seen", "").replace("first publisher seen", "")
            assert "first" not in words.casefold(), finding.reason


def test_every_rule_stands_in_the_list_with_an_example() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "findings.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == list(RULES)
    assert all(len(line.split(" | ")) == 3 for line in lines)


def test_the_two_sources_of_a_collage_do_not_contradict_one_another() -> None:
    story = collage(
        shown("l", "Square News", "2014-02-20", events=("2014-02-20",)),
        shown("r", "Harbour Post", "2022-03-01", events=("2022-03-01",)),
        shown("b", "Mirror Page", "2022-04-01"),
    )
    assert find_disagreements(story.drawn()) == ()


def test_what_a_collage_claims_is_not_held_against_the_dates_of_its_parts() -> None:
    story = collage(
        shown("l", "Square News", "2014-02-20"), shown("r", "Harbour Post", "2022-03-01"),
        shown("b", "Mirror Page", "2022-04-01", events=("2022-03-30",)),
    )  # fmt: skip
    assert find_disagreements(story.drawn()) == ()


def test_a_date_known_only_to_the_year_contradicts_nothing_within_it() -> None:
    story = chain(shown("a", "Square News", "2017-06-01"), shown("b", "Harbour Post", "2018", events=("2017",)))
    assert find_disagreements(story.drawn()) == ()


def test_a_date_is_held_against_the_nearest_original_that_has_one() -> None:
    """The parent is undated: what the parent came from is dated, and later."""
    story = chain(shown("a", "Square News", "2021-03-04"), shown("b", "Mirror Page"), shown("c", "Harbour Post", "2019-03-04"))
    (found,) = find_disagreements(story.drawn())
    assert found.rule == "copy_seen_before_original"
    assert found.subjects == (story.photos[2].sha256, story.photos[0].sha256)
    assert "by way of other photos held here (1)" in found.reason


def test_one_wrong_date_is_told_once_and_not_of_every_copy_below_it() -> None:
    story = chain(
        shown("a", "Square News", "2021-03-04"), shown("b", "Harbour Post", "2019-03-04"), shown("c", "Mirror Page", "2022-01-01")
    )
    (found,) = find_disagreements(story.drawn())
    assert found.subjects == (story.photos[1].sha256, story.photos[0].sha256)


def test_a_ring_of_three_credits_is_told_once() -> None:
    story = chain(
        shown("a", "A", credits=(("agency", "B"),)), shown("b", "B", credits=(("agency", "C"),)),
        shown("c", "C", credits=(("agency", "A"),)),
    )  # fmt: skip
    rings = [finding for finding in find_disagreements(story.drawn()) if finding.rule == "circular_credit"]
    assert [finding.subjects for finding in rings] == [("a", "b", "c")]


def test_a_later_publication_of_the_same_photo_is_held_against_the_one_before_it() -> None:
    photo = bare("one", 1, shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Courier", "2018-01-01"))
    rules = {finding.rule for finding in find_disagreements(Story((photo,), ()).drawn())}
    assert rules == {"credit_dropped"}


def test_a_finding_on_credits_points_at_the_words_it_rests_on() -> None:
    story, _, _ = STORIES["credit_statements_disagree"]
    found = next(one for one in find_disagreements(story.drawn()) if one.rule == "credit_statements_disagree")
    assert [(span.subject, span.statement, span.words) for span in found.spans] == [
        ("a", "credit_line", "Orbit Wire"),
        ("a", "caption", "North Wire"),
    ]


def test_a_file_that_contradicts_itself_is_told_by_its_digest() -> None:
    credits = said("x", "x", (("creator", "Ann Lee", "creator"), ("creator", "Bob Stone", "copyright_notice"))).credits
    photo = replace(bare("photo", 1, shown("a", "Evening Courier", "2017-01-02")), credits=credits)
    (found,) = find_disagreements(Story((photo,), ()).drawn())
    assert (found.rule, found.subjects) == ("credit_statements_disagree", (photo.sha256,))
    assert "the creator names Ann Lee; the copyright notice names Bob Stone" in found.reason


def test_to_credit_only_oneself_is_to_change_the_credit() -> None:
    wire = shown("w", "Orbit Wire", "2019-11-13", credits=(("creator", "S. Karim"), ("agency", "Orbit Wire")))
    own = chain(wire, shown("a", "State Agency", "2020-01-08", credits=(("agency", "State Agency"),)))
    (found,) = [one for one in find_disagreements(own.drawn()) if one.rule == "credit_changed"]
    assert "State Agency (2020-01-08) credits State Agency instead" in found.reason
    shared = chain(wire, shown("a", "State Agency", "2020-01-08", credits=(("agency", "State Agency"), ("agency", "Orbit Wire"))))
    assert find_disagreements(shared.drawn()) == ()


def beside(*publications: TracedPublication) -> tuple[str, ...]:
    """Return why credits are called changed among photos joined without a direction; no source has an authority record."""
    unknown = [
        replace(one, credits=tuple(replace(credit, source=f"name-{credit.source}") for credit in one.credits))
        for one in publications
    ]
    found = find_disagreements(replace(chain(*unknown), directed=False).drawn())
    return tuple(one.reason for one in found if one.rule == "credit_changed")


def test_two_who_handed_out_one_picture_are_told_where_nobody_knows_which_came_first() -> None:
    forest = shown("a", "Square News", credits=(("issuer", "Forest Service"), ("distributor", "Orbit Wire")))
    rescue = shown("b", "Harbour Post", credits=(("issuer", "Ministry of Rescue"), ("distributor", "North Wire")))
    (reason,) = beside(forest, rescue)
    assert "Forest Service and Orbit Wire" in reason
    assert "Ministry of Rescue and North Wire for the same picture" in reason


@pytest.mark.parametrize(
    "credits",
    [
        (("distributor", "North Wire"),),
        (("issuer", "The Forest Service"), ("distributor", "North Wire")),
        (("creator", "Ann Lee"),),
        (("issuer", "Служба лесов"),),
        (),
    ],
)
def test_who_passed_a_picture_on_and_another_form_of_a_name_are_no_change(credits: tuple[tuple[str, str], ...]) -> None:
    forest = shown("a", "Square News", credits=(("issuer", "Forest Service"), ("distributor", "Orbit Wire")))
    assert beside(forest, shown("b", "Harbour Post", credits=credits)) == ()


def test_a_caption_that_contradicts_the_location_stated_beside_it_is_told_of_one_publication() -> None:
    story = chain(shown("a", "Square News", "2016-10-01", against=(("a", "place", "Mosul", "Aleppo"),)))
    (found,) = find_disagreements(story.drawn())
    assert (found.rule, found.subjects) == ("place_conflict", ("a",))
    assert found.reason == "Square News (2016-10-01) places the picture in Mosul in its caption and states the location Aleppo."


def test_what_excludes_itself_is_found_before_what_was_left_out_and_what_is_only_not_held_comes_last() -> None:
    grave = [rule in CONTRADICTIONS for rule in RULES]
    assert grave == sorted(grave, reverse=True)
    assert list(RULES)[-1] == "credited_source_never_seen_publishing"


def test_an_issuer_who_takes_over_a_picture_that_others_showed_before_is_told_without_a_direction() -> None:
    studio = shown("a", "Square News", "2015-03-20", credits=(("rights_holder", "Kestrel Games"),))
    ministry = shown("b", "Ministry of Works", "2017-11-14", credits=(("issuer", "Ministry of Works"),))

    def told(*publications: TracedPublication) -> int:
        found = find_disagreements(replace(chain(*publications), directed=False).drawn())
        return sum(1 for one in found if one.rule == "credit_changed")

    assert told(studio, ministry) == 1
    assert told(replace(studio, published_at=None), ministry) == 0
    assert told(replace(studio, credits=ministry.credits), ministry) == 0
    assert told(studio, replace(ministry, credits=(*ministry.credits, *studio.credits))) == 0
    assert told(studio, shown("c", "Orbit Wire", "2017-11-14", credits=(("agency", "Orbit Wire"),))) == 0


def test_a_credit_line_that_names_nobody_is_not_told_as_missing() -> None:
    before, after = shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02")
    (found,) = find_disagreements(chain(before, replace(after, has_credit_line=True, flags=("archive",))).drawn())
    assert found.rule == "credit_dropped"
    assert "the credit line of Evening Courier (2017-01-02) names nobody" in found.reason


def test_a_publication_without_date_and_publisher_is_accused_of_nothing() -> None:
    issued = shown("m", "Ministry of Defence", credits=(("issuer", "Ministry of Defence"), ("distributor", "Orbit Wire")))
    named = shown("x", "Evening Courier", credits=WIRE)
    bare_row = replace(named, publisher=None, publisher_name=None)
    accused = {"credit_upgraded", "credit_dropped", "credit_changed"}
    assert [one.rule for one in find_disagreements(chain(issued, named).drawn()) if one.rule in accused] == ["credit_upgraded"]
    assert not accused & {one.rule for one in find_disagreements(chain(issued, bare_row).drawn())}


def test_a_common_noun_is_no_source_that_was_never_seen_publishing() -> None:
    family = CreditedSource("issuer", "name-family", "family")
    story = chain(replace(shown("a", "Evening Courier", "2017-01-02"), credits=(family,)))
    assert find_disagreements(story.drawn()) == ()
