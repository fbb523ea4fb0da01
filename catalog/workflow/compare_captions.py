"""Compare two captions of one picture, as the command line asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from catalog.captions.comparing import compare_captions
from catalog.errors import PairError
from catalog.records.claims import CaptionComparison, Claim
from catalog.records.partial_date import PartialDate
from catalog.workflow.read_claims import claims_of, primary_language


def compare_pair(pair: Mapping[str, object]) -> CaptionComparison:
    """Compare the captions `a` and `b` of a pair; `lang_a`, `lang_b`, `published_a` and `published_b` may be missing.

    Raises PairError where a value is not a text.
    """
    a, b = _text(pair, "a") or "", _text(pair, "b") or ""
    claims_a = claims_of(a, _date(_text(pair, "published_a")))
    claims_b = claims_of(b, _date(_text(pair, "published_b")))
    return compare_captions(
        a, claims_a, primary_language(a, _text(pair, "lang_a")), b, claims_b, primary_language(b, _text(pair, "lang_b"))
    )


def comparison_line(found: CaptionComparison) -> dict[str, object]:
    """Return the JSON of one comparison as the interfaces page gives it."""
    return {
        "relation": found.relation,
        "contradictions": list(found.contradictions),
        "claims": [
            {"kind": item.kind, "comparison": item.comparison, "a": _claim(item.a), "b": _claim(item.b)} for item in found.claims
        ],
    }


def caption_line(text: str, claims: Sequence[Claim]) -> dict[str, object]:
    """Return the JSON of what one caption claims as the interfaces page gives it."""
    said = [{"kind": claim.kind, **_said(claim), "name": claim.name} for claim in claims]
    return {"caption": text, "language": primary_language(text, None), "claims": said}


def _claim(claim: Claim | None) -> dict[str, object] | None:
    return None if claim is None else _said(claim)


def _said(claim: Claim) -> dict[str, object]:
    said: dict[str, object] = {"text": claim.text, "span": list(claim.span), "value": claim.value or None, "role": claim.role}
    if claim.least is not None:
        said |= {"least": claim.least, "most": claim.most}
    return said


def _text(pair: Mapping[str, object], key: str) -> str | None:
    value = pair.get(key)
    if value is None and key not in ("a", "b"):
        return None
    if not isinstance(value, str):
        raise PairError(f"“{key}” of a pair must be a text")
    return value


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)
