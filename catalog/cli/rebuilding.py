"""`catalog rebuild`: remake what is derived from the evidence."""

from __future__ import annotations

import click

from catalog.cli.language import _, ngettext
from catalog.cli.printing import Meter, meters, say, say_limits


@click.command(
    help=_(
        "Remake everything derived; the evidence stays. Derived are previews, descriptors, readings, matches, groups and chains."
        " What was made before answers until the new is complete. With --pending, goes on with a rebuild that was interrupted."
    )
)
@click.option("--pending", is_flag=True, help=_("Make only what is missing or outdated."))
def rebuild(pending: bool) -> None:
    """Rebuild the derived tables; exit 1 when a photo could not be described or matched."""
    from catalog.cli.opening import open_catalogue
    from catalog.workflow.rebuild_derived import rebuild_derived, resume_derived

    with open_catalogue() as catalogue, meters() as shown:
        say_limits(catalogue.executor.limits())
        if not pending:
            _say_interrupted(catalogue.store.outdated_count())
        phases: dict[str, Meter] = {}
        labels = {"describing": _("Describing"), "matching": _("Matching"), "tracing": _("Tracing")}

        def told(phase: str, done: int, total: int) -> None:
            if phase not in phases:
                phases[phase] = shown.phase(labels[phase])
            phases[phase].tell(done, total)

        try:
            failed = (resume_derived if pending else rebuild_derived)(catalogue, told)
        except KeyboardInterrupt as interruption:
            words = _("Interrupted. What was made before answers until the new is there; `catalog rebuild --pending` goes on.")
            raise KeyboardInterrupt(words) from interruption
    for sha256, error in failed:
        words = _("{photo} could not be described or matched ({code}): {message}")
        say(words.format(photo=sha256, code=error.code, message=error))
    say(_("Rebuilt."))
    if failed:
        raise click.exceptions.Exit(1)


def _say_interrupted(waiting: int) -> None:
    """Tell that an earlier rebuild was not finished, and how it would be gone on with."""
    if waiting:
        words = ngettext(
            "Note: an earlier rebuild left {count} photo to be described anew. This one begins again from the start; `--pending`"
            " goes on with it.",
            "Note: an earlier rebuild left {count} photos to be described anew. This one begins again from the start; `--pending`"
            " goes on with it.",
            waiting,
        )
        say(words.format(count=waiting))
