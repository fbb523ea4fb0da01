"""Where the name of a photographer stands and ends in an Arabic sentence, which has no capitals to tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.credits.arabic_prose import is_picture_of
from catalog.credits.chains import leading_name
from catalog.credits.kinds import has_org_word, is_loose_arabic, kind_of
from catalog.credits.pieces import Piece
from catalog.credits.prose import first_names, is_about_picture, is_about_picture_ahead
from catalog.credits.segments import after_which
from catalog.credits.softening import WHICH
from catalog.credits.tokens import QUOTES, Token
from catalog.credits.vocabulary import is_word_of

# One person, by what he is to his agency: behind it his name may stand, "مصور رويترز محمد سالم".
_EMPLOYED = re.compile("[ول]?(?:ال)?(?:مصور|مراسل)(?:ه|ها)?")
_SEVERAL = re.compile("ل?ل?(?:ال)?مصور(?:ين|ون|و|ي)|تصوير|(?:ب)?(?:عدسة|عدسات|كاميرا|كاميرات)")
_WHERE = frozenset({"في", "على", "لدى", "أمام", "قرب", "داخل", "خارج", "وسط", "بين", "خلال", "عند", "تحت", "فوق"})
_AND = "و"
_WATCHING = frozenset({"مراقبة", "المراقبة"})
_ENDING = frozenset({"slash", "dash", "stop", "open", "close", "comma"})
_NAME_WORDS = 4
_TOOK_IT = "التقط"
_PROFESSION = 3  # words of what somebody is, with the adjective of his nation
_PAIR = 2  # names of a person in a row
_ARABIC = re.compile("[\u0600-\u06ff]")


def is_employed(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell the word for one photographer, who may be named behind his agency."""
    atoms = tokens[piece.last - 1].atoms
    return piece.role == "creator" and len(atoms) == 1 and _EMPLOYED.fullmatch(atoms[0]) is not None


def is_named_behind_comma(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell a photographer whose name stands behind a comma and before his picture: "المصور الصحفي، سامي نادر صورة …"."""
    roles = [piece.role for piece in pieces[place : place + 4]]
    if roles != ["creator", "comma", "words", "photo"] or tokens[pieces[place].first].text != "المصور":
        return False
    run = tokens[pieces[place + 2].first : pieces[place + 2].last]
    return len(run) <= _NAME_WORDS and kind_of(run) == "person" and not any(map(is_loose_arabic, run))


def is_where(token: Token) -> bool:
    """Tell a word that leads to where somebody is: a photographer before it is a part of the scene."""
    return token.text in _WHERE


def behind_where(piece: Piece, tokens: Sequence[Token]) -> Piece:
    """Return the words behind the place that an agency's photographer works in: "في غزة حاتم موسى"."""
    is_placed = tokens[piece.first].text == "في" and piece.last - piece.first > _PAIR + 1
    return Piece("words", piece.first + _PAIR, piece.last) if is_placed else piece


def behind_adjectives(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> int:
    """Return the place of the comma behind what is said of an agency, "العالمية في لبنان،"; 0 where something else is."""
    words = [token.text for token in tokens[pieces[place].first : pieces[place].last]]
    while words and words[0].startswith("ال"):
        words = words[1:]
    is_over = not words or (words[0] == "في" and len(words) == _PAIR)
    return place + 1 if is_over and place + 1 < len(pieces) and pieces[place + 1].role == "comma" else 0


def is_unnamed(piece: Piece, tokens: Sequence[Token], behind: Piece) -> bool:
    """Tell a photographer of whom only the kind is said, "التقطها صحفي أمريكي": words without an article name nobody."""
    first = tokens[piece.first]
    if any(is_word_of("ال" + atom.removesuffix("ين").removesuffix("ون"), "calling_word") for atom in first.atoms):
        return True
    is_one = tokens[behind.last - 1].text in ("مصور", "مراسل", "مصورة", "مراسلة")
    return is_one and re.fullmatch(r"(?!ال)\w{3,}(?:ي|ى|ية)", first.text) is not None


def behind_profession(label: Piece, piece: Piece, tokens: Sequence[Token]) -> int:
    """Return where the name begins behind what somebody is by profession and nation, "طبيب العيون العراقي سامي نادر"; 0 for none.

    The profession is two words or more, the second with an article, and two words of a name follow its adjective.
    """
    if not any(atom.removeprefix("و").startswith(_TOOK_IT) for atom in tokens[label.first].atoms):
        return 0
    run = tokens[piece.first : piece.last]
    if len(run) < _PROFESSION + _PAIR or run[0].text.startswith("ال") or not run[1].text.startswith("ال"):
        return 0
    adjective = next((number for number in range(2, len(run)) if WHICH.fullmatch(run[number].text)), 0)
    following = run[adjective + 1 : adjective + 1 + _PAIR]
    is_named = adjective and len(following) == _PAIR and not any(map(is_loose_arabic, following))
    return piece.first + adjective + 1 if is_named else 0


def last_name_alone(name: Piece, tokens: Sequence[Token]) -> Piece:
    """Cut a name with an article before a word that says of what the picture is: "التقطها الناصر لشبل"."""
    is_cut = (
        name.last - name.first > 1 and tokens[name.first].text.startswith("ال") and tokens[name.first + 1].text.startswith("ل")
    )
    return Piece("words", name.first, name.first + 1) if is_cut else name


def is_adjective(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell words that all have the article: they say which picture or which photographer, and are no name."""
    return all(token.text.startswith("ال") for token in tokens[piece.first : piece.last])


def names_in_row(label: Piece, piece: Piece, tokens: Sequence[Token]) -> list[Piece]:
    """Return the names of several photographers that "و" joins, "محمد سالم ومعتز عزايزة"; empty where it is one name.

    The letter is written as one word with the name behind it and is no part of it: `skip` says so. A name has two words before
    the letter and one behind it at least.
    """
    if not _SEVERAL.fullmatch(tokens[label.last - 1].text) or not _ARABIC.match(tokens[piece.first].text):
        return []
    first = after_which(tokens, piece.first, piece.last)
    starts = [first]
    for number in range(first + _PAIR, piece.last - 1):
        is_joined = tokens[number].text.startswith(_AND) and len(tokens[number].text) > _PAIR
        if is_joined and number - starts[-1] >= _PAIR:
            starts.append(number)
    if len(starts) < _PAIR or any(is_loose_arabic(token) for token in tokens[first : piece.last]):
        return []
    found: list[Piece] = []
    for start, end in zip(starts, [*starts[1:], piece.last], strict=True):
        last = min(end, start + (_NAME_WORDS if end < piece.last else _last_name(tokens, start, end)))
        is_name = kind_of(tokens[start:last]) == "person" and not tokens[start].text.startswith("وال")
        if not is_name or is_picture_of(tokens[start]) or has_org_word(tokens[start:last]):
            return []
        found += [Piece("and", start, start), Piece("words", start, last, skip=len(_AND) if start > first else 0)]
    return found[1:]


def _last_name(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return how many words the last name of a row has: two, and one more behind "أبو", "عبد" or "بن"."""
    bound = sum(token.atoms[:1] in (("ابو",), ("عبد",), ("وعبد",), ("بن",)) for token in tokens[start : min(start + 2, end)])
    return _PAIR + bound


def leads_to_name(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether behind an adjective the photographer is named: by his label, or behind a comma."""
    roles = [piece.role for piece in pieces[place : place + 2]]
    return roles[:1] == ["creator"] or roles == ["comma", "words"]


def employed_person(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, end: int) -> Piece | None:
    """Return the photographer named behind his agency, "مصور رويترز محمد سالم", where the sentence speaks of a picture."""
    piece = behind_where(pieces[end], tokens)
    if not is_about_picture(pieces, tokens, place + 1) and not is_about_picture_ahead(pieces, tokens, place):
        return None
    name = leading_name(piece, tokens)
    goes_on = end + 1 < len(pieces) and pieces[end + 1].role not in _ENDING
    name = first_names(name, tokens) if name is not None and (goes_on or name.last < piece.last) else name
    return name if name is not None and kind_of(tokens[name.first : name.last]) == "person" else None


def is_winner(pieces: Sequence[Piece], tokens: Sequence[Token], place: int, name: Piece) -> bool:
    """Tell a photographer whose name goes on as a sentence that speaks of a picture."""
    is_person = kind_of(tokens[name.first : name.last]) == "person"
    behind = tokens[name.last] if name.last < pieces[place + 1].last else None
    if behind is not None and is_where(behind) and not is_about_picture(pieces, tokens, place):
        return False  # "يجلس المصور محمد علي لدى …": a scene that shows him
    return is_person and (is_about_picture(pieces, tokens, place) or is_about_picture_ahead(pieces, tokens, place))


def is_of_credit(pieces: Sequence[Piece], end: int) -> bool:
    """Tell what may follow a photographer's name in a sentence and still be of his credit: signs, and who he took it for."""
    role = pieces[end].role
    following = next((piece.role for piece in pieces[end + 1 : end + 3] if piece.role != "quote"), "")
    return role not in ("creator", "photo", "from", "via") or following == "known"


def is_no_name(pieces: Sequence[Piece], tokens: Sequence[Token], end: int) -> bool:
    """Tell what a lens or a camera is of and nobody is called: "عدسة الكاميرا", "عدسات المصورين صورا"."""
    piece, first = pieces[end], tokens[pieces[end].first]
    is_alone = piece.last - piece.first == 1 and first.text.startswith("ال") and tokens[piece.first - 1].text not in QUOTES
    is_alone &= end + 1 == len(pieces) or pieces[end + 1].role not in ("quote", "known")
    # A camera that watches a street is somebody's who publishes, and no photographer's.
    is_watching = tokens[piece.first - 1].text in _WATCHING and not has_org_word([first])
    return piece.role == "words" and (is_alone or is_watching or is_picture_of(first))
