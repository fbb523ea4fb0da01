"""The group of all commands, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import click

from catalog import __version__
from catalog.cli.anchoring import anchor
from catalog.cli.backing_up import backup, restore
from catalog.cli.captioning import captions_group
from catalog.cli.chaining import chains
from catalog.cli.crediting import credits_group
from catalog.cli.deciding import decide
from catalog.cli.evaluating import evaluate
from catalog.cli.importing import import_command
from catalog.cli.initialising import init, upgrade
from catalog.cli.inquiring import inquire
from catalog.cli.language import _, said_as
from catalog.cli.matching import match
from catalog.cli.printing import say
from catalog.cli.rebuilding import rebuild
from catalog.cli.reporting import report
from catalog.cli.searching import search
from catalog.cli.serving import serve
from catalog.cli.showing import show
from catalog.cli.sourcing import sources
from catalog.cli.undoing import undo
from catalog.cli.verifying import verify
from catalog.errors import CatalogError, DiskError, SettingsError, UsageError

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


class CatalogGroup(click.Group):
    """Run a command and turn what it raises into one line and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; 2 for wrong usage and settings, 1 for every other error of ours, 130 for an interruption."""
        try:
            return super().invoke(context)
        except (UsageError, SettingsError) as error:
            _tell(context, error)
            context.exit(EXIT_USAGE)
        except CatalogError as error:
            _tell(context, error)
            context.exit(EXIT_FAILED)
        except KeyboardInterrupt as interruption:
            # A command may know better how it is gone on with.
            say(str(interruption) or _("Interrupted. What was acknowledged is kept; run the same command again to go on."))
            context.exit(EXIT_INTERRUPTED)
        except BrokenPipeError:
            # Whoever read our output has seen enough; nothing more can be said to them.
            sys.stderr.close()
            context.exit(EXIT_FAILED)
        except OSError as error:
            # What the catalogue keeps has errors of its own; this is a file or folder that the command line names.
            _tell(context, DiskError.of(error, error.filename))
            context.exit(EXIT_FAILED)


def _tell(context: click.Context, error: CatalogError) -> None:
    if context.params.get("debug"):
        # A trace quotes what it stumbled over; a terminal must not obey that either.
        for part in traceback.format_exception(error):
            for line in part.splitlines():
                say(line)
    say(_("Error ({code}): {message}").format(code=error.code, message=error.said(said_as)))


@click.group(
    cls=CatalogGroup,
    help=_("Catalogue published photos, their captions, credits and provenance."),
    epilog=_(
        "The catalogue lies in the folder `instance`, or in the one that CATALOG_INSTANCE names. Exit codes: 0 done; 1 something"
        " failed or a check found something; 2 wrong usage; 130 interrupted, and what was acknowledged is kept."
    ),
)
@click.option("--debug", is_flag=True, help=_("Show the whole trace of an error."))
@click.version_option(__version__, prog_name="catalog")
def catalog(debug: bool) -> None:
    """Hold the commands; `debug` is read where errors are told."""
    del debug


COMMANDS = (
    init, upgrade, import_command, match, decide, inquire, evaluate, report, chains, search, show, sources, credits_group,
    captions_group, verify, anchor, backup, restore, undo, rebuild, serve,
)  # fmt: skip
for command in COMMANDS:
    catalog.add_command(command)


def main() -> None:
    """Run the command line."""
    catalog(prog_name="catalog")
