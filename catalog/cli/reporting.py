"""`catalog report`: the duplicate-detection report, and the chain of custody of a photo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FileToWrite
from catalog.cli.printing import say
from catalog.errors import UsageError


@click.group(help=_("Write reports."))
def report() -> None:
    """Hold the reports."""


@report.command(
    help=_("Write which photos show one picture. With them stand what was changed, and who published when with which words.")
)
@click.option(
    "--format", "format_name", type=click.Choice(["html", "csv", "jsonl"]),
    help=_("HTML to look at, CSV for spreadsheets, JSON Lines exact. Without it the ending of the file says; else HTML."),
)  # fmt: skip
@click.option("-o", "--output", type=FileToWrite(), help=_("Write to this file, not to standard output."))
@click.option("--no-bom", is_flag=True, help=_("Write CSV without the byte order mark by which Excel knows UTF-8."))
def duplicates(format_name: str | None, output: Path | None, no_bom: bool) -> None:
    """Write the duplicate-detection report."""
    from catalog.cli.opening import open_catalogue
    from catalog.reports.writers import PLAIN_CSV, WRITERS
    from catalog.workflow.collect_duplicates import collect_duplicates

    with open_catalogue() as catalogue:
        chosen = _format(format_name, output, WRITERS)
        if no_bom and chosen != "csv":
            raise UsageError(f"--no-bom is for CSV, and this report is {chosen}; leave it out, or say --format csv")
        writer = PLAIN_CSV if no_bom else WRITERS[chosen]
        made = collect_duplicates(catalogue)
        _write(output, lambda stream: writer.write(made, stream))


@report.command(help=_("Write who did what with a photo and when. With it stand run and path, and whether each seal holds."))
@click.argument("photo")
@click.option(
    "--format", "format_name", type=click.Choice(["html", "jsonl"]),
    help=_("HTML to look at, JSON Lines exact. Without it the ending of the file says; else HTML."),
)  # fmt: skip
@click.option("-o", "--output", type=FileToWrite(), help=_("Write to this file, not to standard output."))
def custody(photo: str, format_name: str | None, output: Path | None) -> None:
    """Write the chain of custody of a photo; exit 1 when the original or a seal is not what it must be."""
    from catalog.cli.opening import open_catalogue
    from catalog.reports.writers import CUSTODY_WRITERS
    from catalog.workflow.report_custody import report_custody

    with open_catalogue() as catalogue:
        writer = CUSTODY_WRITERS[_format(format_name, output, CUSTODY_WRITERS)]
        made = report_custody(catalogue, photo)
    _write(output, lambda stream: writer.write(made, stream))
    if made.reading != "as_stored":
        say(f"{made.reading}: {made.page.photo}: {made.reading_detail}")
    broken = [event.sequence for event in made.page.events if not event.is_sealed]
    if broken:
        say(_("The seals of these events do not hold: {events}").format(events=", ".join(map(str, broken))))
    if broken or made.reading != "as_stored":
        raise click.exceptions.Exit(1)


def _format(asked: str | None, output: Path | None, known: Collection[str]) -> str:
    """Name the format that was asked for, else the one that the file's ending names, else HTML.

    Raises UsageError for an ending of something else: nobody could open what stands under it.
    """
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if asked is None and ending and ending not in {*known, "htm"}:
        raise UsageError(
            f"{output}: .{ending} names no format of this report; use one of {', '.join(sorted(known))}, or --format"
        )
    return asked or (ending if ending in known else "html")


def _write(output: Path | None, write: Callable[[BinaryIO], None]) -> None:
    """Write to standard output, or to a file that has its name only when it is whole."""
    if output is None:
        write(sys.stdout.buffer)
        sys.stdout.flush()
        return
    partial = output.with_name(output.name + ".partial")
    with partial.open("wb") as stream:
        write(stream)
    partial.replace(output)
    say(_("Wrote {file}.").format(file=output))
