"""The anchor file: what it says, the bytes under its signature, how it is written and read."""

from __future__ import annotations

import json

from catalog.custody.key_file import KEY_BYTES
from catalog.custody.signing import is_signed, sign
from catalog.errors import UsageError
from catalog.records.custody import Alteration, Anchor, AnchorStatement, Signature
from catalog.records.event import canonical_json

FORMAT = "creditline-anchor-1"
ALGORITHM = "Ed25519"


def sealed(head: Anchor, made_at: str, key: bytes | None) -> AnchorStatement:
    """Return the statement of a head, signed with a private key of 32 bytes, or unsigned for None."""
    unsigned = AnchorStatement(head, made_at, None)
    return unsigned if key is None else AnchorStatement(head, made_at, sign(_message(unsigned), key))


def anchor_text(statement: AnchorStatement) -> str:
    """Return the anchor file: one JSON object in one line."""
    values: dict[str, object] = {**_said(statement), "algorithm": None}
    if statement.signature is not None:
        values |= {
            "algorithm": ALGORITHM, "public_key": statement.signature.public_key, "signature": statement.signature.value,
        }  # fmt: skip
    return json.dumps(values) + "\n"


def read_anchor(text: str, name: str) -> AnchorStatement:
    """Read an anchor file of that name; the signature is not checked here.

    Raises UsageError for anything else. Files of the first version, number and hash alone, are read as unsigned ones.
    """
    try:
        values = json.loads(text)
        head = Anchor(_number(values["sequence"]), _hex(values["hash"], KEY_BYTES))
        _require(values.get("format", FORMAT), FORMAT)
        signature = None
        if values.get("algorithm") is not None:
            _require(values["algorithm"], ALGORITHM)
            signature = Signature(_hex(values["public_key"], KEY_BYTES), _hex(values["signature"], 2 * KEY_BYTES))
        return AnchorStatement(head, str(values.get("made_at", "")), signature)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{name}: this is no anchor made by `catalog anchor`: {error}") from error


def statement_alterations(statement: AnchorStatement, public_key: str | None) -> list[Alteration]:
    """Name what is wrong with an anchor itself: its signature does not fit, or it is not by the key that is expected.

    An expected key refuses an unsigned anchor too: whoever could exchange the file could leave the signature out.
    """
    signature, subject = statement.signature, f"anchor of event {statement.head.sequence}"
    if signature is not None and not is_signed(_message(statement), signature):
        return [Alteration("anchor_altered", subject, "its signature does not fit what it says")]
    if public_key is not None and (signature is None or signature.public_key != public_key):
        by = "not signed" if signature is None else f"signed by {signature.public_key}"
        return [Alteration("anchor_of_another_key", subject, f"it is {by}, not by {public_key}")]
    return []


def _said(statement: AnchorStatement) -> dict[str, object]:
    return {
        "format": FORMAT, "sequence": statement.head.sequence, "hash": statement.head.hash, "made_at": statement.made_at,
    }  # fmt: skip


def _message(statement: AnchorStatement) -> bytes:
    # The name of the format is signed too, so that a signature made for something else never passes for an anchor.
    return canonical_json(_said(statement)).encode("ascii")


def _require(stated: object, known: str) -> None:
    if stated != known:
        raise ValueError(f"it states {stated!r}, this program knows {known}")


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no number of an event")
    return value


def _hex(value: object, size: int) -> str:
    if not isinstance(value, str) or len(value) != 2 * size or set(value) - set("0123456789abcdef"):
        raise ValueError(f"{size} bytes in lower-case hex are missing")
    return value
