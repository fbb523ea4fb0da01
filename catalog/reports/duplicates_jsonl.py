"""The duplicate report as JSON Lines: one line a group, exact, in the shapes of `match --json` and `chains --json`."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from catalog.records.duplicates import DuplicateReport, ReportedCaption, ReportedGroup, ReportedPhoto, ReportedPublication
from catalog.records.match import Decision, Verification
from catalog.records.provenance import ChainDecision, Derivation, Finding, RejectedPair


@dataclass(frozen=True, slots=True)
class DuplicatesJsonLines:
    """Write one JSON object a line, ASCII only, and a summary as the last line.

    A text whose bytes are no UTF-8 has them beside it in base64, under its name with `_base64`. Previews are left out.
    """

    media_type: str = "application/jsonl"

    def write(self, report: DuplicateReport, stream: BinaryIO) -> None:
        """Write the report; reads one group at a time."""
        for group in report.groups:
            stream.write(_line(_group(group)))
        summary = {"made_at": report.made_at, "program_version": report.program_version, **asdict(report.totals)}
        stream.write(_line({"summary": summary}))


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, default=_moment, allow_nan=False).encode("ascii") + b"\n"


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"a report holds a {type(value).__name__}, which JSON has no form for")


def _group(group: ReportedGroup) -> dict[str, Any]:
    chain = group.chain
    return {
        "group": group.id,
        "photos": [_photo(photo) for photo in group.photos],
        "publications": [_publication(publication) for publication in group.publications],
        "matches": [_match(match) for match in group.matches],
        "weakest_link": group.weakest_link,
        "chain": chain.id if chain else None,
        "state": chain.state if chain else None,
        "state_reason": chain.state_reason if chain else None,
        "origin": list(chain.origin) if chain else [],
        "derivations": [_derivation(derivation) for derivation in chain.derivations] if chain else [],
        "claimed": [asdict(claim) for claim in chain.claimed] if chain else [],
        "findings": [_finding(finding) for finding in group.findings],
        "timeline": [_caption(caption) for caption in group.timeline],
        "inquiries": [asdict(inquiry) for inquiry in group.inquiries],
        "rejected": [_rejected(one) for one in group.rejected],
    }


def _photo(photo: ReportedPhoto) -> dict[str, Any]:
    values = {
        "photo": photo.sha256,
        "path": photo.path,
        "width": photo.width,
        "height": photo.height,
        "size_bytes": photo.size_bytes,
        "media_type": photo.media_type,
        "first_published": asdict(photo.first_published) if photo.first_published else None,
    }
    if _has_lone_surrogates(photo.path):
        values["path_base64"] = _base64(_name_bytes(photo.path))
    return values


def _publication(publication: ReportedPublication) -> dict[str, Any]:
    values = asdict(publication.line)
    for text in publication.undecoded:
        if text.field in ("captions", "credits"):
            values[text.field][text.position]["text_base64"] = _base64(text.raw)
        else:
            values[f"{text.field}_base64"] = _base64(text.raw)
    return values


def _match(match: Verification) -> dict[str, Any]:
    return {
        "query": match.query,
        "photo": match.reference,
        "score": match.score,
        "state": match.state,
        "relation": match.relation,
        "changes": list(match.changes),
        "transform": None if match.transform is None else list(match.transform),
        "overlap": None if match.overlap is None else asdict(match.overlap),
        "box": None if match.box is None else list(match.box),
        "thresholds": {"suggest": match.threshold_suggest, "accept": match.threshold_accept},
        "version": match.version,
    }


def _caption(caption: ReportedCaption) -> dict[str, Any]:
    values = asdict(caption)
    for claims in values["claims"]:
        claims["said"] = [{"text": text, "meaning": meaning} for text, meaning in claims["said"]]
    return values


def _rejected(one: RejectedPair) -> dict[str, Any]:
    return {"photo": one.photo, "other": one.other, "chain": one.chain, "decision": _decision(one.decision)}


def _decision(made: ChainDecision | Decision) -> dict[str, Any]:
    return {"verdict": made.verdict, "reason": made.reason, "agent": made.agent, "at": made.decided_at}


def _finding(finding: Finding) -> dict[str, Any]:
    # What the reason is made of is for pages that say it in another language; a report speaks English.
    return {name: value for name, value in asdict(finding).items() if name != "saying"}


def _derivation(derivation: Derivation) -> dict[str, Any]:
    return {
        "from": derivation.parent,
        "to": derivation.child,
        "directed": derivation.directed,
        "changes": list(derivation.changes),
        "confidence": derivation.confidence,
        "evidence": [
            {"code": item.code, "for": item.supports, "weight": item.weight, "detail": item.detail}
            for item in derivation.evidence
        ],
        "decision": None if derivation.decision is None else _decision(derivation.decision),
        "or_from": list(derivation.or_from),
    }


def _has_lone_surrogates(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _name_bytes(path: str) -> bytes:
    """Return the bytes of a file name: Python carries those that are no UTF-8 as lone surrogates (PEP 383)."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Other lone surrogates come from file systems whose names are UTF-16.
        return path.encode("utf-8", "surrogatepass")


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
