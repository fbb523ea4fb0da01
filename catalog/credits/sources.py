"""The stable id of whoever publishes or is credited."""

from __future__ import annotations

import hashlib

from catalog.credits.authority import find_known
from catalog.credits.names import normalise_name

__all__ = ["normalise_name", "source_id"]


def source_id(name: str) -> str:
    """Return the id of the known source of that name, else `name-` and 16 hexadecimal digits of SHA-256 of the normalised name.

    The same name in another case, quoting or legal form has the same id. A misspelt name has an id of its own: it is a
    suggestion, never resolved silently. A name without letters is hashed as it is, white space cut. A handle keeps its @, in
    small letters: it is another name than the words it is made of, so that only a record of channels joins the two.
    """
    handle = name.strip().casefold()
    if handle.startswith("@") and len(handle) > 1:
        return _own_id(handle)
    known = find_known(name)
    if known is not None:
        return known.id
    normalised = normalise_name(name) or name.strip()
    return _own_id(normalised)


def _own_id(name: str) -> str:
    return "name-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
