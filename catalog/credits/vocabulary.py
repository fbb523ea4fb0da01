"""The words that are grammar in a credit line, by what they do; they stand in `vocabulary.csv`.

Roles of phrases: `creator`, `photo`, `source` are labels before a name, `writing` is one before whoever wrote the text; `via`,
`for`, `courtesy`, `released`, `screenshot`, `from` say how the next name is related; `handout`, `archive`, `editorial_use_only`,
`mandatory_credit`, `illustration` are flags; `copyright` is the word for the sign; `empty` names nobody; `terms` are of use;
`caption` is a label of captions; `and` joins. Roles of words: `issuing_word` and `publishing_word` make an unknown name an
organisation that hands out or one that publishes; `particle` stands in small letters inside names of people; `date_word` may be
in a date; `calling_word` says what somebody is, before the name.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from catalog.credits.names import atoms_of, stem_of

_WORD_ROLES = ("issuing_word", "publishing_word", "particle", "date_word", "calling_word")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    text = files("catalog.credits").joinpath("vocabulary.csv").read_text("utf-8")
    return tuple((row["role"], phrase) for row in csv.DictReader(text.splitlines()) for phrase in row["phrases"].split("|"))


@cache
def _stems_of(role: str) -> frozenset[str]:
    return frozenset(stem_of(atom) for own, phrase in _rows() if own == role for atom in atoms_of(phrase))


@lru_cache(maxsize=4096)
def is_word_of(atom: str, role: str) -> bool:
    """Tell whether a folded word, in any Russian or Ukrainian case, or with the Arabic "for the", is one of a role's words."""
    return stem_of(atom) in _stems_of(role) or (
        atom.startswith("لل") and not _stems_of(role).isdisjoint((atom[2:], "ال" + atom[2:]))
    )


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Return what every phrase of the grammar does, by its folded words."""
    return {atoms_of(phrase): role for role, phrase in _rows() if role not in _WORD_ROLES}


@cache
def _longest() -> dict[str, int]:
    longest: dict[str, int] = {}
    for atoms in phrases():
        longest[atoms[0]] = max(longest.get(atoms[0], 0), len(atoms))
    return longest


def grammar_of(atoms: Sequence[str], start: int) -> tuple[str, int] | None:
    """Find the longest phrase of the vocabulary that begins at an atom: what it does and how many atoms it has.

    The Arabic "and" is written as one word with what it joins: "والصورة" is "الصورة" too.
    """
    for first in (atoms[start], atoms[start].removeprefix("و")):
        for length in range(min(_longest().get(first, 0), len(atoms) - start), 0, -1):
            role = phrases().get((first, *atoms[start + 1 : start + length]))
            if role:
                return role, length
    return None
