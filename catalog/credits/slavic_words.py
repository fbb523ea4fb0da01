"""Russian and Ukrainian words of pictures: nouns for one, verbs of taking it, and what such verbs tell of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from catalog.credits.pieces import Piece
from catalog.credits.tokens import Token

# A noun for a picture in any case. "Фотограф" begins as one of them does and is none, "фотографий" is one.
_PICTURE = re.compile(
    r"фото(?:графі[яїюєй]\w{0,2}|графи[яиюей]\w{0,2}|знім\w+|сним\w+|кадр\w*|репортаж\w*|картк\w+|добірк\w+)?|світлин\w*"
    r"|знім(?:ок|ка|ку|ки|ком|ків|ках|кам|ками|ці)|сним(?:ок|ка|ку|ке|ки|ком|ков|ках|кам|ками)"
    r"|кадр(?:а|у|ы|и|ом|ів|ов|ах|і|е|ами)?|зображенн\w+|изображени\w+",
    re.IGNORECASE,
)
# Verbs that are said of pictures only, and those that need the picture as their object: "зробив знімок", "снял на видео".
_TAKING = re.compile("с?фотографува(?:в|ла)|сфотографирова(?:л|ла)|зазнимкува(?:в|ла)|запечатлела?|закарбува(?:в|ла)")
_MAKING = re.compile(
    "сделала?|снимала?|сняла?|зроби(?:в|ла)|зня(?:в|ла)|знима(?:в|ла)|за(?:фіксу|документу)ва(?:в|ла)|зафиксировала?"
)
_AT_WORK = re.compile("(?:за)?(?:документува|знімкува|фільмува|фотографува)(?:в|ла)|(?:за)?документировала?|фотографировала?")
# Verbs of news: who reports something is no maker of a picture.
_REPORTED = re.compile(
    "повідомля(?:є|ють)|повідоми(?:в|ла|ло|ли)|сообща(?:ет|ют)|сообщи(?:л|ла|ло|ли)|переда(?:є|ють|ет|ют)|пиш(?:е|уть|ет|ут)"
)
_MANAGED = re.compile("вдалося|пощастило|удалось|повезло|зм(?:іг|огла)|смог(?:ла)?|встиг(?:ла)?|успела?")
_TO_TAKE = re.compile("(?:с|за)?фотографувати|(?:с|за)?фотографировать|зазнимкувати|запечатлеть")
_MOMENT = re.compile("момент\\w{0,3}|мить|миг")
_MADE = re.compile("(?:з?роблен|сделан|знят|снят|виконан|выполнен)\\w{0,3}")
_INSTRUMENTAL = re.compile(r"[А-ЯЁІЇЄҐ][\w’'-]+(?:ом|ем|ём|єм|ім|им|ым|ою|ею|єю|ой|ей|[аяиы]ми)")
_AUTHOR = re.compile("автор(?:ом|ка|кою|кой)?", re.IGNORECASE)
_WITH = frozenset({"з", "із", "зі", "с", "со"})
# Russian and Ukrainian verbs that say what somebody did, not what was done to the picture: "опубликовал", "оприлюднили".
_ACTIVE = re.compile(r"\w+(?:[аи]л[аои]?|[аи]в)")
_OBJECT_REACH = 4  # words from a verb to the picture it is said of


def is_picture(token: Token) -> bool:
    """Tell a Russian or Ukrainian noun for a picture, in any case."""
    return _PICTURE.fullmatch(token.text) is not None


def is_active(token: Token) -> bool:
    """Tell a verb in the past whose subject did something: what follows need not be who did it."""
    return _ACTIVE.fullmatch(token.text) is not None


def is_taking(token: Token) -> bool:
    """Tell a verb that is said of pictures only: "сфотографував"."""
    return _TAKING.fullmatch(token.text) is not None


def is_making(token: Token) -> bool:
    """Tell a verb that is said of pictures too: "зробив", "снял"; what was made has to be one."""
    return _MAKING.fullmatch(token.text) is not None


def is_at_work(token: Token) -> bool:
    """Tell a verb of a photographer's work that lasts: "документував"."""
    return _AT_WORK.fullmatch(token.text) is not None


def names_author(token: Token) -> bool:
    """Tell the word for an author, "автором" too."""
    return _AUTHOR.fullmatch(token.text) is not None


def is_instrumental(token: Token) -> bool:
    """Tell a name in the case of who did something: "Анною", "Лисом"."""
    return _INSTRUMENTAL.fullmatch(token.text) is not None


def is_told(pieces: Sequence[Piece], tokens: Sequence[Token]) -> bool:
    """Tell a sentence by a verb of news, or by one with who did it: "Іван Лис зняв …", "Фото зроблене Анною Лис"."""
    if any(
        _REPORTED.fullmatch(token.text) for piece in pieces if piece.role == "words" for token in tokens[piece.first : piece.last]
    ):
        return True
    for before, verb in pairwise([piece for piece in pieces if piece.role != "quote"]):
        if before.role == "photo" and verb.role == "words" and is_made_by(tokens, verb.first, verb.last):
            return True
        token = tokens[verb.first] if verb.role in ("creator", "released") else None
        if token is None or before.role not in ("words", "known") or verb.last - verb.first > 1:
            continue
        if _TAKING.fullmatch(token.text) or _MAKING.fullmatch(token.text) or (verb.role == "released" and is_active(token)):
            return True
    return False


def is_managing(tokens: Sequence[Token], number: int, last: int) -> bool:
    """Tell "вдалося сфотографувати": what somebody named before it managed to do."""
    return (
        number + 1 < last
        and _MANAGED.fullmatch(tokens[number].text) is not None
        and _TO_TAKE.fullmatch(tokens[number + 1].text) is not None
    )


def is_made_by(tokens: Sequence[Token], number: int, last: int) -> bool:
    """Tell "зроблене Анною": a word in the case of who did it follows."""
    return (
        number + 1 < last
        and _MADE.fullmatch(tokens[number].text) is not None
        and _INSTRUMENTAL.fullmatch(tokens[number + 1].text) is not None
    )


def takes_picture(pieces: Sequence[Piece], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb has a picture as its object, and not one with somebody: "зробив фото з військовими"."""
    first = pieces[place].last
    for number in range(first, min(first + _OBJECT_REACH, len(tokens))):
        token = tokens[number]
        if token.kind != "word":
            return False
        if is_picture(token) or _MOMENT.fullmatch(token.text):
            return tokens[number + 1].text not in _WITH if number + 1 < len(tokens) else True
    return False
