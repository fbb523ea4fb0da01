"""What the page of words shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordLine:
    """Hold one word of the interface and what it means; `name` is its anchor on the page, the same in every language."""

    name: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Hold the words of the interface, in the order in which they build on one another."""

    words: tuple[WordLine, ...]
