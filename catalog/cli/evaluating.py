"""`catalog evaluate`: precision and recall on labelled pairs, and the thresholds that follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FileToRead, FileToWrite
from catalog.cli.printing import Meter, emit, meters, say, show_line

if TYPE_CHECKING:
    from catalog.records.evaluation import Evaluation, Interval, RungEvaluation, ThresholdPoint, Wish


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
@click.option("--allow-few", is_flag=True, help=_("Write thresholds also of rungs with too few labels to show the wish."))
@click.option("--workers", type=click.IntRange(min=1), help=_("Worker processes; one a core by default."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a pair, one a rung, then a summary."))
def evaluate(
    labels: Path, suggest_precision: float, accept_precision: float, one_false_in: int | None, output: Path | None,
    allow_few: bool, workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Evaluate a table of labels; exit 1 when a pair could not be examined, or nothing that was to be written may be."""
    from catalog.cli.opening import open_catalogue, settings_in_force
    from catalog.records.evaluation import Wish
    from catalog.workflow.choose_thresholds import write_thresholds
    from catalog.workflow.evaluate_labels import evaluate_labels

    wish = Wish(suggest_precision, accept_precision, one_false_in)
    phases: dict[str, Meter] = {}
    labels_of = {"describing": _("Describing"), "examining": _("Examining")}
    with open_catalogue(settings_in_force(workers=workers)) as catalogue, meters() as shown:

        def told(phase: str, done: int, total: int) -> None:
            phases.setdefault(phase, shown.phase(labels_of[phase])).tell(done, total)

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
    _tell_whole(answer.found, len(answer.failed), as_json=as_json)
    for rung in answer.found.rungs:
        _say_lacks(rung, wish)
    if output is not None:
        written = write_thresholds(output, answer.found, with_few=allow_few)
        words = _("Wrote {file}, with thresholds of {rungs}. Every other rung keeps the shipped ones.")
        say(words.format(file=output, rungs=", ".join(written)))
    if answer.failed:
        raise click.exceptions.Exit(1)


def _tell_rung(found: RungEvaluation, *, as_json: bool) -> None:
    if as_json:
        lacks = [{"wish": one.wish, "pairs": one.pairs, "held": one.held, "needed": one.needed} for one in found.lacks]
        values = {"rung": found.rung, "suggest": found.suggest, "accept": found.accept, "lacks": lacks}
        emit({**values, "points": [_point(one) for one in found.points]})
        return
    show_line(found.rung)
    show_line(_("  threshold  right  wrong  precision (95 %)   recall (95 %)"))
    for one in found.points:
        precision = "–" if one.precision is None else _share(one.precision, one.precision_interval)
        chosen = [word for word, chosen in (("suggest", found.suggest), ("accept", found.accept)) if one.threshold == chosen]
        counts = f"  {one.threshold:9.4f}  {one.right:5d}  {one.wrong:5d}"
        numbers = f"{counts}  {precision:<17}  {_share(one.recall, one.recall_interval)}"
        show_line(f"{numbers}  {', '.join(chosen)}".rstrip())


def _point(one: ThresholdPoint) -> dict[str, object]:
    return {
        "threshold": one.threshold, "right": one.right, "wrong": one.wrong, "precision": one.precision,
        "precision_95": None if one.precision is None else [one.precision_interval.low, one.precision_interval.high],
        "recall": one.recall, "recall_95": [one.recall_interval.low, one.recall_interval.high],
    }  # fmt: skip


def _share(share: float, within: Interval) -> str:
    return f"{share:.3f} {within.low:.3f}–{within.high:.3f}"


def _say_lacks(found: RungEvaluation, wish: Wish) -> None:
    """Tell, rung by rung, which pairs are too few to show what was wished for."""
    wished = {
        "suggest_precision": _("a suggest precision of {share}").format(share=wish.suggest_precision),
        "accept_precision": _("an accept precision of {share}").format(share=wish.accept_precision),
        "one_false_in": _("one false in {count}").format(count=wish.one_false_in),
    }
    for lack in found.lacks:
        if lack.needed is None:
            words = _("{rung}: {wish} cannot be shown by any number of labels.")
        elif lack.pairs == "passing":
            words = _("{rung}: pairs that pass: {held}; {wish} is shown by {needed}, none of them wrong.")
        else:
            words = _("{rung}: unlinked pairs: {held}; {wish} is shown with {needed}, none of which passes.")
        say(words.format(rung=found.rung, held=lack.held, needed=lack.needed, wish=wished[lack.wish]))


def _tell_whole(found: Evaluation, failed: int, *, as_json: bool) -> None:
    if as_json:
        emit(
            {"summary": {"pairs": found.pairs, "failed": failed, "linked": found.linked, "unlinked": found.unlinked}}
        )  # fmt: skip
    else:
        words = _("{pairs} pairs examined, {failed} failed; {linked} linked, {unlinked} unlinked.")
        show_line(words.format(pairs=found.pairs, failed=failed, linked=found.linked, unlinked=found.unlinked))
