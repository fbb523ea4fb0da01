"""Pairs of photos: proposed, examined, accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

RELATIONS = ("same_bytes", "same_pixels", "copy", "part", "same_scene", "none")
STATES = ("accepted", "suggested", "refused")
PAIR_VERDICTS = ("accept", "reject", "same_scene")
# Two photos that a person decided so about never come into one picture group through what is computed.
PARTING_VERDICTS = ("reject", "same_scene")
# Closed list, in the order in which the interfaces page gives it.
CHANGES = (
    "recompressed", "resized", "cropped", "mirrored", "rotated", "recoloured", "greyscale", "blurred", "sharpened",
    "overlaid", "bordered", "screenshot", "composite", "perspective",
)  # fmt: skip


# Why a pair is only suggested, as the evidence shows it: another picture in the same frame, a mark that both carry, something or
# the camera moved, few points that agree.
DOUBTS = ("replaced", "mark", "moved", "few_points")


def strength(relation: str, state: str) -> int:
    """Return how strongly a verdict links two photos, to tell new evidence from the same again: relation first, then state."""
    return (len(RELATIONS) - RELATIONS.index(relation)) * len(STATES) + len(STATES) - STATES.index(state)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Hold which share of each picture the other one shows, 0–1."""

    query: float
    reference: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a proposed pair: nobody has looked at the pixels yet.

    `distances` maps an algorithm to bits that differ; `votes` counts local features that agree. `rung` names the first
    rung of the ladder that proposed the pair.
    """

    query: str
    reference: str
    rung: str
    distances: tuple[tuple[str, int], ...] = ()
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """Hold an examined pair.

    `query` and `reference` are SHA-256 of photos (a query image that is not kept has its own SHA-256).
    `relation` is one of RELATIONS, `state` one of STATES, `changes` a subset of CHANGES in their order: what was done
    between the two, without saying to which. `transform` maps oriented query pixels to oriented reference pixels,
    3×3 row-major, None without geometry. `box` is x, y, w, h in the query of the region that shows the reference.
    `score` is 0–1, not rounded. `threshold_suggest` and `threshold_accept` are those in force. `rung` is what decided.
    `evidence` maps names to numbers (inliers, spread, residual, distances …) for those who ask why.
    """

    query: str
    reference: str
    relation: str
    state: str
    score: float
    changes: tuple[str, ...]
    transform: tuple[float, ...] | None
    overlap: Overlap | None
    box: tuple[float, float, float, float] | None
    rung: str
    version: int
    threshold_suggest: float
    threshold_accept: float
    evidence: tuple[tuple[str, float], ...] = field(default=())

    @property
    def is_match(self) -> bool:
        """Tell whether the pair is accepted as showing the same picture or a part of it."""
        return self.state == "accepted" and self.relation in {"same_bytes", "same_pixels", "copy", "part"}

    @property
    def joins_groups(self) -> bool:
        """Tell whether the pair makes two photos whole-picture copies of one another."""
        return self.state == "accepted" and self.relation in {"same_bytes", "same_pixels", "copy"}


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold what a person decided about a pair, and why. `verdict` is one of PAIR_VERDICTS, or undo."""

    photos: tuple[str, str]
    verdict: str
    reason: str
    agent: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class PictureGroup:
    """Hold photos that are whole-picture copies of one another, and the weakest score that holds them together."""

    photos: tuple[str, ...]
    weakest_score: float | None
