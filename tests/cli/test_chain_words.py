"""A chain on a terminal says who decided, tells the gravest first and folds what repeats."""

from __future__ import annotations

from catalog.cli.chain_words import AT_ONCE, chain_words
from catalog.records.match import Decision
from catalog.records.pages.chains import InquiryLine
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain, ChainDecision, Derivation, Evidence, Finding, RejectedPair


def chain(derivations: tuple[Derivation, ...] = (), findings: tuple[Finding, ...] = ()) -> Chain:
    return Chain("a" * 64, ("a", "b"), ("a",), derivations, (), findings, "complete", "All lead back to one origin.")


def decided(verdict: str) -> ChainDecision:
    return ChainDecision("derivation", ("a", "b"), verdict, "why", "editor", "2026-01-01T00:00:00Z")


def test_what_a_person_decided_says_who_and_why_and_what_the_machine_says_beside_it() -> None:
    for verdict, said in (("made_from", "made from it"), ("not_made_from", "not made from it")):
        made = Derivation("a", "b", verdict == "made_from", ("cropped",), 0.0125, (), decided(verdict))
        (line,) = list(chain_words(chain((made,)), {}))[1:]
        assert line.endswith(f"cropped ({said}, editor decided: why; by the evidence alone 1%)")


def test_what_the_machine_says_has_one() -> None:
    (line,) = list(chain_words(chain((Derivation("a", "b", True, (), 0.875, ()),)), {"a": "a.jpg"}))[1:]
    assert line == "  a.jpg → b  no change named (88%)"


def test_a_line_without_direction_says_what_its_share_is_of() -> None:
    (line,) = list(chain_words(chain((Derivation("a", "b", False, (), 0.03, ()),)), {"a": "a.jpg"}))[1:]
    assert line == "  a.jpg — b  no change named (direction undetermined; that b was made from a.jpg is 3% sure)"


def test_a_copy_of_one_of_two_photos_with_the_same_pixels_names_both() -> None:
    shared = (Evidence("same_pixels", False, 2.9957, "words"),)
    edge = Derivation("a", "b", True, ("cropped",), 0.475, shared, or_from=("c",))
    (line,) = list(chain_words(chain((edge,)), {"a": "a.jpg", "c": "a.png"}))[1:]
    assert line == "  a.jpg → b  cropped (95% from a.jpg or a.png, which have the same pixels; 48% from a.jpg)"


def test_findings_keep_their_order_and_many_of_one_rule_are_folded() -> None:
    grave = Finding("date_conflict", "Two dates.", ("p",))
    mild = [Finding("credited_source_never_seen_publishing", f"Source {number}.", ("p",)) for number in range(AT_ONCE + 2)]
    lines = list(chain_words(chain(findings=(grave, *mild)), {}))[1:]
    assert lines[0] == "  ▲ date_conflict: Two dates."
    assert len(lines) == 1 + AT_ONCE + 1
    assert lines[-1] == "  ▲ credited_source_never_seen_publishing: 2 more"


def test_a_search_that_found_nothing_is_told_with_the_chain() -> None:
    made = InquiryLine(PartialDate.parse("2026-11-20", "UTC"), "editor", "TinEye", "whole web", "a.jpg", ())
    found = InquiryLine(PartialDate.parse("2026-11-21", "UTC"), "editor", "an archive", "", "a.jpg", ("https://a.example/1",))
    lines = list(chain_words(chain(), {}, inquiries=(made, found)))[1:]
    assert lines == [
        "  editor looked for an earlier appearance in TinEye (whole web), 2026-11-20, and found nothing earlier",
        "  editor looked for an earlier appearance in an archive, 2026-11-21, and found 1",
    ]


def test_a_dismissed_finding_says_so() -> None:
    dismissed = ChainDecision("finding", ("mirrored", "p"), "dismissed", "why", "editor", "2026-01-01T00:00:00Z")
    lines = list(chain_words(chain(findings=(Finding("mirrored", "Mirrored.", ("p",), (), dismissed),)), {}))
    assert lines[1] == "  ▲ mirrored: Mirrored. (editor dismissed it: why)"


def test_a_confirmed_finding_says_who_and_why() -> None:
    confirmed = ChainDecision("finding", ("mirrored", "p"), "confirmed", "seen there", "editor", "2026-01-01T00:00:00Z")
    lines = list(chain_words(chain(findings=(Finding("mirrored", "Mirrored.", ("p",), (), confirmed),)), {}))
    assert lines[1] == "  ▲ mirrored: Mirrored. (editor confirmed it: seen there)"


def test_a_rejected_pair_is_named_with_who_said_so_and_why() -> None:
    made = Decision(("a", "c"), "reject", "another bridge", "editor", "2026-01-01T00:00:00Z")
    (line,) = list(chain_words(chain(), {"a": "a.jpg"}, rejected=(RejectedPair("a", "c", "c", made),)))[1:]
    assert line == "  a.jpg and c are no copies of one another, editor decided: another bridge"
