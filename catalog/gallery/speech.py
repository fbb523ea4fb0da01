"""The words of the interface in the reader's language; call sites are where translators' tools collect them."""

from __future__ import annotations

import flask_babel


def _(text: str, **values: object) -> str:
    """Return a sentence of the interface in the reader's language, its named places filled."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Return the form of a sentence that its number asks for in the reader's language."""
    return str(flask_babel.ngettext(one, many, count, **values))
