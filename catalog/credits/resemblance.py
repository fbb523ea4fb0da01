"""When a name resembles another: one slip of the pen, the same sounds in another script, or a handle of the same letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.credits.names import normalise_name

# Shorter names resemble too many others: of the shipped names, 9 pairs of different sources lie one slip apart below six letters.
MIN_LETTERS = 6
# The skeletons of shorter words are shared by many: "рус" and "روس" have two letters.
MIN_SKELETON = 4
_MAX_LETTERS = 60
# Where the words of a handle part: at its signs, and where a capital follows a small letter.
_HANDLE_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^a-zA-Z0-9]+")
_JOINTS = ("_", "", ".", "-")
# Cyrillic after BGN/PCGN 1947 (Russian) and KMU 55 (Ukrainian), Arabic after ALA-LC 2012, both without marks; what they write in
# several ways is written in one here.
_LATIN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "u", "я": "a", "і": "i", "ї": "i", "є": "e",
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "h", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "", "پ": "p", "چ": "ch", "گ": "g", "ڤ": "v",
})  # fmt: skip
_ARTICLES = frozenset({"al", "el", "the", "аль", "ал", "эль", "ель"})
# Letters that transliterations exchange for one another become one; vowels go, as Arabic does not write all of them.
_SOUNDS = (
    ("dj", "j"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("ts", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("kh", "h"),
    ("gh", "g"),
    ("x", "ks"),
)
_ONE_SOUND = str.maketrans({
    "q": "k", "c": "k", "z": "s", "j": "g", "w": "v", "v": "f", "b": "p", "d": "t", "a": None, "e": None, "i": None, "o": None,
    "u": None, "y": None, "h": None, " ": None,
})  # fmt: skip


def slips(name: str) -> Iterator[str]:
    """Yield the normalised name and every form of it that lacks one letter, none for a name that is too short or too long.

    Two names that share a form are at most one wrong, missing, added or swapped letter apart, or two such slips where one letter
    was exchanged (symmetric deletion, W. Garbe 2012).
    """
    folded = normalise_name(name)
    if MIN_LETTERS <= len(folded) <= _MAX_LETTERS:
        yield folded
        for place in range(len(folded)):
            yield folded[:place] + folded[place + 1 :]


def handle_forms(name: str) -> tuple[str, ...]:
    """Return the handles that the words of a name make, or the words that a handle is made of: "Kharkiv Live", "@kharkiv_live".

    None for a name in another script than that of handles, and for one too short or too long to tell anything.
    """
    bare = name.strip()
    if bare.startswith("@"):
        parts = _HANDLE_PARTS.split(bare[1:])
        forms = {" ".join(parts), "".join(parts)}
    else:
        atoms = normalise_name(bare).split()
        forms = {"@" + joint.join(atoms) for joint in _JOINTS}
    fits = bare.isascii() and MIN_LETTERS <= len(normalise_name(bare)) <= _MAX_LETTERS
    return tuple(sorted(forms)) if fits else ()


def skeleton(name: str) -> str:
    """Return how many words a name has and their consonants as they sound, one form for Latin, Cyrillic and Arabic.

    "" for fewer than four consonants. Words are counted without articles: «محمد حسن», two words, has the consonants of
    "Mediazona".
    """
    words = normalise_name(name[:_MAX_LETTERS]).split()
    single = consonants(" ".join(words))
    count = sum(word not in _ARTICLES for word in words)
    return f"{count} {single}" if len(single) >= MIN_SKELETON else ""


def consonants(name: str) -> str:
    """Return the consonants of a name as they sound, one for each that is written twice."""
    sounds = normalise_name(name[:_MAX_LETTERS]).translate(_LATIN)
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    sounds = sounds.translate(_ONE_SOUND)
    return "".join(sound for place, sound in enumerate(sounds) if place == 0 or sounds[place - 1] != sound)


def script_of(name: str) -> str:
    """Return the script of a name's first letter: `cyrillic`, `arabic` or `other`."""
    first = next((letter for letter in name if letter.isalpha()), "")
    return "cyrillic" if "\u0400" <= first <= "\u04ff" else "arabic" if "\u0600" <= first <= "\u06ff" else "other"
