"""A credit line cut into words and signs, each with its place in the line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.credits.names import atoms_of

# Combining marks (Latin, Arabic) belong to the word, though `\w` leaves them out.
_LETTER = "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
_JOINER = "[-'’ʼ.&\u2010\u2011]"
_TOKEN = re.compile(
    # The address of a page on a platform is one name: "t.me/some_channel".
    r"(?P<address>(?<![\w.])(?:https?://)?(?:www\.|m\.)?(?:t\.me|(?:twitter|x|facebook|instagram|tiktok|youtube|vk)\.com|ok\.ru)"
    r"/[\w@/?=%.-]{0,200}(?<![.@?=%-]))"
    # Any other address of a page is one token too, so that its parts are not read as names.
    r"|(?P<link>https?://[^\s<>()\"'|/]{1,200}/[^\s<>()\"'|]{1,500}(?<![.,;:!?]))"
    rf"|(?P<handle>@[\w.]+)"
    rf"|(?P<word>(?:[^\W\d_]\.){{1,6}}[^\W\d_]?(?!{_LETTER})|{_LETTER}+(?:{_JOINER}{_LETTER}+)*)"
    # Only the first of several blanks begins a line's end, so that a long row of blanks is walked once.
    # Three blanks part columns, as a line's end does.
    r"|(?P<line>(?<![ \t])[ \t]*\n\s*|(?<![ \t\u00a0])[ \u00a0]{3,}+(?=\S))"
    r"|(?P<rule>={2,}|-{2,})"
    r"|(?P<sign>[^\w\s])"
)
_JOINERS = re.compile(f"({_JOINER})")
# A credit printed without a space before its caption or behind its label: "Getty Imagesمقاتلون", "copyrightEPAImage caption".
_GLUE = re.compile(
    "(?<=[A-Za-z])(?=[\u0600-\u06ff])|(?<=[\u0600-\u06ff])(?=[A-Za-z])|(?:(?<=copyright)|(?<=caption))(?=[A-Z])|(?<=[^\\W_])(?=_+$)"
    "|(?<=[а-яёіїєґ]{3})(?=Фото$)|(?<=[a-z]{2})(?=[А-ЯЁІЇЄҐ][а-яёіїєґ]{2})|(?<=[a-z])(?=Handout$)|(?:(?<=Укрінформ)|(?<=УНІАН)|(?<=Новости)|(?<=ТАСС))(?=[А-ЯЁІЇЄҐ][а-яёіїєґ])"
    "|(?:(?<=REUTERS)|(?<=Reuters)|(?<=Images)|(?<=AFP)|(?<=EPA)|(?<=AP))(?=[A-Z][a-z])|(?:(?<=REUTERS)|(?<=Images))(?=[A-Z]$)"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
# Endings of host names in the credit lines of docs/credits.md; a dot before anything else may end a sentence.
_HOST_ENDINGS = frozenset(
    re.findall(r"\w+", "ru com net org ua рф ру ком io me eu info by kz uk de co gov mil tv news media sy ae fm su укр")
)
# Words that are glued to a name with a hyphen and are none of it: "Reuters-Handout".
_GLUED = frozenset({"handout", "ho", "file", "archive", "archives", "pool", "photo", "архив", "фото", "архів"})
# Two letters after a hyphen are a name of their own only when they are one of these; "Job-ID" is one word.
_SHORT_NAMES = frozenset({"The", "AP", "AA", "PA", "DW", "TT"})
QUOTES = frozenset("\"'«»“”„‟‘’‚`")
# A reading costs about 20 microseconds a token, so a hostile line costs 50 ms at most; what lies beyond is kept as unread.
MAX_CHARACTERS = 64 * 1024
MAX_TOKENS = 1500
MAX_WORD_CHARACTERS = 300  # longer words are no names, and are not looked into
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one token: its kind (word, handle, address, line, rule, sign), its text and half-open range, and its folded atoms."""

    kind: str
    text: str
    start: int
    end: int
    atoms: tuple[str, ...]
    is_spaced: bool


def tokens_of(line: str) -> list[Token]:
    """Cut a line into tokens in one pass; white space is left out, everything else is in some token, up to MAX_TOKENS."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(line, 0, MAX_CHARACTERS):
        if len(found) >= MAX_TOKENS:
            break
        kind = (match.lastgroup or "sign").replace("link", "address")
        is_name_sized = match.end() - match.start() <= MAX_WORD_CHARACTERS
        pieces = _pieces(match[0]) if kind == "word" and is_name_sized else [(0, match[0])]
        for offset, text in pieces:
            start = match.start() + offset
            atoms = atoms_of(text) if kind in ("word", "handle") and is_name_sized else ()
            found.append(
                Token(
                    "sign" if kind == "word" and not atoms and len(text) == 1 else kind,
                    text,
                    start,
                    start + len(text),
                    atoms,
                    is_spaced=start > end,
                )
            )
            end = start + len(text)
    return found


def _pieces(word: str) -> list[tuple[int, str]]:
    """Part a run of joined words where the joiner is a separator: Arabic hyphens, glued labels, ends of sentences."""
    pieces: list[tuple[int, str]] = []
    begin = 0
    for end in [*(meeting.start() for meeting in _GLUE.finditer(word)), len(word)]:
        pieces += [(begin + offset, text) for offset, text in _parted(word[begin:end])]
        begin = end
    return pieces


def _parted(word: str) -> list[tuple[int, str]]:
    parts = _JOINERS.split(word)
    pieces: list[tuple[int, str]] = []
    begin = place = 0
    for number in range(1, len(parts), 2):
        place += len(parts[number - 1])
        if _parts_words(parts[number - 1], parts[number], parts[number + 1]):
            pieces += [(begin, word[begin:place]), (place, parts[number])]
            begin = place + 1
        place += 1
    return [*pieces, (begin, word[begin:])]


def _parts_words(before: str, joiner: str, after: str) -> bool:
    if joiner == ".":
        return (len(before) > 1 or before.isdigit()) and after[:1].isupper() and after.casefold() not in _HOST_ENDINGS
    if before.casefold() == "gettyimages" and after.isdigit():
        return True  # "GettyImages-634567890", as the library names its files
    is_glued = before.casefold() in _GLUED or after.casefold() in _GLUED
    # "Jane Doe-USA TODAY", "Ann Lee-AP": capitals after a mixed-case name begin another one; "El-MOFTY" does not.
    is_mixed = len(before) > 2 and not before.isupper() and before[0].isupper()
    is_other_name = is_mixed and (after in _SHORT_NAMES or (len(after) > 2 and after.isupper()))
    return joiner == "-" and (is_glued or is_other_name or bool(_ARABIC.match(before) or _ARABIC.match(after)))
