"""No text from outside makes a pattern or a reader of ours take time in the square of its length."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from catalog.captions.dates import find_dates, read_date_text
from catalog.captions.language import language_of, script_of
from catalog.cli.printing import clean
from catalog.credits.reading import find_credits_in_caption, read_credit
from catalog.gallery.text_view import first_line, runs_of, short_property
from catalog.intake.cells import cell_of, cell_of_bytes
from catalog.metadata.charset import legacy_codec
from catalog.metadata.iptc import read_iim
from catalog.metadata.xmp import read_xmp
from catalog.records.foreign_text import linkable, segments_of
from catalog.records.partial_date import PartialDate
from catalog.records.text import shown
from catalog.reports.duplicates_csv import shown_cell
from catalog.reports.page_text import segments
from catalog.store.search import letters_of, query_letters, query_words, words_of
from catalog.workflow.read_language import direction_of
from catalog.workflow.read_language import language_of as text_language
from tests.growth import is_linear, seconds_of

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for path in ROOT.joinpath("catalog").rglob("*.py") if path.name != "__main__.py")
METHODS = {"match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split"}
LETTERS = 2_000
HOSTILE_BYTES = 100_000
# A reader that is linear needs a few tenths of this at most; one that is not needs minutes.
LONGEST_SECONDS = 5.0
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:rights>%s</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
)
# What stands between words, what opens and closes, a digit, letters of three scripts, and what fits nothing.
COMMON = " \n\t.,:;-_/\\'\"()[]{}<>@#&=%a0Zяم\u202e\x00!"


def _patterns() -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Yield every compiled pattern that a module keeps, with each method that the module calls on it."""
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        called = {
            (node.func.value.id, node.func.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        }
        module = None
        for name, method in sorted(called):
            if method in METHODS and name.isupper():
                module = module or importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                pattern = getattr(module, name, None)
                if isinstance(pattern, re.Pattern):
                    yield f"{path.relative_to(ROOT)}:{name}.{method}", pattern, method


PATTERNS = list(_patterns())


def _letters(pattern: re.Pattern[Any]) -> str:
    """Return some letters that the pattern itself names, and some that fit its classes."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    named = [letter for letter in dict.fromkeys(text) if letter.isalnum() or not letter.isascii()]
    marks = [letter for letter in COMMON if letter in text or re.escape(letter) in text]
    classes = [letter for mark, letter in ((r"\s", " "), (r"\s", "\n"), (r"\d", "0"), (r"\w", "a"), (r"\W", "!")) if mark in text]
    return "".join(dict.fromkeys([*classes, *marks[:6], *named[:3], "!"]))


def _asked(pattern: re.Pattern[Any], method: str, text: str) -> Callable[[], object]:
    given = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "surrogatepass")
    if method in {"sub", "subn"}:
        return lambda: getattr(pattern, method)(given[:0], given)
    if method == "finditer":
        return lambda: sum(1 for _ in pattern.finditer(given))
    return lambda: getattr(pattern, method)(given)


def _is_linear(made: Callable[[str], Callable[[], object]], start: str, again: str, end: str) -> bool:
    return is_linear(lambda letters: made(start + again * (letters // len(again)) + end), LETTERS)


def test_there_are_patterns_to_try() -> None:
    assert len(PATTERNS) > 25


@pytest.mark.parametrize(("pattern", "method"), [one[1:] for one in PATTERNS], ids=[one[0] for one in PATTERNS])
def test_a_pattern_takes_time_in_the_length_of_the_text(pattern: re.Pattern[Any], method: str) -> None:
    letters = _letters(pattern)
    slow = (
        (start, again, end)
        for again in (*letters, *("".join(pair) for pair in product(letters, repeat=2) if pair[0] != pair[1]))
        for start, end in (("", "!"), (letters[-2:-1], ""))
        if not _is_linear(lambda text: _asked(pattern, method, text), start, again, end)
    )
    assert next(slow, None) is None


def test_a_pattern_that_is_not_linear_would_be_seen() -> None:
    slow = re.compile(r"\s*x\s*$|(?:a+)b")
    assert not _is_linear(lambda text: _asked(slow, "search", text), "", "a", "!")


READERS: dict[str, Callable[[str], object]] = {
    "credit line": read_credit, "credits in a caption": find_credits_in_caption, "date": read_date_text,
    "dates in a caption": find_dates, "stated date": PartialDate.parse, "language": language_of, "script": script_of,
    "cell": cell_of, "cell of bytes": lambda text: cell_of_bytes(text.encode("utf-8", "surrogatepass")),
    "text shown": shown, "terminal": clean, "spreadsheet": shown_cell, "direction": lambda text: direction_of(text, None),
    "first line": first_line, "page language": lambda text: text_language(text, None), "names": runs_of,
    "hidden characters": lambda text: list(segments_of(text)), "property": short_property, "link of a report": linkable,
    "hidden characters of a report": lambda text: list(segments(text)), "words": words_of, "letters": letters_of,
    "words asked for": query_words, "letters asked for": query_letters,
    "xmp": lambda text: read_xmp(text.encode("utf-8", "surrogatepass")),
    "xmp that is a packet": lambda text: read_xmp(XMP % text.encode("utf-8", "replace")),
    "iim": lambda text: read_iim(b"\x1c\x02\x78\x7f\xff" + text.encode("utf-8", "surrogatepass")),
    "charset": lambda text: legacy_codec([text.encode("utf-8", "surrogatepass")]),
}  # fmt: skip
PIECES = [
    "a",
    " ",
    "\n",
    "0",
    ".",
    "-",
    "/",
    "(",
    "[",
    "{",
    "<",
    '"',
    "&",
    "م",
    "я",
    "\u202e",
    "\u0301",
    "a ",
    "a.",
    "A ",
    "Photo: ",
    "via ",
    "/AP ",
    "2017-",
    "1 May ",
    "a-b.c ",
    "<a>",
    "&amp;",
    "<a b='c'",
    "ال ",
    "и ",
    "=a",
    "1/1/",
    "Jr. ",
    "http://a.",
    "a\x00",
    "\x1c\x02\x78\x00\x01",
]


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_time_in_the_length_of_the_text(name: str) -> None:
    slow = (piece for piece in PIECES[::2] if not _is_linear(lambda text: lambda: READERS[name](text), "", piece, "!"))
    assert next(slow, None) is None


@pytest.mark.parametrize("name", READERS)
def test_a_hundred_kilobytes_hold_no_reader_up(name: str) -> None:
    slow = {
        piece: seconds
        for piece in PIECES[1::7]
        if (seconds := seconds_of(lambda piece=piece: READERS[name](piece * (HOSTILE_BYTES // len(piece))))) > LONGEST_SECONDS  # type: ignore[misc]
    }
    assert slow == {}
