"""Write down the head of the ledger, signed, so that a later roll-back or rewriting of it can be seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from catalog.custody.anchors import anchor_text, read_anchor, sealed
from catalog.custody.key_file import own_key, read_key
from catalog.errors import DiskError, UsageError
from catalog.lasting import replace_lasting
from catalog.records.custody import Anchor, AnchorStatement
from catalog.records.event import GENESIS_HASH
from catalog.workflow.catalogue import Catalogue

KEY_FILE = "anchor-key"
ANCHOR_BYTES = 64 * 1024


def anchor_ledger(catalogue: Catalogue, output: Path, *, key_file: Path | None, is_signed: bool = True) -> AnchorStatement:
    """Write the statement of the ledger's head into an anchor file that outlasts a power cut, and return it.

    The key is that of `key_file`, else the instance's own, made at its first use. Raises DiskError when the disk refuses,
    CustodyError `extra_missing` when it is to be signed and the library is not there, UsageError for an unusable key.
    """
    head, key = head_of_ledger(catalogue), None
    if is_signed:
        key = own_key(catalogue.settings.instance / KEY_FILE) if key_file is None else read_key(key_file)
    statement = sealed(head, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), key)
    try:
        replace_lasting(output, anchor_text(statement))
    except OSError as error:
        raise DiskError.of(error, output) from error
    return statement


def open_anchor(path: Path) -> AnchorStatement:
    """Read an anchor file; raises UsageError for anything else."""
    with path.open("rb") as file:
        content = file.read(ANCHOR_BYTES + 1)
    if len(content) > ANCHOR_BYTES:
        raise UsageError(f"{path}: this is no anchor made by `catalog anchor`: it has more than {ANCHOR_BYTES} bytes")
    return read_anchor(content.decode("utf-8", "replace"), str(path))


def head_of_ledger(catalogue: Catalogue) -> Anchor:
    """Return the number and hash of the last event, to be written down elsewhere."""
    with catalogue.store.ledger() as ledger:
        head = Anchor(0, GENESIS_HASH)
        for event in ledger.events():
            head = Anchor(event.sequence, event.hash)
    return head
