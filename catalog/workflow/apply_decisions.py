"""Let what people decided stand above what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.records.match import Decision, Verification

PERSON_RUNG = "person"


def apply_decisions(verifications: Iterable[Verification], decisions: Sequence[Decision]) -> list[Verification]:
    """Return the verifications as people left them: rejected pairs go, accepted ones count whatever was measured.

    A pair that a person called another frame of the same scene is that and no copy, without changes or geometry; one that a
    person accepted and nobody measured becomes a copy without geometry.
    """
    verdicts = {frozenset(made.photos): made.verdict for made in decisions}
    applied: list[Verification] = []
    for found in verifications:
        verdict = verdicts.get(frozenset((found.query, found.reference)))
        if verdict is None:
            applied.append(found)
        elif verdict == "accept":
            relation = found.relation if found.relation in {"same_bytes", "same_pixels", "copy", "part"} else "copy"
            applied.append(replace(found, state="accepted", relation=relation))
        elif verdict == "same_scene":
            bare = replace(found, changes=(), transform=None, overlap=None, box=None)
            applied.append(replace(bare, state="accepted", relation="same_scene"))
    measured = {frozenset((found.query, found.reference)) for found in applied}
    for made in decisions:
        if made.verdict != "reject" and frozenset(made.photos) not in measured:
            relation = "copy" if made.verdict == "accept" else made.verdict
            applied.append(
                Verification(
                    *made.photos, relation=relation, state="accepted", score=1.0, changes=(), transform=None, overlap=None,
                    box=None, rung=PERSON_RUNG, version=0, threshold_suggest=0.0, threshold_accept=0.0,
                )
            )  # fmt: skip
    return applied
