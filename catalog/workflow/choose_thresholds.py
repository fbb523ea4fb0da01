"""Which thresholds are in force: those that are shipped, or those of a file that an evaluation wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.errors import SettingsError, ThresholdsError
from catalog.matching.calibration import ALL, IDENTICAL
from catalog.matching.thresholds import SHIPPED, VERSION, Thresholds
from catalog.records.evaluation import Evaluation
from catalog.records.model import LEARNED, LearnedModel
from catalog.settings import Settings

FORMAT = "catalog thresholds 1"


def thresholds_in_force(settings: Settings, model: LearnedModel | None = None) -> Thresholds:
    """Return the thresholds that the settings name; those of the learned rung are its model's where no file has others.

    Raises SettingsError for a file that cannot be read or used, and for one that was measured with another version of the scores.
    """
    stated = read_thresholds(Path(settings.thresholds)) if settings.thresholds else SHIPPED
    if model is None or LEARNED in dict(stated.rungs):
        return with_learned(stated, model)
    own = (*stated.rungs, (LEARNED, Thresholds(model.suggest, model.accept)))
    return with_learned(replace(stated, rungs=own), model)


def with_learned(thresholds: Thresholds, model: LearnedModel | None) -> Thresholds:
    """Return thresholds by which the learned rung is examined, up to its model's radius; the same where there is no model."""
    return thresholds if model is None else replace(thresholds, learned_radius=model.radius)


def read_thresholds(path: Path) -> Thresholds:
    """Read a file of thresholds; a rung it does not name has the shipped ones."""
    try:
        values = json.loads(path.read_text("utf-8"))
        version, own = values["verification_version"], _rungs(values)
    except FileNotFoundError as error:
        raise SettingsError(
            f"CATALOG_THRESHOLDS={str(path)!r}: there is no such file; correct the path, or remove the setting for those shipped"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"CATALOG_THRESHOLDS={str(path)!r} cannot be used: {error}; `catalog evaluate` writes one") from error
    if version != VERSION:
        raise SettingsError(
            f"CATALOG_THRESHOLDS={str(path)!r} was measured with version {version} of the scores, this program has {VERSION};"
            " run `catalog evaluate` again"
        )
    return Thresholds(SHIPPED.suggest, SHIPPED.accept, own)


def write_thresholds(path: Path, found: Evaluation, *, with_few: bool = False) -> list[str]:
    """Write the thresholds that an evaluation found and return the rungs they are of; every other keeps the shipped ones.

    Left out are rungs for which one of the two was not found and, unless `with_few`, those that have too few labels to show what
    was wished for; where they are written, the file says so. Raises ThresholdsError, and writes nothing, when no rung is left.
    """
    chosen = [
        one
        for one in found.rungs
        if one.rung not in (ALL, *IDENTICAL) and one.suggest is not None and one.accept is not None
    ]  # fmt: skip
    kept = [one for one in chosen if with_few or not one.lacks]
    if not kept and not chosen:
        raise ThresholdsError(
            f"{path} is not written: no threshold of any rung keeps the wish; ask for less", code="no_thresholds"
        )
    if not kept:
        few = ", ".join(one.rung for one in chosen)
        raise ThresholdsError(
            f"{path} is not written: there are too few labelled pairs to show what was asked for ({few}); label more pairs,"
            " ask for less, or have it written all the same with --allow-few"
        )
    rungs = {
        one.rung: {"suggest": one.suggest, "accept": one.accept, **({"too_few_labels": True} if one.lacks else {})}
        for one in kept
    }  # fmt: skip
    values = {
        "format": FORMAT, "verification_version": VERSION, "rungs": rungs,
        "measured_on": {"pairs": found.pairs, "linked": found.linked, "unlinked": found.unlinked},
    }  # fmt: skip
    path.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    return [one.rung for one in kept]


def _rungs(values: dict[str, Any]) -> tuple[tuple[str, Thresholds], ...]:
    if values["format"] != FORMAT:
        raise ValueError(f"its format is {values['format']!r}, not {FORMAT!r}")
    return tuple((str(rung), _checked(limits)) for rung, limits in values["rungs"].items())


def _checked(limits: dict[str, Any]) -> Thresholds:
    suggest, accept = float(limits["suggest"]), float(limits["accept"])
    if not 0 <= suggest <= accept <= 1:
        raise ValueError(f"0 ≤ suggest ≤ accept ≤ 1 is needed, not {suggest} and {accept}")
    return Thresholds(suggest, accept)
