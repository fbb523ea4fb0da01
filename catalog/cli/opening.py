"""Open the catalogue that the settings name: the one place of the command line that chooses a store and an executor."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from catalog.compute.local import LocalExecutor
from catalog.settings import Settings, read_settings
from catalog.store.durable import make_folder
from catalog.store.files import LocalFiles
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.back_up import require_restored
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.require_libraries import require_libraries
from catalog.workflow.use_model import model_of


def settings_in_force(**given: object) -> Settings:
    """Return the settings of the environment, with those given on the command line above them (None means not given)."""
    stated = {name: value for name, value in given.items() if value is not None}
    return replace(read_settings(os.environ), **stated)  # type: ignore[arg-type]  # click has checked each by its type


@contextmanager
def open_catalogue(settings: Settings | None = None) -> Iterator[Catalogue]:
    """Open the catalogue; the schema is made on an empty instance. Raises SchemaError on one that is older."""
    opened = build_catalogue(settings or settings_in_force())
    try:
        opened.store.open_schema()
        yield opened
    finally:
        opened.close()


def build_catalogue(settings: Settings, *, is_restoring: bool = False) -> Catalogue:
    """Put together store, files and executor; nothing is read or written yet, but for the instance's folder.

    Raises SettingsError for a library that is too old or a learned model that is not well declared, and CustodyError for an
    instance into which a backup was not restored to the end, unless that is to be gone on with.
    """
    require_libraries()
    if not is_restoring:
        require_restored(settings.instance)
    model = model_of(settings.model)
    make_folder(settings.instance, mode=0o700)
    agent = getpass.getuser()
    store = SqlStore(settings.resolved_database_url, settings.instance / "arrays", agent)
    files = LocalFiles(settings.resolved_store_folder, settings.instance / "previews")
    executor = LocalExecutor(settings.worker_count, settings.worker_timeout_seconds)
    return Catalogue(settings, store, files, executor, agent, model)
