"""`catalog verify`: is everything still what was kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from catalog.cli.language import _
from catalog.cli.named_paths import FileToRead
from catalog.cli.printing import emit, meters, say, show_line
from catalog.errors import UsageError

if TYPE_CHECKING:
    from catalog.records.custody import Verdict


@click.command(
    help=_(
        "Re-read originals, recompute the ledger, name what was altered. The digests of all rows under the ledger are computed "
        "anew; nothing is mended."
    )
)
@click.option("--sample", type=click.IntRange(min=1), help=_("Re-read only so many originals, chosen at random."))
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help=_("Only originals stored since then (UTC).")
)
@click.option("--anchor", "anchor_file", type=FileToRead(), help=_("An anchor kept elsewhere."))
@click.option("--public-key", metavar="HEX", help=_("The key that must have signed the anchor, as `catalog anchor` told it."))
@click.option(
    "--resume",
    "is_resumable",
    is_flag=True,
    help=_("Go on with an interrupted check, and note what is read so that this one can be."),
)
@click.option("--record", "is_recorded", is_flag=True, help=_("Write what was covered and found into the ledger, as one event."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON Lines, one an alteration, then a summary."))
def verify(
    sample: int | None, since: datetime | None, anchor_file: Path | None, public_key: str | None, is_resumable: bool,
    is_recorded: bool, as_json: bool,
) -> None:  # fmt: skip
    """Check the catalogue; exit 1 when anything was altered."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.anchor_ledger import open_anchor
    from catalog.workflow.verify_catalogue import VerifyOrder, record_check, verify_catalogue

    if public_key is not None and anchor_file is None:
        raise UsageError("--public-key says who signed an anchor; give one with --anchor")
    if is_resumable and sample is not None:
        raise UsageError("--sample chooses anew each time, so there is nothing to go on with; leave --resume out")
    anchor = None if anchor_file is None else open_anchor(anchor_file)
    moment = None if since is None else since.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with open_catalogue() as catalogue, meters() as shown:
        meter = shown.phase(_("Re-reading originals"))
        verdict = verify_catalogue(catalogue, VerifyOrder(sample, moment, anchor, public_key, is_resumable), meter.tell)
        arriving = len(catalogue.files.arriving())
        if is_recorded:
            record_check(catalogue, verdict)
    _tell(verdict, as_json=as_json)
    if arriving:
        words = _(
            "{arriving} originals are announced by an import under way or cut off, and not called unexpected; import again."
        )
        say(words.format(arriving=arriving))
    if verdict.alterations:
        raise click.exceptions.Exit(1)


def _tell(verdict: Verdict, *, as_json: bool) -> None:
    for found in verdict.alterations:
        if as_json:
            emit({"altered": found.code, "subject": found.subject, "detail": found.detail})
        else:
            show_line(f"{found.code}: {found.subject}: {found.detail}")
    numbers = {
        "originals_expected": verdict.originals_expected, "originals_read": verdict.originals_read,
        "originals_read_before": verdict.originals_read_before, "originals_not_readable": verdict.originals_not_readable,
        "originals_skipped": verdict.originals_skipped, "events_expected": verdict.events_expected, "events_read":
        verdict.events_read, "alterations": len(verdict.alterations), "begun_at": verdict.begun_at, "seconds": verdict.seconds,
    }  # fmt: skip
    if as_json:
        head = {"sequence": verdict.head.sequence, "hash": verdict.head.hash}
        emit({"summary": {**numbers, "whole": verdict.is_whole, "head": head, "anchor": _anchor(verdict)}})
    words = _(
        "Originals: {originals_expected} expected, {originals_read} read, {originals_skipped} skipped. "
        "Events: {events_expected} expected, {events_read} read. Altered: {alterations}."
    )
    say(words.format(**numbers))
    if verdict.originals_read_before:
        before = _(
            "{originals_read_before} originals were not read now: the note of the check begun at {begun_at} says they were then."
        )
        say(before.format(**numbers))
    if verdict.anchor is not None:
        say(_anchor_words(verdict))


def _anchor(verdict: Verdict) -> dict[str, object] | None:
    anchor = verdict.anchor
    if anchor is None:
        return None
    public_key = None if anchor.signature is None else anchor.signature.public_key
    return {"sequence": anchor.head.sequence, "made_at": anchor.made_at, "public_key": public_key}


def _anchor_words(verdict: Verdict) -> str:
    anchor = verdict.anchor
    if anchor is None or anchor.signature is None:
        return _("The anchor is NOT signed: it shows no more than that the ledger has the event it names.")
    since = verdict.head.sequence - anchor.head.sequence
    words = _("The anchor covers the ledger up to event {sequence}, and nothing of the {since} events after it; signed by {key}.")
    return words.format(sequence=anchor.head.sequence, since=max(since, 0), key=anchor.signature.public_key)
