"""Who took over a picture and who only passed it on, and what is no change of credit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.provenance.findings import find_disagreements
from catalog.records.traces import CreditedSource, TracedPublication
from tests.provenance.finding_stories import WIRE, Story, chain
from tests.provenance.stories import bare, shown


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


def test_to_credit_only_oneself_is_to_change_the_credit() -> None:
    wire = shown("w", "Orbit Wire", "2019-11-13", credits=(("creator", "S. Karim"), ("agency", "Orbit Wire")))
    own = chain(wire, shown("a", "State Agency", "2020-01-08", credits=(("agency", "State Agency"),)))
    (found,) = [one for one in find_disagreements(own.drawn()) if one.rule == "credit_changed"]
    assert "State Agency (2020-01-08) credits State Agency instead" in found.reason
    shared = chain(wire, shown("a", "State Agency", "2020-01-08", credits=(("agency", "State Agency"), ("agency", "Orbit Wire"))))
    assert find_disagreements(shared.drawn()) == ()


def test_a_credit_that_is_one_slip_away_from_the_one_before_is_told_as_likely_the_same_party() -> None:
    wire = shown("w", "Orbit Wire", "2017-01-01", credits=WIRE)
    slip = CreditedSource("agency", "name-orbit-wier", "Orbit Wier", resembles=(WIRE[0][1].lower(),))
    misspelt = replace(shown("a", "Evening Courier", "2017-01-02"), credits=(slip,))
    (found,) = [
        one for one in find_disagreements(chain(replace(wire, publisher="x"), misspelt).drawn()) if one.rule == "credit_changed"
    ]
    assert found.reason.endswith("credits Orbit Wier: likely one party, misspelt in one of them.")


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
