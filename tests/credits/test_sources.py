from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.credits.authority import KINDS, find_known, known_sources, suggest
from catalog.credits.names import atoms_of, normalise_name
from catalog.credits.sources import source_id
from catalog.credits.vocabulary import phrases


def test_the_authority_has_names_in_four_languages_and_a_reference_each() -> None:
    sources = known_sources()
    assert len(sources) >= 150
    assert len({source.id for source in sources}) == len(sources)
    for source in sources:
        assert source.kind in KINDS
        assert source.names
        assert urlsplit(source.reference).scheme in {"http", "https"}
        assert re.fullmatch(r"[a-z0-9-]+", source.id)
        assert not source.id.startswith("name-")
    for language, least in (("en", 150), ("ru", 100), ("uk", 80), ("ar", 100)):
        assert sum(1 for source in sources if any(own == language for own, _ in source.names)) >= least


def test_no_name_belongs_to_two_sources() -> None:
    owners: dict[str, str] = {}
    for source in known_sources():
        for _, name in source.names:
            assert owners.setdefault(normalise_name(name), source.id) == source.id, name


def test_no_phrase_of_the_grammar_is_a_name() -> None:
    names = {atoms_of(name) for source in known_sources() for _, name in source.names}
    assert not names & set(phrases())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("REUTERS", "reuters"), ("رويترز", "reuters"), ("Рейтер", "reuters"), ("reuters.com", "reuters"),
        ("GettyImages", "getty"), ("«Новая газета»", "novaya-gazeta"), ("the Associated Press", "ap"),
        ("Новая газета Европа", "novaya-gazeta-europe"), ("APA Images", "apa-images"),
        ("КСИР", "iran-irgc"), ("الجيش الإيراني", "iran-army"),
        ("The Moscow Times", "moscow-times"),
        ("أ.ف.ب", "afp"), ("أ ف ب", "afp"), ("ا ف ب", "afp"), ("الأناضول", "anadolu"), ("الاناضول", "anadolu"),
        ("Минобороны России", "russia-mod"), ("Минобороной России", "russia-mod"), ("Министерством обороны РФ", "russia-mod"),
        ("Russian Ministry of Defense", "russia-mod"), ("Міноборони", "ukraine-mod"),
    ],
)  # fmt: skip
def test_names_in_every_script_lead_to_the_known_source(name: str, expected: str) -> None:
    assert source_id(name) == expected


def test_case_quotes_legal_forms_and_marks_make_no_difference_to_an_unknown_name() -> None:
    names = ["ООО «Вечёрний вестник»", "вечерний ВЕСТНИК", '"Вечерний Вестник"', "Вечерний-вестник"]
    assert len({source_id(name) for name in names}) == 1
    assert re.fullmatch(r"name-[0-9a-f]{16}", source_id(names[0]))
    assert source_id("صحيفة المُدُن") == source_id("صحيفة المدن")
    assert source_id("Вечерний вестник") != source_id("Утренний вестник")


def test_the_id_of_an_unknown_name_is_pinned() -> None:
    assert source_id("Evening Herald") == "name-2dbdb3433298ed52"


def test_a_misspelt_name_is_suggested_and_never_resolved() -> None:
    for wrong in ("retuers", "reuetrs", "reuterss", "anadoly"):
        assert find_known(wrong) is None
        assert source_id(wrong).startswith("name-")
        assert suggest(wrong) is not None
    assert suggest("herald") is None


@given(st.text(st.characters(codec="utf-8")))
def test_an_id_is_stable_under_normalisation(name: str) -> None:
    assert normalise_name(normalise_name(name)) == normalise_name(name)
    assert source_id(name) == source_id(name)
    if normalise_name(name) and not name.strip().startswith("@"):  # a handle keeps its sign
        assert source_id(normalise_name(name)) == source_id(name)


def test_a_handle_is_another_name_than_the_words_it_is_made_of() -> None:
    assert source_id("@kharkiv_live") != source_id("Kharkiv Live")
    assert source_id("@Kharkiv_Live ") == source_id("@kharkiv_live")
    assert source_id("@reuters").startswith("name-")


def test_a_service_of_maps_is_not_taken_for_another() -> None:
    assert source_id("Google Street View") == "google-street-view"
    assert source_id("Google Earth") == "google-earth"
    assert source_id("Яндекс.Карты").startswith("name-")
