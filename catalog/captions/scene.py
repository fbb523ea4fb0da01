"""What a caption shows, beside its claims: the words that carry it, and ideas that are the same in every language."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

from catalog.captions.calendar_words import fold_word
from catalog.captions.claims import credit_spans, is_background
from catalog.captions.words import NameIndex, Spans, index_names, sentences, words_in
from catalog.records.claims import Claim

_SMALL = frozenset(
    fold_word(word)
    for word in re.findall(
        r"\S+",
        "the of and in to for on with by from at is are was were as after during near an a who that this it his their "
        "its her he she they has "
        "have had been be being into over under up out about which while where when amid between among also said says say during "
        "и в во не на что как из о после для это при от его был была были он она они или со над под во время у с а но их "
        "её ее за до по "
        "та й що із зі з після для це від його був була були він вона вони або під час є у в на за до по їх її також "
        "في من على إلى عن مع بعد قبل خلال هذا هذه التي الذي كان كانت هو هي هم أن إن قد تم بين عند وقد كما ما لا أو جراء "
        "إثر نتيجة حيث "
        "photo photograph picture image file фото снимок світлина صورة الصورة city town village region province district "
        "город города городе село область области район местные месте місто місті місці село область області район года "
        "году року "
        "مدينة بلدة قرية محافظة حي منطقة ريف",
    )
)
# Ideas under which one picture is told in other words: a boy is a child to the next paper, and the dead are buried.
_THEMES = {"boy": "child", "girl": "child", "grave": "dead", "funeral": "dead"}
_STEMS_KEPT = 1 << 14
_STEMMED = 4000  # words looked at; captions are shorter


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold what a caption shows: ideas by id, stems of all words that carry something, and how many such words there are."""

    ideas: frozenset[str]
    stems: frozenset[str]
    length: int


@cache
def _ideas() -> NameIndex:
    rows = csv.DictReader(files("catalog.captions").joinpath("scenes.csv").read_text("utf-8").splitlines())
    return index_names(
        (form, row["id"])
        for row in rows
        for language in ("en", "ru", "uk", "ar")
        for name in row[language].split("|")
        for form in _forms(language, name)
    )


def _forms(language: str, name: str) -> tuple[str, ...]:
    """Return a name as it is listed and as it stands in texts: an English plural, an Arabic article; cases are the index's."""
    if language == "en":
        return name, f"{name}s"
    return (name, f"ال{name}") if language == "ar" and name and not name.startswith("ال") else (name,)


def read_scene(text: str, claims: Sequence[Claim]) -> Scene:
    """Read what a caption shows, without its credit, without sentences of background, without its dates and places."""
    credits = credit_spans(text)
    named = Spans(claim.span for claim in claims if claim.kind in ("date", "place"))
    ideas: set[str] = set()
    stems: list[str] = []
    for number, (start, end) in enumerate(sentences(text)):
        if number > 0 and is_background(text[start:end]):
            continue
        words = [
            word for word in words_in(text[start:end])
            if not credits.hold(word.start + start) and not named.hold(word.start + start) and word.kind != "sign"
        ]  # fmt: skip
        at = 0
        while at < len(words) and len(stems) < _STEMMED:
            length, meanings = _ideas().at(words, at) if words[at].kind == "word" else (0, [])
            ideas.update(_THEMES.get(idea, idea) for idea in meanings)
            stems += [_stem(word.fold) for word in words[at : at + max(1, length)] if word.fold not in _SMALL]
            at += max(1, length)
    return Scene(frozenset(ideas), frozenset(stems), len(stems))


@lru_cache(maxsize=_STEMS_KEPT)
def _stem(fold: str) -> str:
    if "a" <= fold[0] <= "z":
        return str(snowballstemmer.stemmer("english").stemWord(fold))
    if "\u0400" <= fold[0] <= "\u04ff":
        return str(snowballstemmer.stemmer("russian").stemWord(fold))
    if "\u0600" <= fold[0] <= "\u06ff":
        bare = fold[1:] if fold[0] in "وب" and len(fold) > 4 else fold
        return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
    return fold
