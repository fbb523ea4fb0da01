"""`catalog init` and `catalog upgrade`: make the instance, bring the schema to head."""

from __future__ import annotations

import click

from catalog.cli.language import _
from catalog.cli.printing import say


@click.command(help=_("Make the instance and bring the schema to head."))
def init() -> None:
    """Make the instance and bring the schema to head."""
    _bring_to_head()


@click.command(help=_("Bring the schema of an existing instance to head. Make a backup before."))
def upgrade() -> None:
    """Bring the schema to head."""
    _bring_to_head()


def _bring_to_head() -> None:
    from catalog.cli.opening import build_catalogue, settings_in_force

    settings = settings_in_force()
    catalogue = build_catalogue(settings)
    try:
        catalogue.store.upgrade()
    finally:
        catalogue.close()
    say(_("The catalogue in {folder} is ready.").format(folder=settings.instance))
