"""Weapons and vehicles that a text names, by the shipped list."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from catalog.captions.words import NameIndex, Word, index_names


@cache
def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(files("catalog.captions").joinpath("arms.csv").read_text("utf-8").splitlines()))


@cache
def arms() -> dict[str, str]:
    """Return the class (vehicle, aircraft, munition, small-arm) of every weapon and vehicle by its id."""
    return {row["id"]: row["class"] for row in _rows()}


@cache
def _index() -> NameIndex:
    return index_names(
        (name, row["id"]) for row in _rows() for language in ("en", "ru", "uk", "ar") for name in row[language].split("|") if name
    )


def find_arms(words: Sequence[Word], taken: frozenset[int]) -> list[tuple[str, int, int]]:
    """Find weapons and vehicles: id and half-open range of words, longest names first."""
    found = []
    at = 0
    while at < len(words):
        length, meanings = _index().at(words, at) if words[at].kind in ("word", "mixed") and at not in taken else (0, [])
        if length:
            found.append((meanings[0], at, at + length))
        at += max(1, length)
    return found
