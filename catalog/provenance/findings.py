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
RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        credited_source_never_seen_publishing,
        credited_source_seen_only_later,
        circular_credit,
        credit_dropped,
        credit_changed,
        credit_upgraded,
        credit_statements_disagree,
        copy_seen_before_original,
        shown_before_date_claimed,
        camera_date_after_publication,
        mirrored,
        cropped_away_mark,
        date_conflict,
        same_scene_used_as_other_event,
        official_first_publisher_not_origin,
        missing_intermediate,
        place_conflict,
        actor_conflict,
        count_conflict,
        today_republished,
        date_before_camera_date,
    )
}


def find_disagreements(drawn: Drawn) -> tuple[Finding, ...]:
    """Apply every rule to a chain; findings come in the order of the rules, each once."""
    found: dict[Finding, None] = {}
    for rule in RULES.values():
        found.update(dict.fromkeys(rule(drawn)))
    return tuple(found)
