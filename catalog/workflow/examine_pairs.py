"""Examine proposed pairs in a worker: one query against its short list."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalog.compute.interface import Reply, Request, Work
from catalog.errors import ReplyRefusedError
from catalog.matching.thresholds import SHIPPED, Thresholds
from catalog.records.comparable import Comparable
from catalog.records.descriptor import Descriptor
from catalog.records.match import CHANGES, RELATIONS, STATES, Overlap, Verification
from catalog.records.template import Template
from catalog.workflow.examine_beside import verify_beside

TASK = "catalog.workflow.examine_pairs:examine"
FACTS = ("sha256", "image_data_sha256", "size_bytes", "width", "height", "is_plain")
MAX_VERSION = 1000
MAX_WORD = 60


def examining(
    query: Comparable, references: Sequence[Comparable], thresholds: Thresholds = SHIPPED, templates: Sequence[Template] = ()
) -> Request:
    """Build the request that examines a query against each photo of its short list."""
    blobs: list[bytes] = []
    limits = [["", thresholds.suggest, thresholds.accept], *([rung, own.suggest, own.accept] for rung, own in thresholds.rungs)]
    known = [[one.digest, one.version, one.aspect, list(one.room), one.photos] for one in templates]
    blobs += [one.points for one in templates]
    pictures = [_packed(one, blobs) for one in (query, *references)]
    values = {"pictures": pictures, "thresholds": limits, "learned_radius": thresholds.learned_radius, "templates": known}
    return Request(TASK, values, blobs=tuple(blobs))


def examine(work: Work) -> Reply:
    """Verify the first picture against each of the others; runs in a worker."""
    blobs = iter(work.blobs)
    templates = [
        Template(digest, version, next(blobs), aspect, (room[0], room[1], room[2], room[3]), photos)
        for digest, version, aspect, room, photos in work.parameters["templates"]
    ]
    query, *references = (_unpacked(one, blobs) for one in work.parameters["pictures"])
    (_, suggest, accept), *own = work.parameters["thresholds"]
    rungs = tuple((rung, Thresholds(*limits)) for rung, *limits in own)
    thresholds = Thresholds(suggest, accept, rungs, work.parameters["learned_radius"])
    started = time.perf_counter()
    found = [[_told(found) for found in verify_beside(query, reference, templates, thresholds)] for reference in references]
    return Reply({"found": found, "search_ms": 1e3 * (time.perf_counter() - started)})


def believed_verifications(reply: Reply, query: str, references: Sequence[str]) -> list[Verification]:
    """Build the verifications from a reply, believing nothing that is out of type or range; raises ReplyRefusedError."""
    try:
        lists = reply.values["found"]
        pairs = zip(references, lists, strict=True)
        return [_verification(one, query, reference) for reference, found in pairs for one in found]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise ReplyRefusedError(f"the worker's verification cannot be believed: {type(error).__name__}: {error}") from error


def _packed(picture: Comparable, blobs: list[bytes]) -> dict[str, Any]:
    blobs += [picture.preview, *(one.data for one in picture.descriptors)]
    kinds = [[one.algorithm, one.version, one.bits] for one in picture.descriptors]
    return {**{name: getattr(picture, name) for name in FACTS}, "descriptors": kinds}


def _unpacked(values: Mapping[str, Any], blobs: Iterator[bytes]) -> Comparable:
    preview = next(blobs)
    descriptors = tuple(Descriptor(algorithm, version, bits, next(blobs)) for algorithm, version, bits in values["descriptors"])
    return Comparable(**{name: values[name] for name in FACTS}, descriptors=descriptors, preview=preview)


def _told(found: Verification) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in Verification.__slots__ if name not in ("query", "reference", "overlap")}
    overlap = None if found.overlap is None else [found.overlap.query, found.overlap.reference]
    return {**values, "overlap": overlap, "evidence": dict(found.evidence)}


def _verification(values: Mapping[str, Any], query: str, reference: str) -> Verification:
    relation, state = values["relation"], values["state"]
    if relation not in RELATIONS or state not in STATES:
        raise ValueError(f"relation {relation!r} in state {state!r}")
    if not set(values["changes"]) <= set(CHANGES):
        raise ValueError(f"changes {values['changes']!r}")
    found = Verification(
        query, reference, relation, state, _share(values["score"]), tuple(values["changes"]), _numbers(values["transform"], 9),
        None, _box(values["box"]), _word(values["rung"]), _version(values["version"]), _share(values["threshold_suggest"]),
        _share(values["threshold_accept"]), tuple((_word(name), _finite(number)) for name, number in values["evidence"].items()),
    )  # fmt: skip
    if values["overlap"] is None:
        return found
    return replace(found, overlap=Overlap(*(_share(part) for part in values["overlap"])))


def _box(values: Any) -> tuple[float, float, float, float] | None:
    numbers = _numbers(values, 4)
    return None if numbers is None else (numbers[0], numbers[1], numbers[2], numbers[3])


def _numbers(values: Any, count: int) -> tuple[float, ...] | None:
    if values is None:
        return None
    if len(values) != count:
        raise ValueError(f"{count} numbers expected")
    return tuple(_finite(number) for number in values)


def _finite(number: Any) -> float:
    if not math.isfinite(float(number)):
        raise ValueError("a number that is not finite")
    return float(number)


def _share(number: Any) -> float:
    share = _finite(number)
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not from 0 to 1")
    return share


def _version(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MAX_VERSION:
        raise ValueError(f"not a version: {number!r:.40}")
    return number


def _word(text: Any) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= MAX_WORD or not text.isascii() or not text.isprintable():
        raise ValueError(f"not a short printable word: {text!r:.80}")
    return text
