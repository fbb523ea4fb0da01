"""Content credentials (C2PA): what a file's manifests say, and whether the file is still the one they were made for.

C2PA technical specification 1.0 to 2.2. What is compared: the digests of the assertions that the claim names, and the digest of
the file's bytes outside the stated exclusions. The signature is *not* checked: nobody here decides whom to trust, so whoever can
write a manifest can write one that agrees with itself.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence

from catalog.errors import MetadataError
from catalog.metadata.blocks import TOO_LARGE, Store
from catalog.metadata.cbor import Value, read_cbor
from catalog.metadata.jumbf import Superbox, read_jumbf
from catalog.records.metadata import MetadataValue
from catalog.records.text import RecordedText

UNREADABLE = "credentials_unreadable"
WHOLE, BROKEN, IN_PART, NOT_CHECKED = "whole", "broken", "in part", "not checked"
# Names of the boxes (specification 2.1 §11.1): store, manifest, update manifest.
_STORE, _MANIFESTS = b"c2pa", (b"c2ma", b"c2um")
_ALGORITHMS = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
# What an ingredient may be to the picture; an input of another kind (a prompt, a model) is no picture it came from.
_PICTURES = ("parentOf", "componentOf")
MAX_INGREDIENTS, MAX_ACTIONS = 50, 100

Named = tuple[str, str, str | None]


def read_credentials(store: Store, data: bytes) -> tuple[tuple[MetadataValue, ...], tuple[str, ...]]:
    """Return what the active manifest of a store in the file `data` says, and warning codes.

    `integrity/file` is `whole` where the stated digest of the file's bytes is met, `broken` where it is not, `in part` where it
    is met but leaves out bytes that are no credentials, `not checked` where no digest is stated that is known here.
    `integrity/assertions` says the same of the claim and its assertions. `trust/signature` is always `not checked`. Never
    raises; what cannot be read costs the code `credentials_unreadable`. Boxes of another use say nothing.
    """
    try:
        boxes = read_jumbf(store.block)
        if boxes and all(box.kind not in (b"", _STORE) for box in boxes):
            # Sound boxes of somebody else, or of a draft from before C2PA: not read, as nothing in them is what we know.
            return (), ()
        manifest = _active(boxes)
        if manifest is None:
            return (), (UNREADABLE,)
        claim = _claim(manifest)
        stated = (*_of_claim(manifest, claim), *_of_assertions(manifest))
        values = [_text(*named) for named in stated if named[1]]
        values += _integrity(manifest, claim, store, data)
    except MetadataError as error:
        return (), (TOO_LARGE if error.code == TOO_LARGE else UNREADABLE,)
    return tuple(values), ()


def _active(boxes: Sequence[Superbox]) -> Superbox | None:
    """Return the last manifest of the store: the one that is about this file (specification 2.1 §11.1.4)."""
    manifests = [one for box in boxes if box.kind == _STORE for one in box.children if one.kind in _MANIFESTS]
    return manifests[-1] if manifests else None


def _claim(manifest: Superbox) -> dict[str, Value]:
    box = manifest.child("c2pa.claim.v2") or manifest.child("c2pa.claim")
    found = None if box is None else box.content(b"cbor")
    claim = None if found is None else read_cbor(found)
    if not isinstance(claim, dict):
        raise MetadataError("the manifest has no claim", block="c2pa")
    return claim


def _of_claim(manifest: Superbox, claim: dict[str, Value]) -> Iterator[Named]:
    yield "manifest", manifest.label, "manifest_id"
    for name, key, meaning in (("title", "dc:title", None), ("instance", "instanceID", "manifest_id")):
        yield f"claim/{name}", _word(claim.get(key)), meaning
    generator = claim.get("claim_generator_info", claim.get("claim_generator"))
    yield "claim/generator", _generator(generator) or _word(claim.get("claim_generator")), None


def _generator(stated: Value) -> str:
    """Return name and version of the program; a list in version 1 of the claim, one map in version 2, before that a text."""
    if isinstance(stated, list):
        stated = stated[0] if stated else None
    if isinstance(stated, dict):
        return " ".join(part for part in (_word(stated.get("name")), _word(stated.get("version"))) if part)
    return _word(stated)


def _of_assertions(manifest: Superbox) -> Iterator[Named]:
    assertions = manifest.child("c2pa.assertions")
    number = 0
    for box in () if assertions is None else assertions.children:
        found = box.content(b"cbor")
        if found is None:
            continue
        if box.label.startswith("c2pa.actions"):
            yield from _actions(read_cbor(found))
        elif box.label.startswith("c2pa.ingredient") and number < MAX_INGREDIENTS:
            yield from _ingredient(read_cbor(found), f"ingredient/{number}")
            number += 1


def _actions(stated: Value) -> Iterator[Named]:
    every = stated.get("actions") if isinstance(stated, dict) else None
    for number, one in enumerate(every[:MAX_ACTIONS] if isinstance(every, list) else ()):
        if isinstance(one, dict):
            yield f"action/{number}", _word(one.get("action")), None
            yield f"action/{number}/when", _word(one.get("when")), None
            yield f"action/{number}/program", _generator(one.get("softwareAgent")), None
            yield f"action/{number}/source_type", _word(one.get("digitalSourceType")), "digital_source_type"


def _ingredient(stated: Value, name: str) -> Iterator[Named]:
    """Yield what an ingredient is said to be; what names a picture this one came from has the meaning `ingredient`."""
    if not isinstance(stated, dict):
        return
    relationship = _word(stated.get("relationship"))
    meaning = "ingredient" if relationship in _PICTURES else None
    yield f"{name}/relationship", relationship, None
    yield f"{name}/title", _word(stated.get("dc:title")), None
    yield f"{name}/document", _word(stated.get("documentID")), meaning
    yield f"{name}/instance", _word(stated.get("instanceID")), meaning
    reference = stated.get("activeManifest", stated.get("c2pa_manifest"))
    yield f"{name}/manifest", _manifest_named(reference), meaning


def _manifest_named(reference: Value) -> str:
    """Return the label of the manifest that a hashed address leads to: `self#jumbf=/c2pa/LABEL`."""
    address = _word(reference.get("url")) if isinstance(reference, dict) else ""
    parts = address.partition("jumbf=")[2].strip("/").split("/")
    return parts[1] if len(parts) > 1 and parts[0] == "c2pa" else ""


def _integrity(manifest: Superbox, claim: dict[str, Value], store: Store, data: bytes) -> list[MetadataValue]:
    algorithm = _word(claim.get("alg")) or "sha256"
    stated = [one for key in ("assertions", "created_assertions", "gathered_assertions") for one in _list(claim.get(key))]
    verdict = NOT_CHECKED
    if stated:
        verdict = WHOLE if all(_is_met(manifest, one, algorithm) for one in stated) else BROKEN
    digest, file = _binding(manifest, algorithm, store, data)
    signature = manifest.child("c2pa.signature")
    signed = b"" if signature is None else signature.content(b"cbor") or b""
    trust = NOT_CHECKED if signed else "missing"
    return [
        MetadataValue("c2pa", "integrity/file", 0, None, digest, file, "digest", "credentials_integrity"),
        MetadataValue("c2pa", "integrity/assertions", 0, None, b"", verdict, "digest", "credentials_integrity"),
        MetadataValue("c2pa", "trust/signature", 0, None, hashlib.sha256(signed).digest(), trust, "digest", None),
    ]  # fmt: skip


def _is_met(manifest: Superbox, stated: Value, algorithm: str) -> bool:
    """Tell whether the assertion that a hashed address names is there with the stated digest (specification 2.1 §8.4.2)."""
    if not isinstance(stated, dict):
        return False
    box: Superbox | None = manifest
    path = _word(stated.get("url")).partition("jumbf=")[2]
    parts = path.strip("/").split("/")
    if path.startswith("/"):
        if parts[:2] != ["c2pa", manifest.label]:
            return False
        parts = parts[2:]
    for part in parts:
        box = None if box is None else box.child(part)
    made = _ALGORITHMS.get(_word(stated.get("alg")) or algorithm)
    wanted = stated.get("hash")
    if box is None or made is None or not isinstance(wanted, bytes):
        return False
    return hmac.compare_digest(made(box.body).digest(), wanted)


def _binding(manifest: Superbox, algorithm: str, store: Store, data: bytes) -> tuple[bytes, str]:
    """Return the stated digest of the file's bytes and whether they meet it (specification 2.1 §18.5, `c2pa.hash.data`)."""
    assertions = manifest.child("c2pa.assertions")
    box = None if assertions is None else assertions.child("c2pa.hash.data")
    found = None if box is None else box.content(b"cbor")
    stated = None if found is None else read_cbor(found)
    if not isinstance(stated, dict) or not isinstance(stated.get("hash"), bytes):
        return b"", NOT_CHECKED
    digest = stated["hash"]
    made = _ALGORITHMS.get(_word(stated.get("alg")) or algorithm)
    if made is None or not isinstance(digest, bytes):
        return b"", NOT_CHECKED
    left_out = _exclusions(stated.get("exclusions"), len(data))
    total, place = made(), 0
    for start, end in left_out:
        total.update(memoryview(data)[place : max(place, start)])
        place = max(place, end)
    total.update(memoryview(data)[place:])
    if not hmac.compare_digest(total.digest(), digest):
        return digest, BROKEN
    beyond = any(not any(a <= start and end <= b for a, b in store.places) for start, end in left_out)
    return digest, IN_PART if beyond else WHOLE


def _exclusions(stated: Value, size: int) -> list[tuple[int, int]]:
    """Return start and end of what the digest leaves out, in order; places that are no places leave out nothing."""
    found = []
    for one in _list(stated)[:1000]:
        start, length = (one.get("start"), one.get("length")) if isinstance(one, dict) else (None, None)
        if isinstance(start, int) and isinstance(length, int) and 0 <= start <= size and length > 0:
            found.append((start, min(size, start + length)))
    return sorted(found)


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _word(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _text(name: str, text: str, meaning: str | None) -> MetadataValue:
    recorded = RecordedText.from_bytes(text.encode("utf-8", "replace"), "utf-8")
    return MetadataValue("c2pa", name, 0, None, text.encode("utf-8", "replace"), recorded.text, recorded.codec, meaning)
