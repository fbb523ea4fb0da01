from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records.duplicates import DuplicateReport
from catalog.records.match import Decision
from catalog.records.provenance import ChainDecision, RejectedPair
from catalog.reports.duplicates_csv import COLUMNS, FORMULA_BEGINNINGS, DuplicatesCsv
from tests.reports.reported import FIRST, SECOND, attacked, group, publication, report

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=HYPERLINK(\"http://x\")",
    " =1+1", "=cmd|' /C calc'!A0",
]  # fmt: skip


def rows(made: DuplicateReport, byte_order_mark: bool = False) -> list[dict[str, str]]:
    stream = BytesIO()
    DuplicatesCsv(byte_order_mark).write(made, stream)
    codec = "utf-8-sig" if byte_order_mark else "utf-8"
    return list(csv.DictReader(StringIO(stream.getvalue().decode(codec), newline="")))


def test_one_row_is_one_photo_and_publication() -> None:
    first, second = rows(report(group()))
    assert (first["photo"], second["photo"]) == (FIRST, SECOND)
    assert (first["caption"], first["caption_language"]) == ("Ruins of eastern Aleppo", "en")
    assert first["credit_line"] == "Russian Ministry of Defense"
    assert first["parties"] == "issuer: Russian Ministry of Defense"
    assert (first["matched_photo"], first["relation"], first["changes"]) == (SECOND, "copy", "cropped mirrored")
    assert (first["published_at"], first["published_earliest"]) == ("2017-01-02T10:00+03:00", "2017-01-02T07:00:00Z")
    assert second["caption"] == "حلب اليوم: أنقاض بعد القصف"
    assert second["made_safe"] == ""


def test_what_people_decided_about_a_derivation_is_told_of_both_photos() -> None:
    reported = group()
    assert [row["derivation_decisions"] for row in rows(report(reported))] == ["", ""]
    assert reported.chain is not None
    made = ChainDecision("derivation", (FIRST, SECOND), "not_made_from", "the shadows differ", "ann", "2026-01-02T03:04:05Z")
    judged = replace(reported.chain, derivations=(replace(reported.chain.derivations[0], decision=made),))
    told = f"{SECOND} not_made_from {FIRST}, ann: the shadows differ"
    assert [row["derivation_decisions"] for row in rows(report(replace(reported, chain=judged)))] == [told, told]


def test_a_rejected_pair_is_told_of_both_photos() -> None:
    made = Decision((FIRST, "f" * 64), "reject", "another bridge", "ann", "2026-01-02T03:04:05Z")
    first, second = rows(report(replace(group(), rejected=(RejectedPair(FIRST, "f" * 64, "f" * 64, made),))))
    assert (first["rejected_pairs"], second["rejected_pairs"]) == ("f" * 64 + ", ann: another bridge", "")
    inside = replace(made, photos=(FIRST, SECOND))
    both = rows(report(replace(group(), rejected=(RejectedPair(FIRST, SECOND, FIRST, inside),))))
    assert [row["rejected_pairs"][:64] for row in both] == [SECOND, FIRST]


def test_a_copy_stands_before_another_frame_that_a_person_named(  # a person's word is sure, and no match
) -> None:
    reported = group()
    frame = replace(reported.matches[0], reference="f" * 64, relation="same_scene", state="accepted", score=1.0)
    (row, *_) = rows(report(replace(reported, matches=(frame, *reported.matches))))
    assert (row["matched_photo"], row["relation"]) == (SECOND, "copy")


def test_a_photo_nobody_published_has_a_row() -> None:
    only_first = group(publication())
    assert [(row["photo"], row["publication"]) for row in rows(report(only_first))] == [(FIRST, "publication-1"), (SECOND, "")]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula_and_the_row_says_what_was_changed(text: str) -> None:
    for row in rows(attacked(text)):
        assert not [name for name, cell in row.items() if cell.startswith(FORMULA_BEGINNINGS)]
        changed = set(row["made_safe"].split())
        assert "path" in changed
        assert changed == {name for name in COLUMNS if row[name].startswith("'")}


@given(st.text())
def test_any_text_is_made_safe_and_stays_one_row(text: str) -> None:
    found = rows(report(group(publication(caption=text))))
    assert len(found) == 2
    assert not found[0]["caption"].startswith(FORMULA_BEGINNINGS)
    assert None not in found[0]


def test_the_byte_order_mark_is_a_choice() -> None:
    assert rows(report(group()), byte_order_mark=True) == rows(report(group()))
    for writer, mark in ((DuplicatesCsv(), "\ufeff"), (DuplicatesCsv(byte_order_mark=False), "")):
        stream = BytesIO()
        writer.write(report(), stream)
        assert stream.getvalue().decode() == mark + ",".join(COLUMNS) + "\r\n"
