"""What the workflow asks the store about photos before it works on them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhotoState:
    """Hold how far a stored photo got.

    `recipe` is that of its rendition, None when there is none. `descriptors` are the algorithms and versions it has. What is
    outdated has to be made anew whatever its versions say.
    """

    sha256: str
    size_bytes: int
    media_type: str
    stands: bool
    recipe: int | None
    descriptors: frozenset[tuple[str, int]]
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Hold one kept credit statement that stands, for those who read it."""

    credit_id: int
    role: str
    line: str


@dataclass(frozen=True, slots=True)
class CaptionText:
    """Hold one kept caption that stands, for those who look for a credit in it."""

    caption_id: int
    text: str


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Hold size, type and decoded dimensions of a photo; `width` and `height` are 0 when nobody could decode it."""

    width: int
    height: int
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Undone:
    """Hold what lost its standing when a run was retracted: photos entirely, and photos that keep less than before."""

    run: str
    gone: tuple[str, ...]
    touched: tuple[str, ...]
