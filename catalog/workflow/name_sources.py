"""Find the sources that the words of a search name, in whatever script they are written."""

from __future__ import annotations

from catalog.records.pages.grid import NamedSource
from catalog.records.sources import SourceSuggestion
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.keep_sources import source_book

# The longest names of the authority have so many words; a search looks for a name in a few words only.
LONGEST_NAME, MOST_WORDS = 8, 16


def named_sources(catalogue: Catalogue, text: str) -> tuple[NamedSource, ...]:
    """Return the sources that runs of searched words name exactly, in the order of the words, longest first, none overlapping.

    "рейтер" names Reuters, so that what credits or is published by Reuters can be found under it. A name that only resembles one
    names nobody; `suggested_sources` has it.
    """
    words = text.split()[:MOST_WORDS]
    if not words:
        return ()
    book = source_book(catalogue)
    named: list[NamedSource] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_NAME, len(words) - place), 0, -1):
            run = " ".join(words[place : place + length])
            if any(letter.isalnum() for letter in run) and book.is_known(run):
                source = book.id_of(run)
                record = book.record(source)
                named.append(NamedSource(run, source, record.names[0].text if record and record.names else run))
                place += length
                break
        else:
            place += 1
    return tuple(named)


def suggested_sources(catalogue: Catalogue, text: str) -> tuple[SourceSuggestion, ...]:
    """Return the sources that searched words resemble as a whole, misspelt or in another script; none where they name one."""
    return source_book(catalogue).suggest(text) if text else ()
