"""The sentences of the report's page in the reader's language, for what the closed lists name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalog.records.match import Verification
from catalog.records.provenance import ChainDecision, Derivation, Evidence


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Say things through `translate`, which gets whole English sentences; a name of a list that has no words is said as it is."""

    translate: Callable[[str], str]

    def sentence(self, text: str, **values: object) -> str:
        """Return a sentence with its `%(name)s` places filled; a per cent sign that is meant as such is doubled."""
        return self.translate(text) % values

    def relation(self, relation: str) -> str:
        """Return what two photos are to one another."""
        _ = self.translate
        return {
            "same_bytes": _("same file"), "same_pixels": _("same pixels, other file"), "copy": _("same picture"),
            "part": _("one is part of the other"), "same_scene": _("same scene, another frame: not a copy"),
            "none": _("not the same picture"),
        }.get(relation, relation)  # fmt: skip

    def change(self, change: str) -> str:
        """Return the word for one change."""
        _ = self.translate
        return {
            "recompressed": _("recompressed"), "resized": _("resized"), "cropped": _("cropped"), "mirrored": _("mirrored"),
            "rotated": _("rotated"), "recoloured": _("recoloured"), "greyscale": _("made grey"), "blurred": _("blurred"),
            "sharpened": _("sharpened"), "overlaid": _("overlaid with text or logo"), "bordered": _("bordered"),
            "screenshot": _("shown in a screenshot"), "composite": _("put into a composite"),
            "perspective": _("perspective changed"),
        }.get(change, change)  # fmt: skip

    def changes(self, changes: tuple[str, ...]) -> str:
        """Return changes in one phrase, or that none was found."""
        return ", ".join(self.change(change) for change in changes) or self.translate("no change found")

    def verdict(self, match: Verification) -> str:
        """Return what a pair is and what differs, in words, with the smaller overlap where there is one."""
        parts = [self.relation(match.relation)]
        if match.state == "suggested":
            parts[0] = self.translate("perhaps: %(relation)s") % {"relation": parts[0]}
        parts += [self.change(change) for change in match.changes]
        if match.overlap is not None and min(match.overlap.query, match.overlap.reference) < 1:
            share = min(match.overlap.query, match.overlap.reference)
            parts.append(self.translate("%(share)s in common") % {"share": f"{share:.0%}"})
        return ", ".join(parts)

    def state(self, state: str) -> str:
        """Return the word for the state of a pair."""
        _ = self.translate
        return {
            "accepted": _("accepted"), "suggested": _("suggested, nobody has decided"), "refused": _("refused"),
        }.get(state, state)  # fmt: skip

    def chain_state(self, state: str) -> str:
        """Return the word for the state of a chain."""
        _ = self.translate
        return {
            "complete": _("chain complete"), "gap": _("chain with a gap"), "contradicted": _("contradicted"),
            "undetermined": _("order undetermined"),
        }.get(state, state)  # fmt: skip

    def direction(self, directed: bool) -> str:
        """Return whether it is known which of two photos was made from the other."""
        return self.translate("direction found") if directed else self.translate("direction undetermined")

    def decision(self, made: ChainDecision) -> str:
        """Return what a person decided about a derivation, who and why."""
        _ = self.translate
        said = _("made from it, a person decided") if made.verdict == "made_from" else _("not made from it, a person decided")
        return f"{said}: {made.reason} ({made.agent}, {made.decided_at[:10]})"

    def sureness(self, derivation: Derivation, names: Callable[[str], str]) -> str:
        """Return how sure the evidence is of a derivation, and of what where that is not plain; `names` are of photos.

        That it is the evidence alone is said where a person decided.
        """
        _ = self.translate
        share = self.score(derivation.confidence)
        if derivation.decision is not None:
            return _("by the evidence alone: %(share)s") % {"share": share}
        parent, child = names(derivation.parent), names(derivation.child)
        if not derivation.directed:
            return _("that %(child)s was made from %(parent)s: %(share)s") % {"child": child, "parent": parent, "share": share}
        if derivation.or_from:
            any_of = ", ".join(names(name) for name in (derivation.parent, *derivation.or_from))
            return _("from one of %(photos)s, which have the same pixels: %(all)s; from %(parent)s: %(share)s") % {
                "photos": any_of, "all": self.score(derivation.confidence_of_any), "parent": parent, "share": share,
            }  # fmt: skip
        return share

    def score(self, score: float) -> str:
        """Return how sure something is, never rounded up to certainty."""
        return f"{min(score, 0.999 if score < 1 else 1.0):.1%}"

    def evidence(self, item: Evidence) -> str:
        """Return one item of evidence and which way it speaks."""
        _ = self.translate
        return (_("for: %(detail)s") if item.supports else _("against: %(detail)s")) % {"detail": item.detail}

    def role(self, role: str) -> str:
        """Return the word for the role of a caption, a credit or a party."""
        _ = self.translate
        return {
            "caption": _("caption"), "headline": _("headline"), "alt_text": _("alt text"), "title": _("title"),
            "note": _("note"), "credit_line": _("credit line"), "creator": _("creator"), "iptc_source": _("source"),
            "copyright_notice": _("copyright notice"), "rights": _("rights"), "agency": _("agency"), "issuer": _("issuer"),
            "distributor": _("distributor"), "carrier": _("carrier"), "rights_holder": _("rights holder"),
        }.get(role, role)  # fmt: skip

    def claim(self, kind: str) -> str:
        """Return the word for a kind of claim."""
        _ = self.translate
        return {"date": _("date"), "place": _("place"), "actor": _("actor"), "number": _("number")}.get(kind, kind)

    def told(self, change: str) -> str:
        """Return how a claim stands to what was said before, "" where nothing needs saying."""
        _ = self.translate
        return {"finer": _("more exact"), "coarser": _("less exact")}.get(change, "")

    def totals(self) -> tuple[tuple[str, str], ...]:
        """Return the names of the totals with their labels, in the order of the page."""
        _ = self.translate
        return (
            ("groups", _("Pictures in several photos")), ("grouped_photos", _("Photos of these pictures")),
            ("accepted", _("Accepted pairs")), ("suggested", _("Suggested pairs")), ("findings", _("Findings")),
            ("photos", _("Photos in the catalogue")), ("publications", _("Publications in the catalogue")),
        )  # fmt: skip
