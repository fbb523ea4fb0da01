from __future__ import annotations

from pathlib import Path

import pytest

from catalog.workflow.catalogue import Catalogue
from catalog.workflow.name_sources import named_sources, suggested_sources
from tests.gallery.stories import tell


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder: Path = tmp_path_factory.mktemp("named")
    return tell(folder / "instance").catalogue


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("рейтер", [("рейтер", "reuters", "Reuters")]),
        ("رويترز حلب", [("رويترز", "reuters", "Reuters")]),
        ("Алеппо рейтер МЧС", [("рейтер", "reuters", "Reuters"), ("МЧС", "russia-mchs", "Russian Emergencies Ministry")]),
        ("Agence France-Presse ruins", [("Agence France-Presse", "afp", "AFP")]),
        ("ruins of a house", []),
        ("Retuers", []),
        ("", []),
        ("« — »", []),
    ],
)
def test_words_that_name_a_source_in_any_script_are_taken_for_it(
    catalogue: Catalogue, text: str, named: list[tuple[str, str, str]]
) -> None:
    assert [(one.words, one.source, one.name) for one in named_sources(catalogue, text)] == named


@pytest.mark.parametrize(("text", "suggested"), [("Retuers", ["Reuters"]), ("Royters", ["Reuters"]), ("", []), ("ruins", [])])
def test_what_only_resembles_a_name_is_suggested(catalogue: Catalogue, text: str, suggested: list[str]) -> None:
    assert [one.name for one in suggested_sources(catalogue, text)] == suggested
