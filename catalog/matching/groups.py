"""Which photos are whole-picture copies of one another: accepted matches, a person's decisions, and no chain of accidents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.records.match import PARTING_VERDICTS, Decision, PictureGroup, Verification

Matrix = NDArray[np.float64]
Pair = tuple[str, str]

# Two ways from picture to picture agree when the corners of the shared box land this near, as a share of its diagonal.
CORNER_TOLERANCE: Final = 0.05


def group_pictures(
    photos: Sequence[str], verifications: Iterable[Verification], decisions: Iterable[Decision]
) -> tuple[PictureGroup, ...]:
    """Sort every photo (SHA-256) into exactly one group; a photo without copies is a group of its own.

    Only accepted whole-picture verifications join, strongest first. A match that alone would join two groups of several
    photos must agree with the composed transforms of its neighbours, else it joins nothing. Decisions are read in the order
    of `decided_at`: accepted pairs join whatever was computed; rejected pairs, and frames of one scene, never come into one
    group through computed matches. Pairs of photos that are not listed are left out. Groups and members keep the order of
    `photos`.
    """
    place = {photo: number for number, photo in enumerate(photos)}
    verdicts = standing_verdicts(decisions)
    known = [found for found in verifications if found.query in place and found.reference in place]
    evidence = [found for found in known if verdicts.get(pair_of(found.query, found.reference)) not in PARTING_VERDICTS]
    grouping = _Grouping(photos, {pair for pair, verdict in verdicts.items() if verdict in PARTING_VERDICTS})
    for pair, verdict in sorted(verdicts.items()):
        if verdict == "accept" and pair[0] in place and pair[1] in place:
            grouping.join(pair, None)
    waiting = sorted(
        (found for found in evidence if found.joins_groups and found.query != found.reference),
        key=lambda found: (-found.score, pair_of(found.query, found.reference)),
    )
    transforms = _transforms(evidence)
    is_settled = False
    while not is_settled:
        left = [found for found in waiting if not grouping.settle(found, transforms)]
        is_settled = len(left) == len(waiting)
        waiting = left
    return grouping.groups(place)


def without_parted(
    verifications: Sequence[Verification], groups: Iterable[PictureGroup], decisions: Iterable[Decision]
) -> list[Verification]:
    """Return the verifications without the whole-picture ones that a decision to part keeps from joining two of the groups.

    A third photo that is a copy of both parted photos lies in the group of one; what links it to the other would say through it
    what the decision denies. Parts stay: what shows pieces of two pictures makes neither a copy of the other.
    """
    group_of = {photo: number for number, group in enumerate(groups) for photo in group.photos}
    parted = {
        frozenset(group_of[photo] for photo in pair)
        for pair, verdict in standing_verdicts(decisions).items()
        if verdict in PARTING_VERDICTS and set(pair) <= group_of.keys()
    }
    return [
        found
        for found in verifications
        if not found.joins_groups
        or group_of[found.query] == group_of[found.reference]
        or frozenset((group_of[found.query], group_of[found.reference])) not in parted
    ]


def pair_of(first: str, second: str) -> Pair:
    """Return two photos as a pair without direction."""
    return (first, second) if first <= second else (second, first)


def standing_verdicts(decisions: Iterable[Decision]) -> dict[Pair, str]:
    """Return the last verdict on every pair, one of PAIR_VERDICTS; an undo takes the earlier ones back."""
    verdicts: dict[Pair, str] = {}
    for decision in sorted(decisions, key=lambda made: made.decided_at):
        pair = pair_of(*decision.photos)
        if decision.verdict == "undo":
            verdicts.pop(pair, None)
        else:
            verdicts[pair] = decision.verdict
    return verdicts


def _transforms(verifications: Iterable[Verification]) -> dict[tuple[str, str], Matrix]:
    """Return the transform from each photo to each other one that any examined pair gives, in both directions."""
    found: dict[tuple[str, str], Matrix] = {}
    for one in sorted(verifications, key=lambda verification: verification.score):
        if one.transform is None or one.relation not in {"same_pixels", "copy"}:
            continue
        matrix = np.array(one.transform, dtype=np.float64).reshape(3, 3)
        if abs(np.linalg.det(matrix)) > 1e-12:
            found[one.query, one.reference] = matrix
            found[one.reference, one.query] = np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    return found


class _Grouping:
    """Hold the groups while they grow."""

    def __init__(self, photos: Sequence[str], parted: set[Pair]) -> None:
        self._group: dict[str, int] = {photo: number for number, photo in enumerate(photos)}
        self._members: dict[int, list[str]] = {number: [photo] for number, photo in enumerate(photos)}
        self._weakest: dict[int, float | None] = dict.fromkeys(self._members)
        self._parted = parted
        self._joined: set[Pair] = set()

    def join(self, pair: Pair, score: float | None) -> None:
        """Make one group of the groups of two photos."""
        self._joined.add(pair)
        first, second = self._group[pair[0]], self._group[pair[1]]
        if first == second:
            return
        scores = [known for known in (self._weakest[first], self._weakest[second], score) if known is not None]
        for photo in self._members[second]:
            self._group[photo] = first
        self._members[first] += self._members.pop(second)
        self._weakest[first] = min(scores, default=None)
        del self._weakest[second]

    def settle(self, match: Verification, transforms: dict[tuple[str, str], Matrix]) -> bool:
        """Join by a match if it may; say whether it needs no other look."""
        first, second = self._group[match.query], self._group[match.reference]
        if first == second:
            return True
        one, other = self._members[first], self._members[second]
        if any(pair_of(left, right) in self._parted for left in one for right in other):
            return False
        if len(one) > 1 and len(other) > 1 and match.relation == "copy" and not self._is_borne_out(match, transforms):
            return False
        self.join(pair_of(match.query, match.reference), match.score)
        return True

    def _is_borne_out(self, match: Verification, transforms: dict[tuple[str, str], Matrix]) -> bool:
        """Tell whether another way between the two groups takes the picture to the same place."""
        if match.transform is None or match.box is None:
            return False
        direct = np.array(match.transform, dtype=np.float64).reshape(3, 3)
        left, top, width, height = match.box
        corners = np.array([[left, top, 1], [left + width, top, 1], [left + width, top + height, 1], [left, top + height, 1]])
        here = {match.query: np.eye(3)} | self._neighbours(match.query, transforms)
        there = {match.reference: np.eye(3)} | self._neighbours(match.reference, transforms)
        for near, to_near in here.items():
            for far, to_far in there.items():
                across = transforms.get((near, far))
                if (near, far) == (match.query, match.reference) or across is None:
                    continue
                if _agree(corners, to_far @ direct, across @ to_near):
                    return True
        return False

    def _neighbours(self, photo: str, transforms: dict[tuple[str, str], Matrix]) -> dict[str, Matrix]:
        others = self._members[self._group[photo]]
        return {other: transforms[photo, other] for other in others if other != photo and (photo, other) in transforms}

    def groups(self, place: dict[str, int]) -> tuple[PictureGroup, ...]:
        """Return the groups, members and groups in the order of their places."""
        made = [
            PictureGroup(tuple(sorted(members, key=lambda photo: place[photo])), self._weakest[number])
            for number, members in self._members.items()
        ]
        return tuple(sorted(made, key=lambda group: place[group.photos[0]]))


def _agree(corners: Matrix, first: Matrix, second: Matrix) -> bool:
    one, other = corners @ first.T, corners @ second.T
    if (np.abs(one[:, 2]) < 1e-9).any() or (np.abs(other[:, 2]) < 1e-9).any():
        return False
    one, other = one[:, :2] / one[:, 2:], other[:, :2] / other[:, 2:]
    diagonal = float(np.hypot(*(one.max(axis=0) - one.min(axis=0))))
    return bool(np.hypot(*(one - other).T).max() <= CORNER_TOLERANCE * diagonal)
