"""`catalog backup` and `catalog restore`: a copy that was read again, and the way back from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FolderToMake, FolderToRead
from catalog.cli.printing import Meter, Meters, emit, meters, say, show_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.records.backup import Copied


@click.command(help=_("Copy the catalogue into a new folder and read the copy again. It may be in use meanwhile."))
@click.argument("folder", type=FolderToMake())
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one an alteration, then a summary."))
def backup(folder: Path, as_json: bool) -> None:
    """Make a backup; exit 1 when the copy is not whole, which then keeps its ending `.partial`."""
    from catalog.cli.opening import build_catalogue, open_catalogue
    from catalog.workflow.back_up import back_up

    with open_catalogue() as catalogue, meters() as shown:
        alone = replace(catalogue.settings, database_url="", store_url="")
        made = back_up(catalogue, folder, lambda place: build_catalogue(replace(alone, instance=place)), _teller(shown))
    _tell(made, {"backup": str(folder)}, as_json=as_json)
    if not made.is_whole:
        say(
            _("{folder} is not finished: the catalogue itself is altered. Mend it, then run the same command.").format(
                folder=folder
            )
        )
        raise click.exceptions.Exit(1)
    say(_("Wrote {folder}. Keep an anchor apart from it: `catalog anchor`.").format(folder=folder))


@click.command(help=_("Copy a backup into an empty instance, and read the copy again."))
@click.argument("folder", type=FolderToRead())
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one an alteration, then a summary."))
def restore(folder: Path, as_json: bool) -> None:
    """Restore a backup; exit 1 when something in it is altered."""
    from catalog.cli.opening import build_catalogue, settings_in_force
    from catalog.workflow.back_up import restore

    catalogue = build_catalogue(settings_in_force(), is_restoring=True)
    try:
        with meters() as shown:
            made = restore(folder, catalogue, _teller(shown))
    finally:
        catalogue.close()
    _tell(made, {"restored": str(catalogue.settings.instance), "backup": str(folder)}, as_json=as_json)
    if not made.is_whole:
        raise click.exceptions.Exit(1)
    say(_("Restored into {folder}.").format(folder=catalogue.settings.instance))


def _teller(shown: Meters) -> Callable[[str, int, int], None]:
    labels = {
        "database": _("Copying the database"), "originals": _("Copying originals"), "checking": _("Checking the copy"),
        "restoring": _("Copying files"),
    }  # fmt: skip
    phases: dict[str, Meter] = {}

    def told(phase: str, done: int, total: int) -> None:
        if phase not in phases:
            phases[phase] = shown.phase(labels[phase])
        phases[phase].tell(done, total)

    return told


def _tell(made: Copied, named: dict[str, object], *, as_json: bool) -> None:
    for found in made.verdict.alterations:
        if as_json:
            emit({"altered": found.code, "subject": found.subject, "detail": found.detail})
        else:
            show_line(f"{found.code}: {found.subject}: {found.detail}")
    numbers = {
        "originals": made.verdict.originals_read, "events": made.verdict.events_read, "bytes": made.facts.original_bytes,
        "alterations": len(made.verdict.alterations), "seconds": made.seconds,
    }  # fmt: skip
    if as_json:
        head = {"sequence": made.facts.head.sequence, "hash": made.facts.head.hash}
        emit({"summary": {**named, **numbers, "whole": made.is_whole, "head": head}})
    words = _("Copied and read again: {originals} originals ({bytes} bytes), {events} events. Altered: {alterations}.")
    say(words.format(**numbers))
