"""What `credits parse` prints for people."""

from __future__ import annotations

from click.testing import CliRunner

from catalog.cli import catalog


def test_what_a_misspelt_name_resembles_is_printed_without_json_too() -> None:
    printed = CliRunner().invoke(catalog, ("credits", "parse", "Photo: Reuterz", "Photo: Reuters")).output.splitlines()
    assert "    resembles reuters; not taken for it" in printed
    assert sum("resembles" in line for line in printed) == 1
