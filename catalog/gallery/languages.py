"""The languages of the interface: which one a reader gets, and their catalogues, read from their sources at start."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale

from catalog.gallery.speech import translations

# In the order of the switch; each name is written in its own language and script.
LANGUAGES = {"en": "English", "ru": "Русский", "uk": "Українська", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
FOLDER = Path(__file__).with_name("translations")


class SourceDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Serve translations from `.po` sources, so that no compiled file can be missing or out of date."""

    def __init__(self) -> None:
        """Read every catalogue; English is the language of the sources and needs none."""
        super().__init__(translation_directories=[], domain="messages")
        self._catalogues = {language: read_catalogue(language) for language in LANGUAGES if language != "en"}

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the request's language."""
        return self._catalogues.get(str(get_locale()), NullTranslations())


def read_catalogue(language: str) -> Translations:
    """Read the `.po` file of a language and compile it in memory."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def chosen_language() -> str:
    """Return the reader's language: as the address says, else the cookie, else what the browser prefers."""
    for named in (request.args.get("lang", ""), request.cookies.get(COOKIE, "")):
        if named in LANGUAGES:
            return named
    return request.accept_languages.best_match(list(LANGUAGES), default="en") or "en"


def speak(app: Flask) -> None:
    """Give an app its languages; the choice in an address is remembered in a cookie of the browser, nowhere else."""
    babel = Babel(app, locale_selector=chosen_language)
    babel.domain_instance = SourceDomain()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's extension adds it
        gettext=lambda text: translations().gettext(text),
        ngettext=lambda one, many, count: translations().ngettext(one, many, count),
        newstyle=True,
    )

    @app.after_request
    def _remember(response: Response) -> Response:
        named = request.args.get("lang", "")
        if named in LANGUAGES and request.cookies.get(COOKIE) != named:
            response.set_cookie(COOKIE, named, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax")
        if response.mimetype == "text/html":
            response.vary.update(("Cookie", "Accept-Language"))
        return response

    @app.context_processor
    def _language() -> dict[str, object]:
        language = chosen_language()
        return {
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "languages": LANGUAGES,
            "locale": Locale.parse(language),
        }
