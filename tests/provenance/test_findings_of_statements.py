"""One publication, or one file, that credits two parties in two places."""

from __future__ import annotations

from dataclasses import replace

from catalog.provenance.findings import find_disagreements
from catalog.records.provenance import Finding
from catalog.records.traces import TracedPublication
from tests.provenance.finding_stories import STORIES, Story, said
from tests.provenance.stories import bare, shown


def test_a_finding_on_credits_points_at_the_words_it_rests_on() -> None:
    story, _, _ = STORIES["credit_statements_disagree"]
    found = next(one for one in find_disagreements(story.drawn()) if one.rule == "credit_statements_disagree")
    assert [(span.subject, span.statement, span.words) for span in found.spans] == [
        ("a", "credit_line", "Orbit Wire"),
        ("a", "caption", "North Wire"),
    ]


def test_a_misspelt_agency_beside_its_right_name_is_told_as_likely_one_party() -> None:
    stated = said("a", "Courier", (("agency", "Retuers", "credit_line"), ("agency", "Reuters", "iptc_source")))
    right = stated.credits[1]
    slip = replace(stated.credits[0], source="name-retuers", confidence=0.5, resembles=(right.source,))
    (found,) = _statements(replace(stated, credits=(slip, right)))
    assert found.reason.endswith(
        "the credit line names Retuers; the source names Reuters. Likely one party, whose name is misspelt in one of them."
    )
    assert _statements(replace(stated, credits=(slip, replace(slip, statement="iptc_source")))) == []
    # Where another party stands beside it, that one is what disagrees.
    (apart,) = _statements(replace(stated, credits=(slip, replace(right, source="afp", name="AFP", printed="AFP"))))
    assert "Likely" not in apart.reason


def _statements(publication: TracedPublication) -> list[Finding]:
    found = find_disagreements(Story((bare("photo", 1, publication),), ()).drawn())
    return [one for one in found if one.rule == "credit_statements_disagree"]


def test_a_file_that_contradicts_itself_is_told_by_its_digest() -> None:
    credits = said("x", "x", (("creator", "Ann Lee", "creator"), ("creator", "Bob Stone", "copyright_notice"))).credits
    photo = replace(bare("photo", 1, shown("a", "Evening Courier", "2017-01-02")), credits=credits)
    (found,) = find_disagreements(Story((photo,), ()).drawn())
    assert (found.rule, found.subjects) == ("credit_statements_disagree", (photo.sha256,))
    assert "the creator names Ann Lee; the copyright notice names Bob Stone" in found.reason
