"""`catalog anchor`: write down the head of the ledger, signed, to keep it elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FileToRead, FileToWrite
from catalog.cli.printing import emit, say
from catalog.errors import UsageError


@click.command(
    help=_("Write the signed head of the ledger to a file. Keep it elsewhere: `catalog verify --anchor` sees a roll-back by it.")
)
@click.option("-o", "--output", type=FileToWrite(), required=True, help=_("Where to write it."))
@click.option(
    "--key", "key_file", type=FileToRead(),
    help=_("File with the private key, 64 hex digits; without it the instance's own, made at its first use."),
)  # fmt: skip
@click.option("--unsigned", is_flag=True, help=_("Write an anchor without a signature; it needs no extra."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line."))
def anchor(output: Path, key_file: Path | None, unsigned: bool, as_json: bool) -> None:
    """Write an anchor; keep it where nobody who could alter the catalogue can reach it."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.anchor_ledger import anchor_ledger

    if unsigned and key_file is not None:
        raise UsageError("--unsigned signs nothing, so --key has no use; give one of them")
    with open_catalogue() as catalogue:
        made = anchor_ledger(catalogue, output, key_file=key_file, is_signed=not unsigned)
    public_key = None if made.signature is None else made.signature.public_key
    if as_json:
        emit(
            {"anchor": str(output), "sequence": made.head.sequence, "hash": made.head.hash, "made_at": made.made_at,
             "public_key": public_key}
        )  # fmt: skip
    said = _("Wrote {file}: event {sequence}, {hash}.").format(file=output, sequence=made.head.sequence, hash=made.head.hash)
    if public_key is None:
        say(f"{said} {_('It is NOT signed: whoever can reach the file can change it. Keep it where nobody else can.')}")
    else:
        say(f"{said} {_('Signed; the public key is {key}. Keep both elsewhere.').format(key=public_key)}")
