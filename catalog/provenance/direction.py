"""Weigh two verified photos: was the second made from the first, or the first from the second?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log

from catalog.provenance.quantities import OrderedPair, first_shown, quantify, quantify_root
from catalog.provenance.sentences import figure
from catalog.provenance.weights import QUANTITY_WEIGHTS, SURENESS, SUREST
from catalog.provenance.words import CODES, sentence
from catalog.records.provenance import SHARED, Evidence
from catalog.records.saying import Saying, in_english, say

# An item below this changes no confidence by more than one in a hundred and would only fill the page.
NEGLIGIBLE = 0.05
# A direction is stated from this confidence on: bench/provenance_weights.py prints what each choice costs.
DIRECTED_FROM = 0.6
# Without dates the evidence must lean this far, in natural-log odds: two equal files differ by less.
LEAST_WITHOUT_DATES = 0.2
# Codes that rest on when photos were shown; they never decide alone.
DATE_CODES = frozenset({"publication_dates"})
# Nothing is more certain than this: no ledger was measured on a million edges.
_CERTAIN = 0.999999


NOT_OF_DIRECTION = DATE_CODES | {"other_candidates", "track_record", SHARED}
_FITTING = say("The other photos of the chain fit this direction better.")
_OPPOSITE = say("The other photos of the chain fit the opposite direction, or another origin, better.")
_ALONE = say("No other photo comes into question.")
_CANDIDATES = say("Other photos of the chain may stand between the two, or explain the second nearly as well.")
_RIGHT_MORE_OFTEN = say("Of derivations with known answers that came out this sure, more were right than that promises.")
_RIGHT_LESS_OFTEN = say("Of derivations with known answers that came out this sure, fewer were right than that promises.")


@dataclass(frozen=True, slots=True)
class TreeSays:
    """Hold how probable an edge and the edge the other way round are over all trees of a chain, 0–1.

    Where `alike` other photos have the parent's pixels, both are of all of these together, and `share` is the parent's own part
    of `edge`, 0–1.
    """

    edge: float
    reversed_edge: float
    share: float = 1.0
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hold the evidence for and against `child` being made from `parent`, and what it adds up to in natural-log odds.

    `direction` is how probable this direction is, 0–1, if one of the two was made from the other at all.
    """

    evidence: tuple[Evidence, ...]
    log_odds: float
    direction: float

    @property
    def confidence(self) -> float:
        """Return how sure the edge as stated is, 0–1: the logistic of the summed log-odds."""
        return _logistic(self.log_odds)

    @property
    def is_directed(self) -> bool:
        """Tell whether the evidence decides, and would still lean the same way without dates of publication."""
        others = sum(_signed(item) for item in self.evidence if item.code not in NOT_OF_DIRECTION)
        return self.direction >= DIRECTED_FROM and others >= LEAST_WITHOUT_DATES


def weigh(forward: OrderedPair, backward: OrderedPair, *, as_origin: float = 1.0, tree: TreeSays | None = None) -> Ledger:
    """Weigh a pair both ways round; `backward` is the same pair with parent and child exchanged.

    `as_origin` is how probable it is, 0–1, that one of the two is the origin of all: then what makes a photo look like an
    origin counts too. `tree` is what all trees over the chain say; what the pair's own evidence does not account for becomes an
    item of its own, and so does how often directed edges of that sum proved right. None means that there is no chain beside the
    pair: then exchanging the two exchanges every sign.
    """
    ahead, behind = quantify(forward), quantify(backward)
    parent_origin, child_origin = _origin_quantities(forward), _origin_quantities(backward)
    evidence = []
    total = 0.0
    for code, names in CODES.items():
        each = {
            name: contribution((name,), ahead)
            - contribution((name,), behind)
            + as_origin * (contribution((name,), parent_origin) - contribution((name,), child_origin))
            for name in names
        }
        weight = sum(each.values())
        total += weight
        if abs(weight) >= NEGLIGIBLE:
            main = max(names, key=lambda name: each[name] if weight > 0 else -each[name])
            evidence.append(_item(code, weight, sentence(code, main, forward, backward, supports=weight > 0)))
    if tree is None:
        evidence.sort(key=lambda item: (-item.weight, item.code))
        return Ledger(tuple(evidence), total, _logistic(total))
    direction = tree.edge / max(tree.edge + tree.reversed_edge, 1e-300)
    in_direction, in_all = _logit(direction), _logit(tree.edge)
    for code, weight, ahead_words, behind_words in (
        ("rest_of_chain", in_direction - total, _FITTING, _OPPOSITE),
        ("other_candidates", in_all - in_direction, _ALONE, _CANDIDATES),
    ):
        if abs(weight) >= NEGLIGIBLE:
            evidence.append(_item(code, weight, ahead_words if weight > 0 else behind_words))
    ledger = Ledger(tuple(evidence), in_all, direction)
    if ledger.is_directed:
        # How often such sums were right was counted on directed edges only.
        slope, offset = SURENESS
        weight = min(slope * in_all + offset, SUREST) - in_all
        if abs(weight) >= NEGLIGIBLE:
            evidence.append(_item("track_record", weight, _RIGHT_MORE_OFTEN if weight > 0 else _RIGHT_LESS_OFTEN))
        ledger = Ledger(tuple(evidence), in_all + weight, direction)
    weight = _logit(ledger.confidence * tree.share) - _logit(ledger.confidence)
    if tree.alike and abs(weight) >= NEGLIGIBLE:
        evidence.append(_item(SHARED, weight, _alike(tree.alike)))
        ledger = Ledger(tuple(evidence), ledger.log_odds + weight, direction)
    return replace(ledger, evidence=tuple(sorted(evidence, key=lambda item: (-item.weight, item.code))))


def _alike(count: int) -> Saying:
    if count == 1:
        return say("Another photo has the same pixels as the first: a copy looks the same whichever of the two it was made from.")
    return say(
        "%(count)s other photos have the same pixels as the first: a copy looks the same whichever of them it was made from.",
        figure("count", str(count)),
    )


def _item(code: str, weight: float, saying: Saying) -> Evidence:
    return Evidence(code, weight > 0, abs(weight), in_english(saying), saying)


def contribution(names: tuple[str, ...], quantities: Mapping[str, float]) -> float:
    """Add up what the named quantities weigh, in natural-log odds."""
    return sum(QUANTITY_WEIGHTS.get(name, 0.0) * quantities.get(name, 0.0) for name in names)


def _origin_quantities(pair: OrderedPair) -> dict[str, float]:
    own, other = first_shown(pair.parent), first_shown(pair.child)
    return quantify_root(pair.parent, is_dated_first=own is not None and not (other is not None and other.is_before(own)))


def _logistic(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def _logit(share: float) -> float:
    bounded = min(max(share, 1 - _CERTAIN), _CERTAIN)
    return log(bounded / (1 - bounded))


def _signed(item: Evidence) -> float:
    return item.weight if item.supports else -item.weight
