from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.metadata.charset import is_utf8, legacy_codec, undeclared_codecs
from catalog.records.text import LEGACY_CODECS
from tests.growth import is_linear

# Captions, credit lines and single names as agencies and sites write them; short ones on purpose.
SAMPLES = {
    "cp1251": [
        "Развалины восточного Алеппо", "Фото: Министерство обороны РФ", "АЛЕППО, СИРИЯ", "Руїни східного Алеппо", "Аня", "ТАСС",
        "Фото: Міністерство оборони України", "Москва", "© РИА Новости", "(AP Photo/Иван Петров)", "Киев", "КИЇВ, УКРАЇНА",
        "Сергей Щербаков — фотограф", "г. Алеппо, 2 января 2017", "Скриншот из видео на YouTube", "Архивное фото", "Ґанок і їжак",
    ],
    "cp1256": [
        "أنقاض شرق حلب بعد القصف", "تصوير: وكالة سانا", "حلب", "وزارة الدفاع الروسية", "رويترز", "(رويترز/محمد)", "صورة أرشيفية",
        "دمشق - سوريا، 5 آذار 2019", "محمد", "المرصد السوري لحقوق الإنسان", "AFP / خليل عاشور", "عدسة شاب دمشقي",
    ],
    "cp1252": [
        "Les ruines de l'est d'Alep, été 2016", "Café", "© Agence France-Presse – “photo”", "Zürich: Größe", "São Paulo",
        "Müller", "François Hollande à l’Élysée", "Señor Núñez", "ÉTÉ", "déjà vu", "ÖSTERREICH", "Crédit photo: Éric",
        "élève créée",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("codec", "text"), [(codec, text) for codec, texts in SAMPLES.items() for text in texts], ids=lambda part: part[:20]
)
def test_undeclared_text_is_read_with_the_codec_it_was_written_in(codec: str, text: str) -> None:
    assert undeclared_codecs([text.encode(codec)]) == (codec,)


@pytest.mark.parametrize("text", [text for texts in SAMPLES.values() for text in texts])
def test_utf8_is_never_taken_for_a_code_page(text: str) -> None:
    assert undeclared_codecs([text.encode()]) == ("utf-8",)


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x80), min_size=2), st.integers(1, 3))
def test_utf8_cut_inside_its_last_character_is_still_utf8(text: str, cut: int) -> None:
    raw = text.encode()
    last = len(text[-1].encode())
    assert is_utf8(raw[: len(raw) - min(cut, last - 1)])


def test_a_last_letter_of_a_code_page_is_not_taken_for_a_cut() -> None:
    assert undeclared_codecs(["Café".encode("cp1252")]) == ("cp1252",)


def test_a_short_text_is_decided_by_its_neighbours_in_the_block() -> None:
    name, caption = "Ян".encode("cp1251"), "Развалины восточного Алеппо".encode("cp1251")
    assert undeclared_codecs([caption, b"Wire", name]) == ("cp1251", "utf-8", "cp1251")


def test_what_means_the_same_in_every_code_page_is_read_as_cp1252() -> None:
    assert legacy_codec(["“Wire” – 2017".encode("cp1252")]) == "cp1252"


@given(st.lists(st.binary(max_size=60)))
def test_every_text_gets_a_codec_that_is_utf8_or_one_of_the_code_pages(texts: list[bytes]) -> None:
    codecs = undeclared_codecs(texts)
    assert len(codecs) == len(texts)
    assert set(codecs) <= {"utf-8", *LEGACY_CODECS}


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    def work_on(letters: int) -> Callable[[], object]:
        text = bytes(range(0x80, 0x100)) * (letters // 0x80)
        return lambda: undeclared_codecs([text] * 5)

    assert is_linear(work_on, 256_000)
