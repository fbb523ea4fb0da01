"""The words of the command line in the reader's language, where a translation is installed."""

from __future__ import annotations

import gettext
from pathlib import Path

_TRANSLATIONS = gettext.translation("catalog", Path(__file__).parent / "translations", fallback=True)
_ = _TRANSLATIONS.gettext
ngettext = _TRANSLATIONS.ngettext
