"""Copies found and wrong pairs by change and family, through the real commands; with `BENCH_WRITE` it writes docs/matching.md."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench.figures import Figure
from bench.picture_changes import CHANGES, NamedChange, changed
from bench.quality_photos import unrelated_photos
from catalog.matching.thresholds import SHIPPED
from tests.conftest import ROOT, run_catalog

SUITE = "quality"
ORIGINALS = 8
# So many photos are asked about, changed, that are in no catalogue: whatever is found for them is wrong.
STRANGERS = 4
PAGE = ROOT / "docs" / "matching.md"
MISSED_FOLDER = ROOT / "docs" / "missed"
BEGIN, END = "<!-- written by the bench -->", "<!-- end of what the bench writes -->"
# From the shipped suggest threshold on: what lies below it is not told by `catalog match`.
STEPS = (SHIPPED.suggest, 0.4, 0.5, 0.6, 0.7, SHIPPED.accept, 0.9, 0.95, 0.99)
MOST_SHOWN = 6
MISSED_BOX = 160


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold one query: its file, which change of which photo it is (None for a stranger), and what was found, best first."""

    file: Path
    change: NamedChange
    original: str | None
    found: tuple[tuple[str, float, str], ...]

    @property
    def score(self) -> float | None:
        """Return the score of the right photo, None when it was not found."""
        return next((score for photo, score, _ in self.found if photo == self.original), None)

    @property
    def is_first(self) -> bool:
        """Tell whether the right photo stands on top, alone."""
        others = [score for photo, score, _ in self.found if photo != self.original]
        return self.score is not None and all(score < self.score for score in others)

    @property
    def wrong(self) -> list[tuple[float, str]]:
        """Return score and state of every wrong photo."""
        return [(score, state) for photo, score, state in self.found if photo != self.original]


def run(
    folder: Path,
    originals: int = ORIGINALS,
    strangers: int = STRANGERS,
    changes: Sequence[NamedChange] = CHANGES,
    most: int | None = None,
) -> Iterator[Figure]:
    """Import photos and ask for changed ones.

    `BENCH_PHOTOS` names a folder of more photos. `BENCH_WRITE`, whatever it says, writes the page; pictures of what is missed are
    shown when these are the samples, whose licences allow it.
    """
    paths = unrelated_photos(os.environ.get("BENCH_PHOTOS"))[:most]
    outside, held = paths[:strangers], paths[strangers:]
    answers = _asked(folder, held, held[:originals], outside, changes)
    allowed = _score_above_all_wrong(answers)
    pairs = len(answers) * len(held)
    known = [one for one in answers if one.original is not None]
    yield Figure(
        f"{len(known)} copies and {len(answers) - len(known)} strangers among {len(held)} photos", f"{pairs} unrelated pairs"
    )
    for label, some in (("all", known), *_by(known, "family"), *_by(known, "name")):
        yield Figure(label, _line(some, allowed))
    wrong = sorted((pair for one in answers for pair in one.wrong), reverse=True)
    yield Figure("wrong pairs accepted", str(sum(state == "accepted" for _, state in wrong)))
    yield Figure("wrong pairs suggested", str(sum(state == "suggested" for _, state in wrong)))
    yield Figure("best score of a wrong pair", f"{wrong[0][0]:.3f}" if wrong else "none")
    for step in STEPS:
        recall, passed = _at(answers, step)
        yield Figure(f"from a score of {step}", f"{recall:.1f} % found, {passed} wrong pairs")
    if os.environ.get("BENCH_WRITE"):
        _write(answers, allowed, len(held))


def _asked(
    folder: Path, held: Sequence[Path], originals: Sequence[Path], outside: Sequence[Path], changes: Sequence[NamedChange]
) -> list[Answered]:
    (folder / "held").mkdir()
    for path in held:
        shutil.copy(path, folder / "held")
    imported = run_catalog(folder / "instance", "import", folder / "held", "--json")
    named = {Path(line["item"]).name: line["photo"] for line in imported.lines if "item" in line}
    (folder / "asked").mkdir()
    wanted: dict[str, tuple[NamedChange, str | None]] = {}
    for number, path in enumerate((*originals, *outside)):
        with (
            Image.open(path) as picture,
            Image.open(outside[number % len(outside)] if number < len(originals) else outside[-1]) as other,
        ):
            for place, change in enumerate(changes):
                target = folder / "asked" / f"{number:04d}-{place:03d}.jpg"
                target.write_bytes(changed(change, picture.convert("RGB"), other.convert("RGB")))
                wanted[target.name] = (change, named[path.name] if number < len(originals) else None)
    lines = run_catalog(folder / "instance", "match", folder / "asked", "--json").lines
    return [_answered(line, *wanted[Path(line["query"]).name]) for line in lines if "matches" in line]


def _answered(line: dict[str, list[dict[str, str | float]]], change: NamedChange, original: str | None) -> Answered:
    scenes = [one for one in line["matches"] if one["relation"] != "same_scene"]
    found = tuple((str(one["photo"]), float(one["score"]), str(one["state"])) for one in scenes)
    return Answered(Path(str(line["query"])), change, original, found)


def _score_above_all_wrong(answers: Sequence[Answered]) -> float:
    return max((score for one in answers for score, _ in one.wrong), default=0.0)


def _by(known: Sequence[Answered], what: str) -> list[tuple[str, list[Answered]]]:
    sorted_out: dict[str, list[Answered]] = defaultdict(list)
    for one in known:
        sorted_out[str(getattr(one.change, what))].append(one)
    return list(sorted_out.items())


def _shares(some: Sequence[Answered], allowed: float) -> tuple[float, float, float, float]:
    """Return percent found on top, found at all, accepted, and found above every wrong pair."""
    accepted = sum(any(photo == one.original and state == "accepted" for photo, _, state in one.found) for one in some)
    counts = (
        sum(one.is_first for one in some), sum(one.score is not None for one in some), accepted,
        sum(one.score is not None and one.score > allowed for one in some),
    )  # fmt: skip
    first, found, taken, above = (100 * count / len(some) for count in counts)
    return first, found, taken, above


def _at(answers: Sequence[Answered], threshold: float) -> tuple[float, int]:
    """Return percent of the copies whose right photo reaches a threshold, and how many wrong pairs do."""
    known = [one for one in answers if one.original is not None]
    right = sum(one.score is not None and one.score >= threshold for one in known)
    return 100 * right / len(known), sum(score >= threshold for one in answers for score, _ in one.wrong)


def _line(some: Sequence[Answered], allowed: float) -> str:
    first, found, taken, above = _shares(some, allowed)
    return f"first {first:.1f} %, found {found:.1f} %, accepted {taken:.1f} %, above every wrong pair {above:.1f} %"


def _write(answers: Sequence[Answered], allowed: float, held: int) -> None:
    """Put the tables, and pictures of what was missed, into the page between its two marks."""
    known = [one for one in answers if one.original is not None]
    wrong = [state for one in answers for _, state in one.wrong]
    strangers = len(answers) - len(known)
    lines = [
        f"{len(known)} changed copies of {len({one.original for one in known})} photos and {strangers} changed photos that",
        f"are not held, among {held} photos, by `catalog import` and `catalog match --json`. *Above*: score above that of every",
        "wrong pair.",
        "Made by `BENCH_WRITE=1 python -m bench matching_quality`.",
        "",
        "| family, change | copies | first | found | accepted | above |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        _row("all", known, allowed),
    ]
    for family, some in _by(known, "family"):
        lines.append(_row(f"**{family}**", some, allowed))
        lines += [_row(name, own, allowed) for name, own in _by(some, "name")]
    lines += [
        "",
        f"Wrong pairs: {wrong.count('accepted')} accepted, {wrong.count('suggested')} suggested, of"
        f" {len(answers) * held - len(known):,}{f'; the best has score {allowed:.3f}' if wrong else ''}.",
        "",
        "| threshold | recall | wrong pairs |",
        "| ---: | ---: | ---: |",
        *(f"| {_named(step)} | {recall:.1f} | {passed} |" for step in STEPS for recall, passed in [_at(answers, step)]),
        "",
        *_missed(known),
    ]
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n" + "\n".join(lines).rstrip() + f"\n\n{END}{after}", "utf-8")


def _named(step: float) -> str:
    return {SHIPPED.suggest: f"{step} (suggest)", SHIPPED.accept: f"{step} (accept)"}.get(step, str(step))


def _row(label: str, some: Sequence[Answered], allowed: float) -> str:
    return f"| {label} | {len(some)} | " + " | ".join(f"{share:.1f}" for share in _shares(some, allowed)) + " |"


def _missed(known: Sequence[Answered]) -> list[str]:
    """Keep thumbnails of copies that were not accepted, one a change, and say of which change each is."""
    shutil.rmtree(MISSED_FOLDER, ignore_errors=True)
    missed = {
        one.change.name: one
        for one in known
        if not any(photo == one.original and state == "accepted" for photo, _, state in one.found)
    }
    if not missed:
        return ["Every copy was accepted."]
    lines = ["Still missed or only suggested, one a change (the photos and their licences: samples/LICENCES.csv):", ""]
    if os.environ.get("BENCH_PHOTOS"):
        return [*lines, ", ".join(sorted(missed))]
    MISSED_FOLDER.mkdir()
    for number, (name, one) in enumerate(sorted(missed.items())[:MOST_SHOWN], 1):
        with Image.open(one.file) as picture:
            picture.thumbnail((MISSED_BOX, MISSED_BOX))
            picture.save(MISSED_FOLDER / f"{number}.jpg", quality=70)
        said = "not found" if one.score is None else f"score {one.score:.2f}"
        lines.append(f"![{name}, {said}](missed/{number}.jpg) {name}: {said}")
        lines.append("")
    return lines
