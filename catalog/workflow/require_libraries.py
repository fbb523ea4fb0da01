"""Refuse to start with libraries older than asked for: the faults of older decoders are known, and files can reach them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import metadata

from catalog.errors import SettingsError

DISTRIBUTION = "creditline"
# A requirement as `requirements.in` writes them: a name, then bounds; what an extra asks for has a marker behind a semicolon.
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?P<bounds>[^;]*)(?P<marker>;.*)?")
_LEAST = re.compile(r">=\s*([\d.]+)")


def require_libraries(requirements: Iterable[str] | None = None, version_of: Callable[[str], str] = metadata.version) -> None:
    """Hold every installed library against the least version that this program was installed to need.

    Raises SettingsError `library_missing` or `library_too_old`.
    """
    try:
        stated = metadata.requires(DISTRIBUTION) or () if requirements is None else requirements
        for requirement in stated:
            found = _REQUIREMENT.match(requirement)
            least = _LEAST.search(found["bounds"]) if found and not found["marker"] else None
            if found is None or least is None:
                continue
            version = version_of(found["name"])
            if _numbers(version) < _numbers(least[1]):
                raise SettingsError(
                    f"{found['name']} {version} is installed and {least[1]} or newer is needed, as faults of older ones can be "
                    "reached by files; type: make setup",
                    code="library_too_old",
                )
    except metadata.PackageNotFoundError as error:
        raise SettingsError(f"{error.name} is not installed; type: make setup", code="library_missing") from error


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version up to the first thing that is none: 3.1.0rc1 is (3, 1, 0)."""
    return tuple(map(int, re.findall(r"\d+", re.split(r"[^\d.]", version, maxsplit=1)[0])))
