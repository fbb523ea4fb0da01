"""One form of a name for all its spellings: case, marks, quotes, hamza, ё and legal forms make no difference."""

from __future__ import annotations

import re
import unicodedata

# Folding per letter: one letter in, at most one out, so that lengths and positions stay easy to reason about.
_FOLDS = str.maketrans(
    {
        "ё": "е", "ў": "у", "ґ": "г",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None,
    }
)  # fmt: skip
_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+", "inc ltd llc plc gmbh ag sa srl spa corp co ооо оао зао пао ао ип тов тзов прат дп нп ано гтрк муп гуп фгуп"
    )
)
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_ATOM = re.compile(r"[^\W_]+")
# Endings of Russian and Ukrainian nouns and adjectives, longest first; a word keeps at least four letters.
_CYRILLIC_ENDINGS = tuple(
    re.findall(
        r"\w+",
        "ами ями ого его ому ему ыми ими ої ою ею ией ієй ією иям ием ой ей ий ый ая яя ое ее ые ие ую юю их ых ым им ом ем ам "
        "ям ах ях ов ев ів єю ії ію ия ию ии ье ью а я о е ы и у ю ь й і ї є",
    )
)


def atoms_of(text: str) -> tuple[str, ...]:
    """Return the words of a text folded: no case, no vowel marks, one form a letter; hyphens, dots and quotes part words."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    # The breve of й is the one mark that tells letters apart; it is composed again before the marks go.
    folded = folded.replace("и\N{COMBINING BREVE}", "й").replace("і\N{COMBINING DIAERESIS}", "ї")
    folded = _APOSTROPHES.sub("", folded)
    bare = "".join(letter for letter in folded.translate(_FOLDS) if not unicodedata.combining(letter))
    return tuple(_ATOM.findall(bare))


def is_legal_form(word: str) -> bool:
    """Tell whether a word is the form of a company, as "Inc" or "LLC"."""
    return word.casefold() in _LEGAL_FORMS


def normalise_name(name: str) -> str:
    """Return the form in which two spellings of one name are equal: folded words without legal forms and a leading article.

    A name of nothing but such words keeps them; a name without letters is empty.
    """
    atoms = atoms_of(name)
    kept = tuple(atom for atom in atoms if atom not in _LEGAL_FORMS) or atoms
    if len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    return " ".join(kept)


def stem_of(atom: str) -> str:
    """Cut the case ending of a Cyrillic word of five letters or more; other words come back as they are."""
    if len(atom) < 5 or not "\u0400" <= atom[0] <= "\u04ff":
        return atom
    for ending in _CYRILLIC_ENDINGS:
        if atom.endswith(ending) and len(atom) - len(ending) >= 4:
            return atom[: -len(ending)]
    return atom
