"""What kind of name words that nobody knows are: a person, an office, a publisher, one word, or no name at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

_ARABIC = re.compile("[\u0600-\u06ff]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,6}|www\.[\w.-]+")
# The name of a firm is known by capitals that follow small letters, "VistaCNC"; people's "McNeil" and "LaRue" have one.
_BRAND = re.compile(r"[A-ZА-Я][a-zа-яё]+[A-ZА-Я]{2,}\d*")
_ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ій")
# The designation of an aircraft or a vehicle: "F-35A", "Су-34".
_DESIGNATION = re.compile(r"[^\W\d_]{1,4}-\d+\w{0,3}")
# A rank of the US Navy before a name: "MC2 Nicholas Russell".
_RATING = re.compile(r"[A-Z]{2,3}[1-3]")
# First and last name printed without the space between them: "МаксимТишин".
_GLUED_NAMES = re.compile("[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,}[А-ЯЁІЇЄҐ][а-яёіїєґ]{2,}")
_INITIAL_AND_NAME = re.compile("(?:[A-ZА-ЯЁІЇЄҐ]\\.){1,2}[A-ZА-ЯЁІЇЄҐ][a-zа-яёіїєґ’'-]+")  # "Т.Вязнікова"
_ELIDED = re.compile("[a-zA-Z]{1,4}['’][A-ZÀ-Ý]")  # "d'Adamo", "dell’Orto"
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
# Names in the credit lines of docs/credits.md have up to these many words; longer runs are sentences.
MAX_PERSON_WORDS, MAX_RANKED_WORDS, MAX_NAME_WORDS = 5, 8, 11
# Arabic has no capitals: these words stand in sentences and in no name of a person. Folded as `atoms_of` folds.
_ARABIC_LOOSE = frozenset(
    re.findall(
        r"\w+",
        "في الي بين التي الذي الذين وهي وهو هو هي كان كانت ان حول خلال بعد قبل قرب منذ مع ضد علي "
        "فيما وفيما يلي لا لم لن هذه هذا تلك ذلك بينما عندما كما قد لكن بعنوان بجايزه حيث "
        "لدي فيها فيه بها به منها منه عليها عليه لها له لهم عنها عنه داخل خارج اثناء عند نحو فوق تحت",
    )
)


def changes_script(before: Token, after: Token) -> bool:
    """Tell whether a name ends between two words: one is Cyrillic or Arabic and the other Latin."""
    scripts = {_script_of(before), _script_of(after)}
    return len(scripts) == 2 and "Latin" in scripts and "" not in scripts


def _script_of(token: Token) -> str:
    letter = token.text[0]
    return (
        "Latin"
        if letter.isascii() and letter.isalpha()
        else "Cyrillic"
        if "\u0400" <= letter <= "\u04ff"
        else "Arabic"
        if _ARABIC.match(letter)
        else ""
    )


def is_site_word(run: Sequence[Token]) -> bool:
    """Tell one Latin word in small letters, as after "Фото: ": the name of a site, for people are printed with a capital."""
    return len(run) == 1 and run[0].text.islower() and run[0].text.isascii() and run[0].text.isalpha() and len(run[0].text) > 3


def is_host(run: Sequence[Token]) -> bool:
    """Tell one word that is the name of a host on the web."""
    return len(run) == 1 and _HOST.fullmatch(run[0].text) is not None


def is_loose_arabic(token: Token) -> bool:
    """Tell whether an Arabic word leads a clause or a place and stands in no name of a person."""
    # Folded alike, the name Ali is printed with the two dots that the preposition does not have.
    return token.text != "علي" and any(atom in _ARABIC_LOOSE for atom in token.atoms)


def kind_of(run: Sequence[Token]) -> str:
    """Tell what kind of name words that nobody knows are: person, issuing, publishing, single, or prose for a sentence."""
    words = [token for token in run if token.kind == "word" and token.atoms]
    if not words or len(words) > MAX_NAME_WORDS:
        return "prose"
    if all(character.isdigit() for token in words for character in token.text):
        return "prose"
    if len(words) == 1 and (_HOST.fullmatch(words[0].text) or _BRAND.fullmatch(words[0].text)):
        return "publishing"
    if len(words) > 1 and _ORDINAL.fullmatch(words[0].text) and all(is_capital(token) for token in words):
        return "issuing"  # "4th BCT": the number of a unit leads its name
    if len(words) == 1 and _DESIGNATION.fullmatch(words[0].text):
        return "prose"
    if len(words) == 1 and (_GLUED_NAMES.fullmatch(words[0].text) or _INITIAL_AND_NAME.fullmatch(words[0].text)):
        return "person"
    arabic = any(_ARABIC.search(token.text) for token in words)
    if has_org_word(words) and (arabic or _names_something(words)):
        return _kind_of_office([atom for token in words for atom in token.atoms], arabic=arabic)
    if len(words) > 2 and _RATING.fullmatch(words[0].text):
        words = words[1:]
    if any(character.isdigit() for token in words for character in token.text if not _ORDINAL.fullmatch(token.text)):
        return "prose" if len(words) > 1 else "single"
    if arabic and len(words) > 1 and all(token.text.startswith("ال") for token in words):
        return "prose"  # a noun and its adjective, "البث الحي"; people's own names have no article
    if arabic and is_loose_arabic(words[0]):
        return "prose"
    if arabic and any(token.text.startswith("لل") for token in words):
        return "prose"  # "for the …" stands in sentences, and in the names of agencies only
    if arabic:
        return "prose" if len(words) > MAX_PERSON_WORDS else "person" if len(words) > 1 else "single"
    # A rank and its speciality may stand before the name of whoever made the picture, all in capitals.
    most = MAX_RANKED_WORDS if all(is_capital(token) for token in words) else MAX_PERSON_WORDS
    if _is_title(words):
        return "publishing"
    if len(words) > most or not all(is_capital(token) or is_word_of(token.text.casefold(), "particle") for token in words):
        return "prose"
    if not is_capital(words[-1]):
        return "prose"
    if words[0].text == "The" and len(words) > 1:
        return "publishing"  # "The Sacramento Bee": papers have the article, people do not
    return "person" if len(words) > 1 else "single"


def _is_title(words: Sequence[Token]) -> bool:
    """Tell a Russian or Ukrainian title, «Северный узел», from a person: an adjective with a capital and a noun without one."""
    adjective, noun = words[0].text, words[-1].text
    if noun.startswith("фото"):
        return False  # "Авторский фотоотчет"
    return len(words) == 2 and adjective.istitle() and adjective.endswith(_ADJECTIVE_ENDINGS) and noun.islower() and len(noun) > 2


def _kind_of_office(atoms: Sequence[str], *, arabic: bool) -> str:
    """Tell an office from a publisher by the word that leads its name: the last one in English, the first one elsewhere."""
    leads_last = not arabic and atoms[-1].isascii()
    telling = [atom for atom in (reversed(atoms) if leads_last else atoms) if _is_org_word(atom)]
    if telling[0] in ("agency", "service", "group"):
        # "News Agency", "News Group" and "Tribune Service" publish, "Environment Agency" and a "Press Service" do not.
        publishes = any(
            is_word_of(atom, "publishing_word") and (atom, telling[0]) != ("press", "service") for atom in telling[1:]
        )
        return "publishing" if publishes else "issuing"
    is_publishing = is_word_of(telling[0], "publishing_word")
    if not leads_last and is_word_of(telling[0], "issuing_word"):
        is_publishing = False  # "пресс" leads a press service; "Press" ends the name of an agency
    return "publishing" if is_publishing else "issuing"


def _is_org_word(atom: str) -> bool:
    return is_word_of(atom, "issuing_word") or is_word_of(atom, "publishing_word")


def has_org_word(run: Sequence[Token]) -> bool:
    """Tell whether a word of an office, a force or a publisher stands among the tokens."""
    return any(_is_org_word(atom) for token in run for atom in token.atoms)


def is_name_like(token: Token, *, at_edge: bool = False) -> bool:
    """Tell whether a word may stand in a name; at its edge no particle may."""
    if token.kind != "word" or (token.text[0].isdigit() and not _ORDINAL.fullmatch(token.text)):
        return False
    return is_capital(token) or has_org_word([token]) or (not at_edge and is_word_of(token.text.casefold(), "particle"))


def _names_something(words: Sequence[Token]) -> bool:
    """Tell a name from a sentence that mentions an office: most of its words are capitals, particles or office words."""
    odd = sum(
        1
        for token in words
        if not is_capital(token)
        and not is_word_of(token.text.casefold(), "particle")
        and not any(_is_org_word(atom) for atom in token.atoms)
    )
    is_cyrillic = any("\u0400" <= token.text[0] <= "\u04ff" for token in words)
    return odd <= (3 if is_cyrillic else 0)


def is_capital(token: Token) -> bool:
    """Tell whether a word is printed as in a name: with a capital, an ordinal, or in a script without case."""
    letter = token.text[0]
    # A letter that has no case, as all in Arabic, counts as a capital.
    return (
        letter.isupper()
        or _ORDINAL.fullmatch(token.text) is not None
        or (not letter.isdigit() and letter.lower() == letter.upper())
        or token.text.startswith(("al-", "el-", "аль-", "эль-"))
        or _ELIDED.match(token.text) is not None
    )
