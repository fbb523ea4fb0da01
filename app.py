"""Builds the Flask app from settings; nothing else."""

from __future__ import annotations

from flask import Flask

from catalog.cli.opening import build_catalogue, settings_in_force
from catalog.gallery import create_app as create_gallery


def create_app() -> Flask:
    """Open the catalogue that the environment names and build the gallery over it."""
    catalogue = build_catalogue(settings_in_force())
    catalogue.store.open_schema()
    return create_gallery(catalogue)
