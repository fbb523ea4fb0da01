"""The language and the writing direction of one text: declared first, then by its letters, then by its small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

# Fewer letters than this are a name or an abbreviation; tests/captions/languages.csv has the texts on both sides of it.
MIN_LETTERS = 12
# Letters beyond this change nothing and would cost time on a hostile text.
_MAX_CHARACTERS = 4096
# RFC 5646 §2.1: a primary subtag of two or three letters and further subtags; `c` and `x-default` are no languages.
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_NO_LANGUAGES = frozenset({"und", "mis", "mul", "zxx", "xx", "xxx"})
_SCRIPT_CODES = {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "LATIN": "Latn"}
_RTL_SCRIPTS = frozenset({"ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO"})
_RTL_LANGUAGES = frozenset({"ar", "fa", "ur", "he", "iw", "yi", "ps", "ckb", "sd", "ug", "dv", "syr", "arc"})
# Letters of CLDR's exemplar sets that no neighbour in the script has: one is enough.
_OWN_LETTERS = {
    "CYRILLIC": {"be": "ў", "kk": "әғқңұһ", "mk": "ѓќѕ", "sr": "ђћџљњј"},
    "ARABIC": {"ckb": "ڕڵۆێ", "ur": "ٹڈڑںے"},
}
# Letters that one of two large languages has and the other has not: the more of them, the surer. A name in the other
# language must not decide, so twice as many are asked for.
_TELLING_LETTERS = {
    "CYRILLIC": {"uk": "іїєґ", "ru": "ыэъё"},
    "ARABIC": {"fa": "پچژگیک", "ar": "ةىكيأإؤئ"},
}
# The commonest small words; each stands in the list of one language only.
_SMALL_WORDS = {
    "CYRILLIC": {
        "ru": "и в во не на что как из о после для это при от его был была были он она они или со над под во время",
        "uk": "та й в на що як із зі з після для це при від його був була були він вона вони або над під час є",
    },
    "LATIN": {
        "en": "the of and in to for on with by from at is are was were as after during near an a who that this it his their",
        "de": "der die das und ist von mit den dem ein eine nach bei auf zu im für nicht sich am",
        "fr": "le la les des et est du une dans sur pour par avec au aux après en ce qui un",
        "es": "el los las y del una en con por para que al tras durante su se un de",
        "it": "il gli che di della nel con per una sono dopo alla dei delle un",
        "pt": "os uma do da em com por para que após ao nos das dos um",
        "tr": "ve bir bu için ile da de sonra olarak çok olan",
        "pl": "i w na z po się do przez nie że jest od oraz",
    },
}
_SETS = {script: {name: frozenset(words.split()) for name, words in lists.items()} for script, lists in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class LanguageReading:
    """Hold a language as BCP 47 or None, a direction (`ltr`, `rtl`, `auto`) and how it was found (declared, script, unknown)."""

    language: str | None
    direction: str
    how: str


def language_of(text: str, declared: str | None = None) -> LanguageReading:
    """Tell the language and direction of a text.

    A declared language is believed when it is a language tag. Else the script decides where one language alone writes so, and
    small words where several do; Latin text is called English only when English words outnumber those of its neighbours.
    The direction is that of most letters; a text without letters has that of its declared language, else `auto`. Text of
    fewer than MIN_LETTERS letters has no language of its own.
    """
    scripts = _scripts(text[:_MAX_CHARACTERS])
    tag = _tag(declared)
    direction = _direction(scripts, tag)
    if tag is not None:
        return LanguageReading(tag, direction, "declared")
    found = None
    if scripts and scripts.total() >= MIN_LETTERS:
        script, letters = scripts.most_common(1)[0]
        # A caption in two scripts has no one language.
        if letters * 3 >= scripts.total() * 2:
            found = _by_letters(text[:_MAX_CHARACTERS].casefold(), script)
    return LanguageReading(found, direction, "script" if found else "unknown")


def script_of(text: str) -> str:
    """Return the tag of an undetermined language in the script of most letters, `und` alone where we name none (ISO 15924)."""
    scripts = _scripts(text[:_MAX_CHARACTERS])
    most = scripts.most_common(1)[0][0] if scripts else ""
    return f"und-{_SCRIPT_CODES[most]}" if most in _SCRIPT_CODES else "und"


def _tag(declared: str | None) -> str | None:
    tag = (declared or "").strip()
    if not _TAG.fullmatch(tag) or tag.split("-")[0].casefold() in _NO_LANGUAGES:
        return None
    return tag.replace("_", "-")


def _scripts(text: str) -> Counter[str]:
    return Counter(unicodedata.name(letter, "").split(" ", 1)[0] for letter in text if letter.isalpha())


def _direction(scripts: Counter[str], tag: str | None) -> str:
    right = sum(count for script, count in scripts.items() if script in _RTL_SCRIPTS)
    if scripts:
        return "rtl" if 2 * right > scripts.total() else "ltr"
    if tag is None:
        return "auto"
    return "rtl" if tag.split("-")[0].casefold() in _RTL_LANGUAGES else "ltr"


def _by_letters(text: str, script: str) -> str | None:
    if script == "HEBREW":
        return "he"
    for language, letters in _OWN_LETTERS.get(script, {}).items():
        if any(letter in text for letter in letters):
            return language
    counts = {name: sum(map(text.count, letters)) for name, letters in _TELLING_LETTERS.get(script, {}).items()}
    ranked = sorted(counts, key=counts.__getitem__, reverse=True)
    if ranked and counts[ranked[0]] and counts[ranked[1]] * 2 <= counts[ranked[0]]:
        return ranked[0]
    if script == "ARABIC":
        return "ar"
    return _by_small_words(text, script)


def _by_small_words(text: str, script: str) -> str | None:
    words = Counter(_WORD.findall(text))
    scores = {
        language: sum(times for word, times in words.items() if word in small)
        for language, small in _SETS.get(script, {}).items()
    }
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    language, hits = ranked[0]
    if script == "LATIN":
        return "en" if language == "en" and hits >= 2 else None
    return language
