"""Every setting, its default and its check, in one frozen class."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from catalog.errors import SettingsError

PREFIX = "CATALOG_"
MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings in force; each field is `CATALOG_` and its name in capitals.

    `instance` holds database, originals, previews and secret. `database_url` and `store_url` are empty for the defaults inside
    it. `workers` 0 means one a core. `timezone` is the IANA zone assumed for dates that state none, empty for none.
    `host` and `port` are where the gallery is served. `max_file_bytes` is the largest file that is taken in,
    `worker_timeout_seconds` how long a worker may take for one file. `thresholds` is a file written by `catalog evaluate`, empty
    for the thresholds that are shipped. `model` is a learned model in an ONNX file, empty for none.
    """

    instance: Path = Path("instance")
    database_url: str = ""
    store_url: str = ""
    workers: int = 0
    timezone: str = ""
    host: str = "127.0.0.1"
    port: int = 5000
    max_file_bytes: int = 200 * 1024 * 1024
    worker_timeout_seconds: float = 10.0
    thresholds: str = ""
    model: str = ""

    @property
    def resolved_database_url(self) -> str:
        """Return the SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.instance / 'catalog.sqlite').absolute()}"

    @property
    def resolved_store_folder(self) -> Path:
        """Return the folder that holds originals; S3 comes with its issue, so another scheme is refused."""
        if not self.store_url:
            return self.instance / "originals"
        if self.store_url.startswith("file://"):
            return Path(self.store_url.removeprefix("file://"))
        raise SettingsError(
            f"CATALOG_STORE_URL={self.store_url!r}: only file:// addresses are supported; remove it for the default folder"
        )

    @property
    def worker_count(self) -> int:
        """Return how many worker processes to use, at least 1."""
        return self.workers or len(os.sched_getaffinity(0))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables.

    Raises SettingsError for a `CATALOG_` key nobody knows and for a value that cannot be used.
    """
    known = {PREFIX + field.name.upper(): field.name for field in fields(Settings)}
    given: dict[str, object] = {}
    for key, text in environment.items():
        if not key.startswith(PREFIX):
            continue
        if key not in known:
            raise SettingsError(f"{key} is not a setting of the catalogue; the settings are {', '.join(sorted(known))}")
        given[known[key]] = _read_value(key, known[key], text)
    return Settings(**given)  # type: ignore[arg-type]  # each value was read by its field's type


def _read_value(key: str, name: str, text: str) -> object:
    default = getattr(Settings(), name)
    try:
        if isinstance(default, int | float):
            return _usable(_number(text, type(default)), MAX_PORT if name == "port" else math.inf)
        if isinstance(default, Path):
            return _folder(text)
        if name == "timezone" and text:
            ZoneInfo(text)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise SettingsError(f"{key}={text!r} cannot be used: {error}") from error
    return text


def _number(text: str, kind: type[int] | type[float]) -> float:
    try:
        return kind(text)
    except ValueError as error:
        raise ValueError("it must be a whole number" if kind is int else "it must be a number") from error


def _usable(number: float, largest: float) -> float:
    if not (math.isfinite(number) and 0 <= number <= largest):
        raise ValueError("it must be finite and not negative" if math.isinf(largest) else f"it must be from 0 to {largest}")
    return number


def _folder(text: str) -> Path:
    if not text:
        raise ValueError("name a folder, or leave the setting out")
    return Path(text).expanduser()
