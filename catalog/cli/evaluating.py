"""`catalog evaluate`: precision and recall on labelled pairs, and the thresholds that follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FileToRead, FileToWrite
from catalog.cli.printing import Meter, emit, meters, say, show_line

if TYPE_CHECKING:
    from catalog.records.evaluation import Evaluation, RungEvaluation


@click.command(
    help=_(
        "Show precision and recall on labelled pairs. They stand at every threshold, with the thresholds that follow for a wish."
    )
)
@click.argument("labels", type=FileToRead())
@click.option(
    "--suggest-precision", type=click.FloatRange(0, 1), default=0.5, show_default=True,
    help=_("Least share of right pairs among the suggested."),
)  # fmt: skip
@click.option(
    "--accept-precision", type=click.FloatRange(0, 1), default=0.99, show_default=True,
    help=_("Least share of right pairs among the accepted."),
)  # fmt: skip
@click.option("--one-false-in", type=click.IntRange(min=1), help=_("Accept at most one in so many unlinked pairs."))
@click.option(
    "-o", "--output", type=FileToWrite(),
    help=_("Write the thresholds to this file; CATALOG_THRESHOLDS puts it in force."),
)  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), help=_("Worker processes; one a core by default."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a pair, one a rung, then a summary."))
def evaluate(
    labels: Path, suggest_precision: float, accept_precision: float, one_false_in: int | None, output: Path | None,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Evaluate a table of labels; exit 1 when a pair could not be examined."""
    from catalog.cli.opening import open_catalogue, settings_in_force
    from catalog.records.evaluation import Wish
    from catalog.workflow.choose_thresholds import write_thresholds
    from catalog.workflow.evaluate_labels import evaluate_labels

    wish = Wish(suggest_precision, accept_precision, one_false_in)
    phases: dict[str, Meter] = {}
    words = {"describing": _("Describing"), "examining": _("Examining")}
    with open_catalogue(settings_in_force(workers=workers)) as catalogue, meters() as shown:

        def told(phase: str, done: int, total: int) -> None:
            phases.setdefault(phase, shown.phase(words[phase])).tell(done, total)

        answer = evaluate_labels(catalogue, labels, wish, told)
    for pair, error in answer.failed:
        say(_("row {row} ({code}): {message}").format(row=pair.row, code=error.code, message=error))
        if as_json:
            emit({"row": pair.row, "error": error.code})
    if as_json:
        for one in answer.scored:
            emit({"row": one.pair.row, "label": one.pair.label, "rung": one.rung, "score": one.score})
    for rung in answer.found.rungs:
        _tell_rung(rung, as_json=as_json)
    _tell_whole(answer.found, len(answer.failed), one_false_in, as_json=as_json)
    if output is not None:
        write_thresholds(output, answer.found)
        say(_("Wrote {file}.").format(file=output))
    if answer.failed:
        raise click.exceptions.Exit(1)


def _tell_rung(found: RungEvaluation, *, as_json: bool) -> None:
    if as_json:
        points = [
            {"threshold": one.threshold, "right": one.right, "wrong": one.wrong, "precision": one.precision, "recall": one.recall}
            for one in found.points
        ]
        emit({"rung": found.rung, "suggest": found.suggest, "accept": found.accept, "points": points})
        return
    show_line(found.rung)
    show_line(_("  threshold  right  wrong  precision  recall"))
    for one in found.points:
        precision = "–" if one.precision is None else f"{one.precision:.3f}"
        chosen = [word for word, chosen in (("suggest", found.suggest), ("accept", found.accept)) if one.threshold == chosen]
        numbers = f"  {one.threshold:9.4f}  {one.right:5d}  {one.wrong:5d}  {precision:>9}  {one.recall:6.3f}"
        show_line(f"{numbers}  {', '.join(chosen)}".rstrip())


def _tell_whole(found: Evaluation, failed: int, one_false_in: int | None, *, as_json: bool) -> None:
    if as_json:
        emit(
            {"summary": {"pairs": found.pairs, "failed": failed, "linked": found.linked, "unlinked": found.unlinked}}
        )  # fmt: skip
    else:
        words = _("{pairs} pairs examined, {failed} failed; {linked} linked, {unlinked} unlinked.")
        show_line(words.format(pairs=found.pairs, failed=failed, linked=found.linked, unlinked=found.unlinked))
    if one_false_in is not None and one_false_in > found.unlinked:
        say(
            _("{unlinked} unlinked pairs cannot show one in {count}: the threshold lies above all of them.").format(
                unlinked=found.unlinked, count=one_false_in
            )
        )
