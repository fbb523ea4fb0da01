"""What `credits parse` prints for people."""

from __future__ import annotations

from click.testing import CliRunner

from catalog.cli import catalog


def test_the_two_readings_of_a_line_are_told_apart() -> None:
    printed = CliRunner().invoke(catalog, ("credits", "parse", "Smith/Jones")).output.splitlines()
    assert printed[1:] == [
        "  creator: Smith (0.50, in reading 1 of two)",
        "  agency: Smith (0.50, in reading 2 of two)",
        "  agency: Jones (0.50, in reading 1 of two)",
        "  creator: Jones (0.30, in reading 2 of two)",
    ]


def test_what_a_misspelt_name_resembles_is_printed_without_json_too() -> None:
    printed = CliRunner().invoke(catalog, ("credits", "parse", "Photo: Reuterz", "Photo: Reuters")).output.splitlines()
    assert "    resembles reuters; not taken for it" in printed
    assert sum("resembles" in line for line in printed) == 1
