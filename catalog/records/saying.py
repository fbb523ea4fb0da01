"""A sentence kept as a pattern and what fills it, so that a face can say it in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What stands at a place of a pattern: names or words as printed; a date as EDTF or as stated, "" for none; a photo by its
# SHA-256; a figure as written; a share in whole per cent; other sayings; a place by its name in English with what is printed, its
# id, and what is printed alone.
FILL_KINDS = ("words", "date", "photo", "figure", "share", "sayings", "place")
PHOTO_LETTERS = 12  # of a SHA-256 that stand for a photo in a sentence
JOINT_AND, JOINT_COMMA, JOINT_SEMICOLON = "and", "comma", "semicolon"


@dataclass(frozen=True, slots=True)
class Fill:
    """Hold what stands at the place `name` of a pattern; `kind` is one of FILL_KINDS.

    `texts` are its words, `sayings` its sentences; several of either are joined as `joint` says.
    """

    name: str
    kind: str
    texts: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()
    joint: str = JOINT_AND


@dataclass(frozen=True, slots=True)
class Saying:
    """Hold a sentence, or a part of one: its English pattern with named places, `%(name)s`, and what fills them."""

    pattern: str
    fills: tuple[Fill, ...] = ()


def say(pattern: str, *fills: Fill) -> Saying:
    """Make a saying; the pattern stands here in full, for translators' tools collect it at the call."""
    return Saying(pattern, fills)


def in_english(saying: Saying) -> str:
    """Write a saying in English, as reports and `--json` have it."""
    return saying.pattern % {fill.name: _english(fill) for fill in saying.fills} if saying.fills else saying.pattern


def saying_values(saying: Saying) -> dict[str, Any]:
    """Return a saying as values that JSON takes, for keeping."""
    fills = [
        [one.name, one.kind, list(one.texts), [saying_values(part) for part in one.sayings], one.joint] for one in saying.fills
    ]
    return {"pattern": saying.pattern, "fills": fills}


def read_saying(values: Mapping[str, Any]) -> Saying:
    """Read back what `saying_values` wrote."""
    return Saying(
        values["pattern"],
        tuple(
            Fill(name, kind, tuple(texts), tuple(read_saying(part) for part in parts), joint)
            for name, kind, texts, parts, joint in values["fills"]
        ),
    )


def _english(fill: Fill) -> str:
    if fill.kind == "sayings":
        return _joined([in_english(one) for one in fill.sayings], fill.joint)
    if fill.kind == "place":
        return fill.texts[0] if fill.texts else ""
    return _joined([_written(fill.kind, text) for text in fill.texts], fill.joint)


def _written(kind: str, text: str) -> str:
    if kind == "date":
        return text or "undated"
    if kind == "photo":
        return text[:PHOTO_LETTERS]
    return f"{text} %" if kind == "share" else text


def _joined(parts: Sequence[str], joint: str) -> str:
    if joint == JOINT_AND and len(parts) > 1:
        return ", ".join(parts[:-1]) + " and " + parts[-1]
    return ("; " if joint == JOINT_SEMICOLON else ", ").join(parts)
