"""A text as words with their places, and the forms under which a word may be looked up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.captions.calendar_words import fold_word

MAX_CHARACTERS = 64 * 1024
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
# A capital and a digit after a hyphen belong to a name of a weapon: "T-72", "Су-24", "С-300".
_WORD = re.compile(
    rf"(?P<mixed>[A-ZА-ЯІЇЄ][A-Za-zА-яіїє]{{0,3}}-?\d+)|(?P<number>\d{{1,3}}(?:[.,\u066c \u00a0]\d{{3}}(?!\d))+|\d+)"
    rf"|(?P<word>[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_{_MARKS}]+)*[{_MARKS}]*)|(?P<sign>[^\w\s])"
)
_CASE_ENDINGS = tuple(
    sorted(
        re.findall(
            r"\S+",
            "ого ому ими ыми ої ою ею єю ами ями ьми ам ям ах ях ом ем ой ей ій ий ый им ым их ых "
            "ую юю ая яя ое ее ії ию ия ии ією "
            "ові еві єві ов ев ів їв а я о е ы и у ю ь й і ї є",
        ),
        key=len,
        reverse=True,
    )
)
# Of adjectives in names; a short word on -ой is rather a noun: "Ханой".
_FINAL_ENDINGS = {"ый": 5, "ий": 5, "ой": 6, "ая": 5, "яя": 5, "ое": 5, "ее": 5, "ые": 6, "ие": 6}
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SOFTENED = str.maketrans({"ц": "к", "з": "г", "с": "х"})
# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "jan feb mar apr jun jul aug sept sep oct nov dec st dr mr mrs ms gen col lt sgt gov u s no vs p г р гг рр ул т "
        "д тыс млн чел "
        "им вул м обл е i",
    )
)
_LAST_WORD = re.compile(r"\w{1,12}$")
_SENTENCE_END = re.compile(
    "[.!?\u061f\u06d4\u3002\N{HORIZONTAL ELLIPSIS}]+[\"'\N{RIGHT DOUBLE QUOTATION MARK}»)\\]]*(?=\\s|$)|\n+"
)


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word, number or sign of a text: as printed, folded, its span, and the forms it may be looked up under."""

    kind: str
    text: str
    fold: str
    start: int
    end: int
    forms: frozenset[str]

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital, or has none to begin with."""
        return not self.text[0].islower()


def words_in(text: str) -> list[Word]:
    """Split the first 64 KiB of a text into words, numbers and signs, in order."""
    found = []
    for match in _WORD.finditer(text[:MAX_CHARACTERS]):
        kind = match.lastgroup or "sign"
        fold = fold_word(match[0]) if kind in ("word", "mixed") else match[0]
        if not fold:
            kind, fold = "sign", match[0]  # a line that only stretches an Arabic word, with no word
        found.append(Word(kind, match[0], fold, *match.span(), forms_of(fold, match[0]) if kind == "word" else frozenset({fold})))
    return found


def forms_of(fold: str, text: str) -> frozenset[str]:
    """Return what a folded word may be a form of: without a case ending in Cyrillic, without joined particles in Arabic."""
    if len(fold) > 40:
        return frozenset({fold})
    if _CYRILLIC.match(fold):
        forms = {fold}
        for ending in _CASE_ENDINGS:
            if fold.endswith(ending) and len(fold) - len(ending) >= 3:
                forms.add(fold[: -len(ending)])
                if ending == "і" and len(fold) > 4:
                    forms.add(fold[:-2] + fold[-2].translate(_SOFTENED))
        return frozenset(forms)
    if _ARABIC.match(fold):
        return frozenset(_without_particles(fold))
    if text.endswith(("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")):
        return frozenset({fold, fold[:-1]})
    return frozenset({fold})


def is_arabic(word: str) -> bool:
    """Tell whether a word begins with a letter of the Arabic script."""
    return _ARABIC.match(word) is not None


def _without_particles(fold: str) -> Iterable[str]:
    """Yield an Arabic word without و ف ("and"), then ب ل ك ("in, to, as"); "لل" is "to the"."""
    bare = [fold]
    if fold[0] in "وف" and len(fold) > 3:
        bare.append(fold[1:])
    for form in tuple(bare):
        if form.startswith("لل") and len(form) > 4:
            bare.append("ال" + form[2:])
        elif form[0] in "بلك" and len(form) > 3:
            bare.append(form[1:])
    return bare


def name_forms(name: str) -> list[tuple[str, ...]]:
    """Return the sequences of forms under which a name is kept, so that any case of it in a text is found again."""
    words = [word for word in words_in(name) if word.kind != "sign"]
    variants: list[tuple[str, ...]] = [()]
    for word in words:
        variants = [(*variant, form) for variant in variants for form in _kept_forms(word.fold)]
        if len(variants) > 16:
            return [tuple(word.fold for word in words)]
    return [variant for variant in variants if variant]


def _kept_forms(fold: str) -> list[str]:
    if not _CYRILLIC.match(fold) or len(fold) < 4:
        return [fold]
    for ending, least in _FINAL_ENDINGS.items():
        if fold.endswith(ending) and len(fold) >= least:
            return [fold, fold[: -len(ending)]]
    forms = [fold]
    if fold[-1] in "аяоеыиуюьйіїє":
        forms.append(fold[:-1])
    # Ukrainian closes the syllable with і and opens it with о or є: Харків, Харкова; Київ, Києва; Ріг, Рогу.
    if fold.endswith("їв"):
        forms.append(fold[:-2] + "єв")
    elif fold.endswith(("ів", "іг", "іль")):
        forms += [fold[:-2] + "о" + fold[-1], fold[:-2] + "е" + fold[-1]] if not fold.endswith("іль") else [fold[:-3] + "ол"]
    return forms


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Hold names by their first form, longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], str]]]

    def at(self, words: Sequence[Word], place: int) -> tuple[int, list[str]]:
        """Return how many words from a place on name something, at most, and everything they name; 0 and nothing otherwise.

        Of two names with as many words the one is meant of which more of the first word is left: "Нигерии" is no form of "Нигер".
        """
        best, found, of_form = 0, [], ""
        for form in sorted(words[place].forms, key=lambda form: (-len(form), form)):
            for name, meaning in self.by_first.get(form, ()):
                length = _length(words, place, name)
                if length > best:
                    best, found, of_form = length, [meaning], form
                elif length and length == best and form == of_form and meaning not in found:
                    found.append(meaning)
        return best, found


def index_names(names: Iterable[tuple[str, str]]) -> NameIndex:
    """Index names by what they mean; a name may mean several things."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, meaning in names:
        for forms in name_forms(name):
            kept = by_first.setdefault(forms[0], [])
            if (forms, meaning) not in kept:
                kept.append((forms, meaning))
    return NameIndex(by_first)


def _length(words: Sequence[Word], place: int, name: tuple[str, ...]) -> int:
    """Return how many words the name takes, hyphens and quotes between its words included; 0 where it does not stand."""
    at = place
    for number, form in enumerate(name):
        if number:
            while at < len(words) and words[at].kind == "sign" and words[at].text in "-–«»\"'“”":
                at += 1
        if at >= len(words) or form not in words[at].forms:
            return 0
        at += 1
    return at - place


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text; a full stop after an abbreviation or an initial ends none."""
    found, start = [], 0
    text = text[:MAX_CHARACTERS]
    for match in _SENTENCE_END.finditer(text):
        if match[0][0] == "." and _is_abbreviated(text, match.start(), match.end()):
            continue
        if text[start : match.end()].strip():
            found.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _is_abbreviated(text: str, stop: int, end: int) -> bool:
    before = _LAST_WORD.search(text[max(0, stop - 12) : stop])
    follows = text[end : end + 2].strip()[:1]
    if before is None or not follows:
        return False
    word = before[0]
    if len(word) == 1 and word.isupper():
        return True  # an initial: "M. di Lauro", "U.S. forces"
    return word.casefold() in _ABBREVIATIONS and (follows.islower() or follows.isdigit())


class Spans:
    """Hold half-open spans of a text, and tell in logarithmic time whether a place lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take spans in any order; those that overlap are joined."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def hold(self, place: int) -> bool:
        """Tell whether a place of the text lies in one of the spans."""
        number = bisect_right(self.starts, place) - 1
        return number >= 0 and place < self.ends[number]
