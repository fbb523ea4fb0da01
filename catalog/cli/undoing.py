"""`catalog undo`: take back an import run."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.command(
    help=_("Take back an import run; importing again adds it again. The run stays on record, with a retraction beside it.")
)
@click.argument("run")
@click.option("--reason", default="", help=_("Why, for those who ask later."))
def undo(run: str, reason: str) -> None:
    """Retract a run."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.undo_import import undo_import

    with open_catalogue() as catalogue:
        undone = undo_import(catalogue, run, reason)
    words = _("Run {run} is undone: {gone} photos stand no more, {touched} keep what other runs say of them.")
    say(words.format(run=run, gone=len(undone.gone), touched=len(undone.touched)))
