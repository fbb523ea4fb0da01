"""The closed list of rules that look for disagreements, each in docs/findings.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog.provenance.drawn import Drawn
from catalog.provenance.findings_of_captions import (
    actor_conflict,
    count_conflict,
    date_before_camera_date,
    place_conflict,
    today_republished,
)
from catalog.provenance.findings_of_credits import (
    circular_credit,
    credit_changed,
    credit_dropped,
    credit_upgraded,
    credited_source_never_seen_publishing,
    credited_source_seen_only_later,
    official_first_publisher_not_origin,
)
from catalog.provenance.findings_of_dates import (
    camera_date_after_publication,
    copy_seen_before_original,
    date_conflict,
    shown_before_date_claimed,
)
from catalog.provenance.findings_of_pictures import (
    cropped_away_mark,
    mirrored,
    missing_intermediate,
    same_scene_used_as_other_event,
)
from catalog.provenance.findings_of_statements import credit_statements_disagree
from catalog.records.provenance import Finding

Rule = Callable[[Drawn], Iterator[Finding]]
# By gravity: first what excludes itself (states.py), dates against pictures before words against words; then what was left out
# or altered on the way; last what is only not held here, which a large chain has dozens of.
RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        copy_seen_before_original,
        camera_date_after_publication,
        shown_before_date_claimed,
        date_before_camera_date,
        same_scene_used_as_other_event,
        official_first_publisher_not_origin,
        date_conflict,
        place_conflict,
        actor_conflict,
        count_conflict,
        today_republished,
        credited_source_seen_only_later,
        circular_credit,
        cropped_away_mark,
        credit_upgraded,
        credit_changed,
        credit_dropped,
        mirrored,
        credit_statements_disagree,
        missing_intermediate,
        credited_source_never_seen_publishing,
    )
}


def find_disagreements(drawn: Drawn) -> tuple[Finding, ...]:
    """Apply every rule to a chain; findings come in the order of the rules, the gravest first, each once."""
    found: dict[Finding, None] = {}
    for rule in RULES.values():
        found.update(dict.fromkeys(rule(drawn)))
    return tuple(found)
