"""`catalog report`: the duplicate-detection report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.group(help=_("Write reports."))
def report() -> None:
    """Hold the reports."""


@report.command(help=_("Write which photos show one picture, what was changed, and who published when with which words."))
@click.option(
    "--format", "format_name", type=click.Choice(["html", "csv", "jsonl"]), default="html", show_default=True,
    help=_("HTML to look at, CSV for spreadsheets, JSON Lines exact."),
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("Write to this file, not to standard output.")
)
def duplicates(format_name: str, output: Path | None) -> None:
    """Write the duplicate-detection report."""
    from catalog.cli.opening import open_catalogue
    from catalog.reports.writers import WRITERS
    from catalog.workflow.collect_duplicates import collect_duplicates

    with open_catalogue() as catalogue:
        made = collect_duplicates(catalogue)
        writer = WRITERS[format_name]
        if output is None:
            writer.write(made, sys.stdout.buffer)
            sys.stdout.flush()
            return
        partial = output.with_name(output.name + ".partial")
        with partial.open("wb") as stream:
            writer.write(made, stream)
        partial.replace(output)
    say(_("Wrote {file}.").format(file=output))
