"""The words of the command line in the reader's language, where a translation is installed."""

from __future__ import annotations

import gettext
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.support import NullTranslations

_TRANSLATIONS = gettext.translation("catalog", Path(__file__).parent / "translations", fallback=True)
_ = _TRANSLATIONS.gettext
ngettext = _TRANSLATIONS.ngettext
# In the order in which gettext asks them (GNU gettext manual, "Locale environment variables").
_ASKED = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_TRANSLATED = ("ru", "uk", "ar")


@lru_cache(maxsize=1)
def spoken_language() -> str:
    """Return the language that the environment asks for, `en` where it asks for none that is spoken here."""
    asked = next((os.environ[name] for name in _ASKED if os.environ.get(name)), "")
    codes = (part.replace("-", "_").split("_")[0].split(".")[0].lower() for part in asked.split(":"))
    return next((code for code in codes if code in (*_TRANSLATED, "en")), "en")


def said_as(text: str) -> str:
    """Return a sentence that the faces share, such as the words of a code, in the reader's language."""
    return text if spoken_language() == "en" else str(_shared().gettext(text))


@lru_cache(maxsize=1)
def _shared() -> NullTranslations:
    from catalog.gallery.languages import read_catalogue

    return read_catalogue(spoken_language())
