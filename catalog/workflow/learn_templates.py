"""Learn what many unrelated photos share, and match their carriers anew where that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from catalog.errors import ComputeError
from catalog.imaging import decode_preview
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.templates import Framed, carries, find_templates, tones_of
from catalog.records.comparable import Comparable
from catalog.records.template import Template
from catalog.workflow.catalogue import Catalogue
from catalog.workflow.examine_beside import BESIDE_TEMPLATE
from catalog.workflow.examine_relatives import examine_relatives
from catalog.workflow.match_photos import match_photos, with_preview

TONES_BOX = 256


def match_collection(catalogue: Catalogue, told: Callable[[int, int], None]) -> list[tuple[str, ComputeError]]:
    """Match every photo that is not matched yet, once more those whose templates that changed, then relatives of relatives.

    What is found of any two photos so depends on which photos stand, and not on the order in which they came, but for
    relatives in large neighbourhoods. Returns the photos that could not be examined, as `match_photos` does.
    """
    failed = match_photos(catalogue, told)
    if learn_templates(catalogue):
        failed = match_photos(catalogue, told)
    return failed + examine_relatives(catalogue)


def learn_templates(catalogue: Catalogue) -> bool:
    """Find the templates among photos that share a part only; tell whether carriers have to be matched anew.

    A killed run loses nothing: carriers are marked in the transaction that stores the templates.
    """
    known = {one.digest: one for one in catalogue.store.templates()}
    pairs = catalogue.store.doubtful_pairs(BESIDE_TEMPLATE)
    if not pairs and not known:
        return False
    pictures = {one.sha256: one for one in _framed(catalogue, {name for pair in pairs for name in pair})}
    found: dict[str, Template] = {}
    for members in _together(pairs):
        held = [pictures[name] for name in members if name in pictures]
        found.update({template.digest: template for template, _ in find_templates(held)})
    changed = [one for one in (*known.values(), *found.values()) if not _is_same(known.get(one.digest), found.get(one.digest))]
    again = [one.sha256 for one in pictures.values() if any(carries(one.points, one.aspect, template) for template in changed)]
    if changed:
        with catalogue.store.write() as change:
            change.replace_templates(sorted(found.values(), key=lambda one: one.digest))
            change.match_again(again)
    return bool(again)


def _is_same(known: Template | None, found: Template | None) -> bool:
    """Tell whether a stored template is what was found, whoever carries it besides: a rebuild mends one that was altered."""
    return known is not None and found is not None and replace(known, photos=found.photos) == found


def _framed(catalogue: Catalogue, names: Iterable[str]) -> Iterable[Framed]:
    for light in catalogue.store.comparables(sorted(names)):
        picture = with_preview(catalogue, light)
        if picture.preview and not picture.is_plain:
            yield _one_framed(picture)


def _one_framed(picture: Comparable) -> Framed:
    points = picture.descriptor(LOCAL_POINTS)
    tones = tones_of(decode_preview(picture.preview, TONES_BOX))
    return Framed(picture.sha256, b"" if points is None else points.data, picture.width / picture.height, tones)


def _together(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the photos that pairs hold together, each set once."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    sets, seen = [], set[str]()
    for start in sorted(neighbours):
        waiting, members = [start], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                members.add(name)
                waiting += neighbours[name]
        if members:
            sets.append(sorted(members))
    return sets
