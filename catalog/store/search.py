"""How text becomes findable: one normaliser and one set of word forms, shared by the writer of the indexes and by queries.

Two indexes hold each photo's captions and credits. `photo_words` holds word forms (folded, stemmed), so that an inflected word
finds its sisters. `photo_letters` holds folded text cut in trigrams, so that any part of a word is found in every script. A
query asks both and takes all answers: what one stemmer gets wrong, the letters still find.
"""

from __future__ import annotations

import re
import threading
import unicodedata

import snowballstemmer

SEARCH_TEXT_VERSION = 2
TRIGRAM = 3  # SQLite's trigram tokenizer finds nothing shorter (sqlite.org/fts5.html §4.3.4)
MAX_QUERY_WORDS = 16  # an address can hold thousands of words; each one is an index look-up
_WORD = re.compile(r"[^\W_]+")
_ARABIC_MARKS = re.compile("[\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
_FOLDED = str.maketrans({
    "ё": "е",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
})  # fmt: skip
# Light stemming of Arabic after Larkey, Ballesteros & Connell, "Light stemming for Arabic information retrieval" (2007), table
# light10: articles with their one-letter conjunctions and prepositions, then endings, as long as two letters stay.
_ARABIC_ARTICLES = ("وال", "فال", "بال", "كال", "ال", "لل")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# Snowball has no Ukrainian. Case endings of Ukrainian nouns and adjectives, longest first, and then the suffix before them, as
# long as three letters stay: "Харкові", "Харкова" and "Харків" meet in "харк".
_UKRAINIAN_ENDINGS = (
    "еем", "еям", "еях", "еев", "ові", "еві", "єві", "ами", "ями", "ого", "ому", "ими", "іми", "ої", "ою", "ею", "єю", "ів", "їв",
    "ея", "ее", "еи", "ей", "ам", "ям", "ах", "ях", "ом", "ем", "єм", "ий", "ій", "их", "іх", "им", "ім", "у", "ю", "а", "я", "о",
    "е", "є", "и", "і", "ї", "ь",
)  # fmt: skip
_UKRAINIAN_SUFFIXES = ("ов", "ев", "єв", "ів", "їв")
# A closed syllable has і where the open one has о or є: "міст, мосту", "Київ, Києва"; "жінок" has a vowel that "жінка" lacks.
_CLOSED = (re.compile("і(?=[^аеєиіїоуюя]{1,2}$)"), re.compile("ї(?=[^аеєиіїоуюя]{1,2}$)"))
_FLEETING = re.compile("(?<=[^аеєиіїоуюя])[ое](?=к$)")
_STEMMERS = {"cyrillic": "russian", "arabic": "arabic", "latin": "english"}
_local = threading.local()


def words_of(text: str) -> str:
    """Return every form of every word of a text, parted by spaces, for the index of words."""
    return " ".join(form for word in _words(text) for form in _forms(word))


def letters_of(text: str) -> str:
    """Return the folded words of a text, parted by spaces, for the index of letters."""
    return " ".join(_words(text))


def query_words(text: str) -> str | None:
    """Return the FTS5 query that asks the index of words for all words of a text; None when it holds no word.

    Every form is quoted, so nothing a reader types is query syntax. Words after the sixteenth are left out.
    """
    groups = [" OR ".join(f'"{form}"' for form in _forms(word)) for word in _words(text)[:MAX_QUERY_WORDS]]
    return " AND ".join(f"({group})" for group in groups) or None


def query_letters(text: str) -> str | None:
    """Return the FTS5 query that asks the index of letters for all words of a text as parts of words.

    An Arabic article is left off, since the text may lack it. Words shorter than three letters cannot be asked for; they make
    the answer None, because leaving them out would answer another question.
    """
    words = [_without_article(word) for word in _words(text)[:MAX_QUERY_WORDS]]
    if not words or any(len(word) < TRIGRAM for word in words):
        return None
    return " AND ".join(f'"{word}"' for word in words)


class AskedWords:
    """Hold the words of a query, to tell which texts hold them and where."""

    def __init__(self, query: str) -> None:
        """Fold and stem the words once; words after the sixteenth are left out."""
        words = _words(query)[:MAX_QUERY_WORDS]
        self._forms = [frozenset(_forms(word)) for word in words]
        self._letters = [_without_article(word) for word in words]

    def held_by(self, text: str) -> int:
        """Return how many of the words a text holds, by any of their forms inside its words; a glance, not the index's answer."""
        folded = _folded(text)
        return sum(
            1
            for forms, letters in zip(self._forms, self._letters, strict=True)
            if letters in folded or any(len(form) >= TRIGRAM and form in folded for form in forms)
        )

    def spans_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the half-open spans of the words of a text that are one of the words in another form, or hold one as a part."""
        return tuple(match.span() for match in _WORD.finditer(text) if any(self._is_asked(word) for word in _words(match[0])))

    def _is_asked(self, word: str) -> bool:
        own = frozenset(_forms(word))
        return any(
            not forms.isdisjoint(own) or (len(letters) >= TRIGRAM and letters in word)
            for forms, letters in zip(self._forms, self._letters, strict=True)
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return "".join(_folded_letter(letter) for letter in plain.translate(_FOLDED))


def _folded_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    # Latin accents are ornaments to a searcher; й, ї and і are letters of their own and stay.
    if _script(letter) == "latin":
        return unicodedata.normalize("NFKD", letter)[0]
    return letter


def _forms(word: str) -> list[str]:
    """Return the word itself and its stems, each once, in a fixed order."""
    script = _script(word[0])
    found = [word]
    if script in _STEMMERS:
        found.append(_stemmer(_STEMMERS[script]).stemWord(word))
    if script == "arabic":
        found.append(_arabic_stem(word))
    if script == "cyrillic":
        found += _ukrainian_stems(word)
    return list(dict.fromkeys(form for form in found if form))


def _script(letter: str) -> str:
    code = ord(letter)
    if 0x0400 <= code <= 0x052F:
        return "cyrillic"
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F:
        return "arabic"
    return "latin" if unicodedata.name(letter, "").startswith("LATIN") else "other"


def _stemmer(language: str) -> snowballstemmer.stemmer:
    # A Snowball stemmer keeps the word it works on in itself, so each thread needs its own.
    stemmers: dict[str, snowballstemmer.stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(language)
    return stemmers[language]


def _arabic_stem(word: str) -> str:
    stem = _without_article(word)
    if stem.startswith("و") and len(stem) > 3:
        stem = stem[1:]
    while ending := next((end for end in _ARABIC_ENDINGS if stem.endswith(end) and len(stem) - len(end) >= 3), None):
        stem = stem.removesuffix(ending)
    return stem


def _ukrainian_stems(word: str) -> list[str]:
    """Return the word without its case ending, and of a word without one the form that the other cases have."""
    ending = next((end for end in _UKRAINIAN_ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
    stem = word.removesuffix(ending)
    suffix = next((end for end in _UKRAINIAN_SUFFIXES if stem.endswith(end) and len(stem) - len(end) >= 3), "")
    stem = stem.removesuffix(suffix)
    if ending:
        return [stem]
    return [stem, _CLOSED[0].sub("о", stem), _CLOSED[1].sub("є", stem), _FLEETING.sub("", stem)]


def _without_article(word: str) -> str:
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= TRIGRAM:
            return word.removeprefix(article)
    return word
