"""How well real credit lines are read: each line of two files with what it says and where it was printed.

`reference` is the page it was found on, or `made` for a line made after the usage that docs/credits.md describes. The lines of
held_out.csv were labelled before any of them was read, in rounds; docs/credits.md has the figures of each first run.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from catalog.credits.roles import SURE
from catalog.workflow.read_credits import read_line as read_credit


def rows_of(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS, HELD_OUT = rows_of("lines.csv"), rows_of("held_out.csv")
FOUND = [row for row in [*ROWS, *HELD_OUT] if not row["reference"].startswith("made")]


def expected_of(row: dict[str, str]) -> list[tuple[str, str]]:
    parties = [party.split("=", 1) for party in row["parties"].split(" | ") if party]
    return [(role, name) for role, name in parties]


def read_of(row: dict[str, str]) -> list[tuple[str, str]]:
    return [(party.role, party.name) for party in read_credit(row["line"]).parties]


def share(rows: list[dict[str, str]]) -> tuple[float, float]:
    """Return precision and recall of parties with the right role and the right name, which is the right span."""
    right = sum(len(set(expected_of(row)) & set(read_of(row))) for row in rows)
    return right / sum(len(read_of(row)) for row in rows), right / sum(len(expected_of(row)) for row in rows)


def test_the_lines_are_of_all_four_languages_and_most_were_found_in_print() -> None:
    languages = [row["language"] for row in FOUND]
    assert len(FOUND) >= 380
    assert languages.count("ru") + languages.count("uk") >= 150
    assert languages.count("ar") >= 65
    assert len(HELD_OUT) >= 190
    assert not {row["line"] for row in ROWS} & {row["line"] for row in HELD_OUT}


@pytest.mark.parametrize("language", ["en", "ru", "uk", "ar"])
def test_parties_have_the_right_role_and_span(language: str) -> None:
    precision, recall = share([row for row in ROWS if row["language"] == language])
    assert precision >= 0.97
    assert recall >= 0.97


def test_held_out_lines_are_read_nearly_as_well() -> None:
    precision, recall = share(HELD_OUT)
    assert precision >= 0.92
    assert recall >= 0.92


def test_names_of_agencies_are_right() -> None:
    read = [(role, name, row) for row in ROWS for role, name in read_of(row) if role in ("agency", "distributor")]
    right = sum((role, name) in expected_of(row) for role, name, row in read)
    assert right / len(read) >= 0.99


def test_spans_are_those_of_the_names() -> None:
    for row in [*ROWS, *HELD_OUT]:
        for party in read_credit(row["line"]).parties:
            assert row["line"][slice(*party.span)] == party.name


@pytest.mark.parametrize("row", [*ROWS, *HELD_OUT], ids=[row["line"][:40] for row in [*ROWS, *HELD_OUT]])
def test_no_line_is_lost_and_its_flags_and_identifiers_are_read(row: dict[str, str]) -> None:
    reading = read_credit(row["line"])
    assert set(reading.flags) == set(row["flags"].split())
    assert list(reading.identifiers) == row["identifiers"].split()
    assert reading.parties or reading.flags or reading.identifiers or reading.unread or not row["parties"]


def test_a_confident_reading_is_more_often_right_than_another() -> None:
    read = [(party, row) for row in ROWS for party in read_credit(row["line"]).parties]
    sure = [(party.role, party.name) in expected_of(row) for party, row in read if party.confidence >= SURE]
    assert sum(sure) / len(sure) >= 0.99
    assert len(sure) >= 0.85 * len(read)
