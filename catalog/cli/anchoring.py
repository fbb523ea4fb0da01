"""`catalog anchor`: write down the head of the ledger, to keep it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.command(
    help=_("Write the head of the ledger to a file to keep elsewhere; `catalog verify --anchor` sees a roll-back by it.")
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("Where to write it."))
def anchor(output: Path) -> None:
    """Write an anchor; it is not signed, so keep it where nobody who could alter the catalogue can reach it."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.verify_catalogue import head_of_ledger

    with open_catalogue() as catalogue:
        head = head_of_ledger(catalogue)
    output.write_text(json.dumps({"sequence": head.sequence, "hash": head.hash}) + "\n", "utf-8")
    say(_("Wrote {file}: event {sequence}, {hash}.").format(file=output, sequence=head.sequence, hash=head.hash))
