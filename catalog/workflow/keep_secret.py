"""The secret that signs cookies and form tokens of the gallery, kept in the instance."""

from __future__ import annotations

from pathlib import Path

from catalog.custody.key_file import own_key

FILE = "secret"


def secret_of(instance: Path) -> bytes:
    """Return the instance's secret, made with its folder when there is none; raises UsageError for a file that holds none."""
    instance.mkdir(parents=True, exist_ok=True)
    return own_key(instance / FILE)
