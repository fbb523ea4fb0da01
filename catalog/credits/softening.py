"""Words of the grammar that stand inside names are given back to them: "Office for National Statistics"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.credits.kinds import has_org_word, is_capital
from catalog.credits.pieces import Piece
from catalog.credits.tokens import Token
from catalog.credits.vocabulary import is_word_of

# Pieces that stand for something inside a name when words of the name are on both sides of them.
_INSIDE_NAMES = frozenset(
    {"and", "for", "from", "empty", "via", "courtesy", "released", "creator", "source", "terms", "illustration"}
)
_ROMAN = re.compile("[IVX]{2,4}")
# The preposition and the name are one word when folded; only before a platform is it the preposition.
_ON_OR_ALI = frozenset({("علي",), ("وعلي",)})
_ARABIC = re.compile("[\u0600-\u06ff]")
# The word after "photographer" that says which one, an adjective with the article: "المصور السوري محمد سعيد".
WHICH = re.compile("ال[\u0620-\u064a]{2,}(?:ي|ية|يين|يون)")


def soften(pieces: Sequence[Piece], tokens: Sequence[Token]) -> list[Piece]:
    """Give back to names the grammar words that stand inside them, and join what then is one run of words."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.role == "known" and found and _leads_to_platform(found[-1], piece, tokens):
            found[-1:] = [replace(found[-1], last=piece.first - 1), Piece("from", piece.first - 1, piece.first)]
        before = found[-1] if found else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if _belongs_to_name(piece, before, after, tokens):
            piece = Piece("words", piece.first, piece.last)
        if piece.role == "words" and before is not None and before.role == "words" and before.last == piece.first:
            found[-1] = Piece("words", before.first, piece.last)
        else:
            found.append(piece)
    return found


def _leads_to_platform(before: Piece, known: Piece, tokens: Sequence[Token]) -> bool:
    """Tell "on" behind a name that leads to where the picture was seen: "Tom Murphy on Wikimedia Commons"."""
    is_seen_on = known.source is not None and known.source.kind in ("platform", "library")
    leads = before.role == "words" and before.last == known.first and before.last - before.first > 1
    return is_seen_on and leads and tokens[known.first - 1].text == "on"


def _belongs_to_name(piece: Piece, before: Piece | None, after: Piece | None, tokens: Sequence[Token]) -> bool:
    follows = before is not None and before.role == "words" and before.last == piece.first
    precedes = after is not None and after.role == "words" and after.first == piece.last
    if piece.role == "from" and tokens[piece.first].atoms in _ON_OR_ALI:
        return after is None or after.source is None or after.source.kind != "platform"
    if piece.role == "known" and follows and _ROMAN.fullmatch(tokens[piece.first].text):
        return after is None or after.role != "slash"  # "Tom Murphy VII"
    if piece.role == "known" and follows and _is_adjective(piece, tokens):
        return True  # "صحيفة ليبراسيون الفرنسية" is a French paper, and "الفرنسية" alone an agency
    if piece.role == "handout" and precedes and _ARABIC.search(tokens[piece.first].text):
        return True  # "نشرة أخبار" is a bulletin
    if piece.role == "archive":
        # "Hulton Archive" is a name; "Архив Ивановой" says whose archive it is.
        return (
            follows
            and tokens[piece.first].text[:1].isupper()
            and piece.last - piece.first == 1
            and not tokens[piece.first].text.isupper()
        )
    if piece.role == "photo" and after is not None and after.role == "colon":
        return False  # "… USA Photo: Ann Lee"
    if piece.role == "photo" and follows and before is not None:
        # "Antara Foto" and "Vostra Press Photo" are names; "AP Photo" is a known name with a label.
        run, label = tokens[before.first : before.last], tokens[piece.first].text
        is_agency = any(is_word_of(atom, "publishing_word") for token in run for atom in token.atoms) and label[:1].isupper()
        is_name = is_agency or (len(run) == 1 and label.istitle())
        return is_name and not precedes and piece.last - piece.first == 1
    if piece.role == "from" and follows and before is not None:
        return precedes and has_org_word(tokens[before.first : before.last])
    if (
        piece.role == "and"
        and tokens[piece.first].text == "&"
        and follows
        and precedes
        and before is not None
        and after is not None
    ):
        # "Harris & Ewing": two names that are one firm's.
        return before.last - before.first == after.last - after.first == 1 and is_capital(tokens[after.first])
    if piece.role in ("and", "for"):
        # "Office for National Statistics", "Ministry of Roads and Ports"; but "Getty Images for CLIENT".
        run = tokens[before.first : before.last] if before is not None else []
        is_office = any(is_word_of(atom, "issuing_word") for token in run for atom in token.atoms)
        is_archive = bool(run) and tokens[piece.first].text == "and" and run[-1].text in ("Archives", "Library", "Museum")
        return bool(follows and precedes and (is_office or is_archive))
    if piece.role == "empty":
        # "Staff Pictures" is a name, "… should be given to STR" and "photo by a staff" hold none.
        is_short = piece.last - piece.first == 1 and tokens[piece.first].text in ("STR", "STF", "HO")
        return (follows or precedes) and not is_short
    return (
        piece.role in _INSIDE_NAMES
        and follows
        and precedes
        and tokens[piece.first].text[:1].isupper()
        and not tokens[piece.first].text.isupper()
    )


def _is_adjective(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Tell an Arabic adjective with its article that is also the short name of a source."""
    return piece.last - piece.first == 1 and WHICH.fullmatch(tokens[piece.first].text) is not None
