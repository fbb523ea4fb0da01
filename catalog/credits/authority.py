"""The shipped list of well-known sources, and finding one by a name or where words name one."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from catalog.credits.names import atoms_of, normalise_name, stem_of
from catalog.credits.resemblance import consonants, skeleton

KINDS = (
    "agency", "library", "ministry", "military", "service", "office", "organisation", "newspaper", "broadcaster", "site",
    "platform",
)  # fmt: skip
LANGUAGES = ("en", "ru", "uk", "ar")
# Names of fewer consonants sound as other words do: with four, "صورة جهاد", a picture of Jihad's, is heard as Getty Images. With
# five, nothing else is heard as an agency in the 2,486 captions and credit lines of tests/credits and tests/captions.
_HEARD_CONSONANTS = 5
_CUT_LETTERS = 12  # shorter beginnings are beginnings of too many names


@dataclass(frozen=True, slots=True)
class KnownSource:
    """Hold one row of `agencies.csv`: names in order of preference by language, domains, where it can be looked up."""

    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    domains: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """Hold that a run of words names a known source: `how` is exact, inflected or misspelt; `length` counts atoms."""

    source: KnownSource
    length: int
    how: str


@cache
def known_sources() -> tuple[KnownSource, ...]:
    """Return the shipped sources, in the order of the file."""
    text = files("catalog.credits").joinpath("agencies.csv").read_text("utf-8")
    return tuple(
        KnownSource(
            id=row["id"],
            kind=row["kind"],
            names=tuple((language, name) for language in LANGUAGES for name in row[language].split("|") if name),
            domains=tuple(domain for domain in row["domains"].split("|") if domain),
            reference=row["reference"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[tuple[str, ...], KnownSource]
    stems: dict[tuple[str, ...], KnownSource]
    misspelt: dict[str, KnownSource]
    longest: dict[str, int]
    normalised: dict[str, KnownSource]
    sorted_names: tuple[str, ...]
    heard: dict[str, KnownSource | None]
    first_heard: frozenset[str]


@cache
def _index() -> _Index:
    exact: dict[tuple[str, ...], KnownSource] = {}
    stems: dict[tuple[str, ...], KnownSource] = {}
    longest: dict[str, int] = {}
    normalised: dict[str, KnownSource] = {}
    for source in known_sources():
        for name in [*(name for _, name in source.names), *source.domains]:
            atoms = atoms_of(name)
            exact.setdefault(atoms, source)
            stemmed = tuple(stem_of(atom) for atom in atoms)
            stems.setdefault(stemmed, source)
            normalised.setdefault(normalise_name(name), source)
            for first in (atoms[0], stemmed[0]):
                longest[first] = max(longest.get(first, 0), len(atoms))
    # One wrong, missing, doubled or swapped letter in a name of one long word is still that name, as a suggestion.
    misspelt: dict[str, KnownSource] = {}
    for atoms, source in exact.items():
        if len(atoms) == 1 and len(atoms[0]) >= 6 and source.kind in ("agency", "library"):
            for wrong in _deletions(atoms[0]):
                misspelt.setdefault(wrong, source)
    heard: dict[str, KnownSource | None] = {}
    first_heard: set[str] = set()
    for source in known_sources():
        for _, name in source.names if source.kind in ("agency", "library") else ():
            sound = skeleton(name)
            if sound:
                # What two agencies' names sound like says neither.
                heard[sound] = source if heard.get(sound, source) is source else None
                first_heard.add(consonants(name.split()[0]))
    names = tuple(sorted(" ".join(atoms) for atoms in exact))
    return _Index(exact, stems, misspelt, longest, normalised, names, heard, frozenset(first_heard))


def sight(atoms: Sequence[str], start: int, *, is_last: bool = False) -> Sighting | None:
    """Find the longest known name that begins at an atom; costs no more than the longest name.

    `is_last` says that the line ends with these atoms: then a name may be cut off, as IIM cuts at 32 bytes (IIM 4.2, 2:110).
    """
    index = _index()
    first = atoms[start]
    if is_last and tuple(atoms[start:]) not in index.exact and (cut := _cut_off(tuple(atoms[start:]))):
        return Sighting(cut, len(atoms) - start, "misspelt")
    reach = max(index.longest.get(first, 0), index.longest.get(stem_of(first), 0))
    for length in range(min(reach, len(atoms) - start), 0, -1):
        run = tuple(atoms[start : start + length])
        if run in index.exact:
            return Sighting(index.exact[run], length, "exact")
        # Inflection is only believed in Cyrillic, and a single short word inflected is too often another word.
        stemmed = tuple(stem_of(atom) for atom in run)
        if stemmed != run and stemmed in index.stems:
            return Sighting(index.stems[stemmed], length, "inflected")
    near = suggest(first)
    return Sighting(near, 1, "misspelt") if near else None


@lru_cache(maxsize=4096)
def begins_as_heard(word: str) -> bool:
    """Tell whether the first word of an agency's name sounds as this word does."""
    return consonants(word) in _index().first_heard


def heard(words: Sequence[str]) -> KnownSource | None:
    """Return the agency or library a name of which these words spell as it sounds, "Асошиейтед прес"; None for none or two."""
    sound = skeleton(" ".join(words))
    return _index().heard.get(sound) if len(sound.partition(" ")[2]) >= _HEARD_CONSONANTS else None


def _cut_off(atoms: tuple[str, ...]) -> KnownSource | None:
    """Find the source of which a name begins with all these words and goes on; two words and twelve letters at least."""
    run = " ".join(atoms)
    if len(atoms) < 2 or len(run) < _CUT_LETTERS:
        return None
    names = _index().sorted_names
    place = bisect_left(names, run)
    if place < len(names) and names[place].startswith(run):
        return _index().exact[tuple(names[place].split(" "))]
    return None


def find_known(name: str) -> KnownSource | None:
    """Return the source one of whose names is this one after normalisation, or inflected in Russian or Ukrainian; else None."""
    index = _index()
    found = index.normalised.get(normalise_name(name))
    return found or index.stems.get(tuple(stem_of(atom) for atom in atoms_of(name)))


def suggest(atom: str) -> KnownSource | None:
    """Return the agency whose one-word name has one or two slips of the pen in this word of six letters or more, else None.

    Slips are those of the deletion neighbourhood (symmetric deletion, W. Garbe 2012): each word may lose one letter.
    """
    if len(atom) < 6:
        return None
    index = _index()
    if (atom,) in index.exact:
        return None
    found = {id(source): source for wrong in _deletions(atom) if (source := index.misspelt.get(wrong))}
    return next(iter(found.values())) if len(found) == 1 else None


def _deletions(atom: str) -> set[str]:
    if len(atom) > 40:
        return set()
    return {atom} | {atom[:place] + atom[place + 1 :] for place in range(len(atom))}
