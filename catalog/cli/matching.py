"""`catalog match`: search by image; nothing is stored unless the inquiry is to be kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalog.cli.language import _, ngettext
from catalog.cli.named_paths import FileToWrite
from catalog.cli.printing import emit, meters, say, say_limits, show_line

if TYPE_CHECKING:
    from catalog.workflow.match_query import QueryAnswer, QueryDesk


class BoxType(click.ParamType[tuple[float, float, float, float]]):
    """Read X,Y,W,H in pixels of the upright picture."""

    name = "X,Y,W,H"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float, float, float]:
        """Return the four numbers; width and height must be positive."""
        try:
            left, top, width, height = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(_("{value!r} is not four numbers X,Y,W,H").format(value=value), param, ctx)
        if not all(map(math.isfinite, (left, top, width, height))) or width <= 0 or height <= 0:
            self.fail(_("a box needs four numbers, with a positive width and height"), param, ctx)
        return left, top, width, height


@click.command(
    help=_(
        "Search by image, or by a region of one. Told is which photos show the same picture or a part of it; folders are walked."
    )
)
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--box", type=BoxType(), help=_("Search only for this region of the picture, in pixels."))
@click.option("--workers", type=click.IntRange(min=1), help=_("Worker processes; one a core by default."))
@click.option("--explain", type=FileToWrite(), help=_("Write an HTML page that shows why."))
@click.option("--keep", is_flag=True, help=_("Record the inquiry and what it found, nothing included."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one a query, then a summary."))
def match(
    images: tuple[Path, ...], box: tuple[float, float, float, float] | None, workers: int | None, explain: Path | None,
    keep: bool, as_json: bool,
) -> None:  # fmt: skip
    """Answer each query image."""
    from catalog.cli.opening import open_catalogue, settings_in_force
    from catalog.reports.writers import write_explanations
    from catalog.workflow.explain_match import explain_answers
    from catalog.workflow.match_query import QueryDesk, query_files
    from catalog.workflow.present_match import match_line
    from catalog.workflow.record_inquiry import keep_search

    paths = list(query_files(images))
    if not paths:
        say(_("Nothing was asked: no file to search for lies in {folders}.").format(folders=", ".join(map(str, images))))
    unread = 0
    with open_catalogue(settings_in_force(workers=workers)) as catalogue, meters() as shown:
        say_limits(catalogue.executor.limits())
        desk = QueryDesk(catalogue)
        _say_undescribed(catalogue.store.undescribed_count())
        _say_outdated(catalogue.store.outdated_count())
        meter = shown.phase(_("Searching"))
        answers: list[QueryAnswer] = []
        for done, answer in enumerate(desk.answer(paths, box), 1):
            unread += answer.error is not None
            line = match_line(catalogue, answer)
            _tell(answer, line, as_json=as_json)
            if explain is not None:
                answers.append(answer)
            if keep and answer.picture is not None:
                keep_search(catalogue, answer.query, answer.picture.sha256, len(desk.index), line["matches"])
            meter.tell(done, len(paths))
        if explain is not None:
            with explain.open("wb") as stream:
                write_explanations(explain_answers(catalogue, answers, box), stream)
            say(_("Wrote {file}.").format(file=explain))
    if as_json:
        emit({"summary": _summary(desk)})
    if unread:
        raise click.exceptions.Exit(1)


def _say_undescribed(photos: int) -> None:
    """Tell that the catalogue holds photos that no search finds yet, so that silence is not taken for their absence."""
    if photos:
        words = ngettext(
            "Note: {count} photo is not described yet and cannot be found; run `catalog rebuild --pending`.",
            "Note: {count} photos are not described yet and cannot be found; run `catalog rebuild --pending`.",
            photos,
        )
        say(words.format(count=photos))


def _say_outdated(photos: int) -> None:
    """Tell that a rebuild is not finished, and that older descriptors answer for some photos."""
    if photos:
        words = ngettext(
            "Note: a rebuild is not finished. {count} photo is looked up by the descriptors it had before, the others by new"
            " ones; `catalog rebuild --pending` goes on with it.",
            "Note: a rebuild is not finished. {count} photos are looked up by the descriptors they had before, the others by new"
            " ones; `catalog rebuild --pending` goes on with it.",
            photos,
        )
        say(words.format(count=photos))


def _tell(answer: QueryAnswer, line: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        emit(line)
    if answer.error is not None:
        say(_("{query} ({code}): {message}").format(query=answer.query, code=answer.error.code, message=answer.error))
        return
    if as_json:
        return
    if not answer.matches:
        plain = "" if answer.comparable else " " + _("It is too plain to be compared by more than its bytes and pixels.")
        show_line(_("{query}: no earlier appearance is known to this catalogue.").format(query=answer.query) + plain)
    for found in line["matches"]:  # type: ignore[attr-defined]  # a list of objects
        show_line(match_words(answer.query, found))


def match_words(query: str, found: Mapping[str, Any]) -> str:
    """Return a match, as `match --json` gives it, in one line; of a part with its box in the query, in full-size pixels."""
    words = _("{query}: {state} {relation} of {path}{changes}{box} (score {score:.3f}, {photo})")
    changes = ": " + ", ".join(found["changes"]) if found["changes"] else ""
    box = ""
    if found["relation"] == "part" and found["box"] is not None:
        box = _(", box {box}").format(box=",".join(f"{side:.0f}" for side in found["box"]))
    return words.format(**{**found, "query": query, "changes": changes, "box": box, "photo": found["photo"][:12]})


def _summary(desk: QueryDesk) -> dict[str, object]:
    queries = max(1, desk.timing.queries)
    return {
        "queries": desk.timing.queries, "describe_ms": desk.timing.describe_ms / queries,
        "search_ms": desk.timing.search_ms / queries, "descriptor_bytes_per_photo": desk.descriptor_bytes_per_photo,
    }  # fmt: skip
