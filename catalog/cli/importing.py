"""`catalog import`: take in, describe, match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from catalog.cli.item_words import ItemWords
from catalog.cli.language import _, ngettext
from catalog.cli.printing import Meters, emit, meters, say, say_limits

if TYPE_CHECKING:
    from catalog.errors import ComputeError
    from catalog.intake.readers import IntakeRequest, Reader
    from catalog.records.keeping import ItemOutcome, RunSummary
    from catalog.workflow.catalogue import Catalogue
    from catalog.workflow.import_collection import ImportOrder

UNLISTED_SHOWN = 10


@click.command(
    "import",
    help=_(
        "Take in photos with what was published with them. PATHS are folders, manifests, saved pages and single files; the same "
        "command again adds nothing and goes on where it was stopped."
    ),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--manifest", type=click.Path(path_type=Path), help=_("CSV or JSON Lines: one row is one publication."))
@click.option(
    "--reader", help=_("Name the reader instead of letting the path choose: csv_table, json_lines, web_page or folder.")
)
@click.option("--publisher", help=_("Publisher of what states none."))
@click.option("--dry-run", is_flag=True, help=_("Do everything but keep nothing."))
@click.option("--no-match", is_flag=True, help=_("Leave matching for the next import or `catalog rebuild --pending`."))
@click.option("--workers", type=click.IntRange(min=1), help=_("Worker processes; one a core by default."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one an item, then a summary."))
def import_command(
    paths: tuple[Path, ...], manifest: Path | None, reader: str | None, publisher: str | None, dry_run: bool, no_match: bool,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Take in what the arguments name, then match and trace what is new."""
    from catalog.cli.opening import open_catalogue, settings_in_force
    from catalog.workflow.import_collection import ImportOrder

    started = monotonic()
    settings = settings_in_force(workers=workers)
    inputs = _inputs(paths, manifest, reader, publisher, settings.timezone, settings.max_file_bytes)
    arguments = {"paths": [str(path) for path in paths], "manifest": str(manifest) if manifest else None, "publisher": publisher}
    order = ImportOrder(inputs, dry_run, arguments)
    with open_catalogue(settings) as catalogue, meters() as shown:
        say_limits(catalogue.executor.limits())
        summary = _take_in(catalogue, order, shown, as_json=as_json)
        failed = [] if dry_run else _match(catalogue, shown, no_match=no_match)
    _summarise(replace(summary, seconds=monotonic() - started), as_json=as_json, dry_run=dry_run)
    for sha256, error in failed:
        words = _("{photo} could not be matched ({code}: {message}); the next import tries again")
        say(words.format(photo=sha256, code=error.code, message=error))
    if summary.rejected or failed:
        raise click.exceptions.Exit(1)


def _inputs(
    paths: Sequence[Path], manifest: Path | None, name: str | None, publisher: str | None, zone: str, max_file_bytes: int
) -> list[tuple[Reader, IntakeRequest]]:
    from catalog.intake.readers import IntakeRequest, choose_reader, manifest_beside

    inputs: list[tuple[Reader, IntakeRequest]] = []
    for path in paths:
        chosen = choose_reader(path, manifest, name)
        if manifest is None and path.is_dir() and (beside := manifest_beside(path)):
            say(_("{beside} lies there and is not read; add --manifest {beside} to use it").format(beside=beside))
        inputs.append((chosen, IntakeRequest(path, manifest, publisher, zone or None, max_file_bytes)))
    return inputs


def _take_in(catalogue: Catalogue, order: ImportOrder, shown: Meters, *, as_json: bool) -> RunSummary:
    from catalog.workflow.import_collection import ImportWatcher, import_collection

    meter = shown.phase(_("Taking in"))
    counts: Counter[str] = Counter()
    total = 0

    def count(items: int) -> None:
        nonlocal total
        total = items

    words = ItemWords()

    def hear(outcome: ItemOutcome) -> None:
        counts[outcome.outcome] += 1
        _tell(outcome, words, as_json=as_json)
        detail = _("added {added}, known {known}, rejected {rejected}")
        told = detail.format(added=counts["added"], known=counts["known"], rejected=counts["rejected"])
        meter.tell(counts.total(), total, told)

    return import_collection(catalogue, order, ImportWatcher(count, hear, _tell_unlisted))


def _tell(outcome: ItemOutcome, words: ItemWords, *, as_json: bool) -> None:
    if as_json:
        emit({
            "item": outcome.item, "outcome": outcome.outcome, "photo": outcome.photo, "publication": outcome.publication,
            "reason": outcome.reason, "warnings": list(outcome.warnings),
        })  # fmt: skip
    for line in words.lines(outcome, with_warnings=not as_json):
        say(line)


def _tell_unlisted(paths: Sequence[str]) -> None:
    names = ", ".join(paths[:UNLISTED_SHOWN]) + (" …" if len(paths) > UNLISTED_SHOWN else "")
    words = ngettext(
        "{count} file beside the manifest is not listed in it and was not taken in: {names}",
        "{count} files beside the manifest are not listed in it and were not taken in: {names}",
        len(paths),
    )
    say(words.format(count=len(paths), names=names))


def _match(catalogue: Catalogue, shown: Meters, *, no_match: bool) -> list[tuple[str, ComputeError]]:
    from catalog.workflow.learn_templates import match_collection
    from catalog.workflow.trace_chains import trace_chains

    failed = [] if no_match else match_collection(catalogue, shown.phase(_("Matching")).tell)
    trace_chains(catalogue, shown.phase(_("Tracing")).tell)
    return failed


def _summarise(summary: RunSummary, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        names = ("run", "read", "added", "known", "rejected", "seconds")
        emit({"summary": {name: getattr(summary, name) for name in names}})
    words = _("Read {read} = added {added} + known {known} + rejected {rejected}, in {seconds:.1f} s. Run {run}.")
    numbers = {name: getattr(summary, name) for name in ("read", "added", "known", "rejected", "seconds", "run")}
    say(words.format(**numbers) + (" " + _("Dry run: nothing was kept.") if dry_run else ""))
