"""The words of the interface in the reader's language; call sites are where translators' tools collect them."""

from __future__ import annotations

from typing import cast

import flask_babel
from babel.support import NullTranslations
from flask import g


def _(text: str, **values: object) -> str:
    """Return a sentence of the interface in the reader's language, its named places filled."""
    said = str(translations().gettext(text))
    return said % values if values else said


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Return the form of a sentence that its number asks for in the reader's language."""
    return str(translations().ngettext(one, many, count)) % {"num": count, **values}


def later(text: str) -> str:
    """Return a word as it is; it is marked for translators here and translated where it is shown."""
    return text


def translations() -> NullTranslations:
    """Return the catalogue of the request's language; it is looked up once a request, for a page says hundreds of words."""
    if "translations" not in g:
        g.translations = flask_babel.get_translations()
    return cast(NullTranslations, g.translations)
