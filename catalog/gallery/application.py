"""Builds the gallery over a catalogue: doors first, then languages, then pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from catalog.gallery.answers import Sha256Converter, here
from catalog.gallery.chain import bp as chain
from catalog.gallery.compare import bp as compare
from catalog.gallery.credit_view import credit_view
from catalog.gallery.custody import bp as custody
from catalog.gallery.dates_view import DATES
from catalog.gallery.description import bp as description
from catalog.gallery.doors import DESK_EXTENSION, EXTENSION
from catalog.gallery.duplicates import bp as duplicates
from catalog.gallery.event_view import EVENTS
from catalog.gallery.glossary import bp as glossary
from catalog.gallery.grid import bp as grid
from catalog.gallery.grid import grid_address
from catalog.gallery.health import bp as health
from catalog.gallery.image_search import bp as image_search
from catalog.gallery.imports import bp as imports
from catalog.gallery.languages import speak
from catalog.gallery.photo import bp as photo
from catalog.gallery.pictures import bp as pictures
from catalog.gallery.problems import answer_errors
from catalog.gallery.rates import made_rates
from catalog.gallery.ratios import ratio_class
from catalog.gallery.sayings import SAYINGS
from catalog.gallery.security import guard
from catalog.gallery.sources import bp as sources
from catalog.gallery.text_view import TEXTS
from catalog.gallery.wording import WORDS
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.keep_secret import secret_of
from catalog.workflow.match_query import LastingDesk

STATIC = Path(__file__).parents[2] / "static"
PAGE_MODULES = (
    grid,
    photo,
    custody,
    chain,
    compare,
    duplicates,
    image_search,
    sources,
    imports,
    glossary,
    pictures,
    health,
    description,
)
ASSET_SECONDS = 365 * 24 * 3600


def create_app(catalogue: Catalogue) -> Flask:
    """Build the gallery over an opened catalogue; its secret is made in the instance when there is none.

    Raises SettingsError when the secret cannot be used.
    """
    app = Flask("catalog.gallery", static_folder=str(STATIC), template_folder="templates")
    app.secret_key = secret_of(catalogue.settings.instance)
    app.extensions[EXTENSION] = catalogue
    app.extensions[DESK_EXTENSION] = LastingDesk(catalogue)
    app.extensions["rates"] = made_rates()
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's default provider has it; the base class does not say so
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.converters["sha256"] = Sha256Converter
    guard(app, catalogue.settings.max_file_bytes)
    CSRFProtect(app)
    speak(app)
    answer_errors(app)
    _equip_templates(app)
    _version_assets(app)
    for blueprint in PAGE_MODULES:
        app.register_blueprint(blueprint)
    return app


def _equip_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    # Every template is escaped, whatever its ending: a drawing or a text can carry a caption as well as a page can.
    app.jinja_env.autoescape = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    tools = (*WORDS, *TEXTS, *DATES, *SAYINGS, *EVENTS, credit_view, ratio_class, grid_address, here)
    app.jinja_env.globals.update({tool.__name__: tool for tool in tools})


def _version_assets(app: Flask) -> None:
    """Put the hash of each of our own files into its address, so that browsers may keep it for good."""
    digests = {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.rglob("*")
        if path.is_file()
    }

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=digests[name])

    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and request.view_args and response.status_code == 200:
            current = digests.get(request.view_args["filename"])
            if current and request.args.get("v") == current:
                response.headers["Cache-Control"] = f"private, max-age={ASSET_SECONDS}, immutable"
        return response
