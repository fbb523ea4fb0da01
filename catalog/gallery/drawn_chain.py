"""What the drawing of a chain holds, each thing with its place in SVG user units."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.gallery.chain_labels import Label
from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.thumb import Thumb
from catalog.records.provenance import Derivation


@dataclass(frozen=True, slots=True)
class DrawnDate:
    """Hold one place on the axis; `gap_days` is how long before it nothing is known, when that is long."""

    x: float
    publication: PublicationLine | None
    gap_x: float
    gap_days: int | None


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """Hold a photo: the rectangle of its picture, and the publication it stands at."""

    photo: Thumb
    x: float
    y: float
    width: float
    height: float
    publication: PublicationLine | None
    is_origin: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class DrawnAppearance:
    """Hold a later publication of the same photo: a mark on the line behind it."""

    publication: PublicationLine
    x: float
    y: float
    from_x: float
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class DrawnDerivation:
    """Hold a derivation: its path, its middle, its words and their place, and whether the dates speak against its direction.

    `is_gap` says that both photos come from a version that is not held: it is drawn in the middle, empty. `or_paths` come
    from the photos with the parent's pixels, from which it may have been made as well.
    """

    derivation: Derivation
    path: str
    x: float
    y: float
    label: Label
    is_contradicted: bool
    is_gap: bool
    or_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """Hold a credited party: its box, and the paths to the publications that credit it."""

    name: str
    source: str
    x: float
    y: float
    paths: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Hold a whole chain as drawn."""

    width: float
    height: float
    axis_y: float
    lanes_y: float
    dates: tuple[DrawnDate, ...]
    photos: tuple[DrawnPhoto, ...]
    appearances: tuple[DrawnAppearance, ...]
    derivations: tuple[DrawnDerivation, ...]
    claims: tuple[DrawnClaim, ...]
