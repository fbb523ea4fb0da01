"""What a caption claims about its picture, and how two captions' claims stand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.partial_date import PartialDate

CLAIM_KINDS = ("date", "place", "actor", "number", "weapon")
# How a claim belongs to the picture. `shown`: where, when, who or what the picture shows. Dates: `republished` is a day told
# relative to the publication. Places: `near`, `origin` (where people came from). Actors: `responsible`, `denied`, `target`.
# `context`: what a sentence of background says, not of the picture.
CLAIM_ROLES = ("shown", "relative", "yearless", "hijri", "near", "origin", "responsible", "denied", "target", "context")
COMPARISONS = ("same", "finer", "coarser", "compatible", "contradicting", "silent")
RELATIONS = ("same", "translation", "shortened", "extended", "contradicting", "unrelated")
CONTRADICTIONS = ("date", "place", "actor", "number")


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one thing a caption says: its half-open span of the raw text, what is meant, and how it belongs to the picture.

    `value` is an id that does not depend on the language: EDTF of a date (empty when it has none), id of a place, an actor or a
    weapon, or what is counted ("killed people"). `name` is how the value is called in English. `date` is set for dates that
    could be read, `least` and `most` for numbers; `most` is None when nothing bounds it.
    """

    kind: str
    role: str
    text: str
    span: tuple[int, int]
    value: str
    name: str
    date: PartialDate | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """Hold how what two captions say of one matter stands: `a` and `b` are claims of either, one of them None where silent.

    `comparison` is one of COMPARISONS and speaks of b: `finer` means b says it more exactly.
    """

    kind: str
    comparison: str
    a: Claim | None
    b: Claim | None


@dataclass(frozen=True, slots=True)
class CaptionComparison:
    """Hold how a caption b stands to a caption a: one of RELATIONS, the kinds that contradict, and the claims compared."""

    relation: str
    contradictions: tuple[str, ...]
    claims: tuple[ComparedClaim, ...]


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Hold a source that captions can name, as the authority has it: its id, its kind, and its names in all languages."""

    id: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineCell:
    """Hold what one caption says of one kind, and how that stands to what was said before.

    `change` is one of COMPARISONS, against the last earlier caption that says anything of the kind, or `told` where this is the
    earliest that does. `against` numbers the earlier captions it contradicts, from 1.
    """

    kind: str
    claims: tuple[Claim, ...]
    change: str
    against: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Hold one caption of a chain in order of publication: its publication and photo by id, and one cell a kind of claim."""

    publication: str
    photo: str
    text: str
    language: str | None
    cells: tuple[TimelineCell, ...]
