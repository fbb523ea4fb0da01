"""A chain in words, for those who read it on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from catalog.cli.language import _, ngettext
from catalog.records.provenance import by_rule

if TYPE_CHECKING:
    from catalog.records.pages.chains import InquiryLine
    from catalog.records.provenance import Chain, Derivation, Elsewhere, Finding, OtherFrame, RejectedPair

SHORT = 12
# Of one rule so many findings are told in full: a busy chain has dozens of the mildest.
AT_ONCE = 3


def chain_words(
    chain: Chain,
    paths: Mapping[str, str],
    beside: Sequence[Elsewhere] = (),
    frames: Sequence[OtherFrame] = (),
    inquiries: Sequence[InquiryLine] = (),
    rejected: Sequence[RejectedPair] = (),
) -> Iterator[str]:
    """Yield one chain as lines: its state first, then its derivations, then what is in dispute, the gravest first.

    `paths` names the photos; `beside` are its matches with photos of other chains, `frames` other frames of its scenes,
    `inquiries` the recorded searches for its photos, `rejected` the pairs of its photos that people rejected.
    """
    count = ngettext("{count} photo", "{count} photos", len(chain.photos)).format(count=len(chain.photos))
    yield f"{chain.id[:SHORT]}  {count}, {chain.state}: {chain.state_reason}"
    for edge in chain.derivations:
        parent, child = (paths.get(name, name[:SHORT]) for name in (edge.parent, edge.child))
        changes = ", ".join(edge.changes) or _("no change named")
        yield f"  {parent} {'→' if edge.directed else '—'} {child}  {changes} ({_sure(edge, paths)})"
    for rule, found in by_rule(chain.findings).items():
        yield from (_disputed(rule, one) for one in found[:AT_ONCE])
        if len(found) > AT_ONCE:
            more = len(found) - AT_ONCE
            yield f"  ▲ {rule}: " + ngettext("{count} more", "{count} more", more).format(count=more)
    for one in beside:
        photo, other = (paths.get(name, name[:SHORT]) for name in (one.photo, one.other))
        yield "  " + _("{photo} shares a piece with {other}, which has a chain of its own").format(photo=photo, other=other)
    yield from (_rejected(one, paths) for one in rejected)
    yield from (_frame(one, paths) for one in frames)
    yield from (_looked(one) for one in inquiries)


def _rejected(one: RejectedPair, paths: Mapping[str, str]) -> str:
    photo, other = (paths.get(name, name[:SHORT]) for name in (one.photo, one.other))
    words = _("{photo} and {other} are no copies of one another, {agent} decided: {reason}")
    return "  " + words.format(photo=photo, other=other, agent=one.decision.agent, reason=one.decision.reason)


def _frame(one: OtherFrame, paths: Mapping[str, str]) -> str:
    photo, other = (paths.get(name, name[:SHORT]) for name in (one.photo, one.other))
    if one.decision is None:
        words = _("{photo} and {other} may be two frames of one scene; nobody decided")
        return "  " + words.format(photo=photo, other=other)
    words = _("{photo} and {other} are two frames of one scene, {agent} decided: {reason}")
    return "  " + words.format(photo=photo, other=other, agent=one.decision.agent, reason=one.decision.reason)


def _looked(one: InquiryLine) -> str:
    words = _("{agent} looked for an earlier appearance in {place}, {when}, and found {count}")
    count = len(one.found) or _("nothing earlier")
    scope = f" ({one.scope})" if one.scope else ""
    return "  " + words.format(agent=one.agent, place=one.place + scope, when=one.made_at.raw, count=count)


def _sure(edge: Derivation, paths: Mapping[str, str]) -> str:
    """Say how sure the machine is, and of what; where a person decided, who and why, and the machine's word after it."""
    made, machine = edge.decision, _measured(edge, paths)
    if made is None:
        return machine
    if made.verdict == "made_from":
        words = _("made from it, {agent} decided: {reason}; by the evidence alone {machine}")
    else:
        words = _("not made from it, {agent} decided: {reason}; by the evidence alone {machine}")
    return words.format(agent=made.agent, reason=made.reason, machine=machine)


def _measured(edge: Derivation, paths: Mapping[str, str]) -> str:
    parent, child = (paths.get(name, name[:SHORT]) for name in (edge.parent, edge.child))
    if not edge.directed:
        if edge.decision is not None:
            return f"{edge.confidence:.0%}"
        words = _("direction undetermined; that {child} was made from {parent} is {share} sure")
        return words.format(child=child, parent=parent, share=f"{edge.confidence:.0%}")
    if edge.or_from:
        words = _("{share} from {parent} or {others}, which have the same pixels; {own} from {parent}")
        others = _(" or ").join(paths.get(name, name[:SHORT]) for name in edge.or_from)
        return words.format(share=f"{edge.confidence_of_any:.0%}", parent=parent, others=others, own=f"{edge.confidence:.0%}")
    return f"{edge.confidence:.0%}"


def _disputed(rule: str, found: Finding) -> str:
    told, made = f"  ▲ {rule}: {found.reason}", found.decision
    if made is None:
        return told
    words = _(" ({agent} dismissed it: {reason})") if found.is_dismissed else _(" ({agent} confirmed it: {reason})")
    return told + words.format(agent=made.agent, reason=made.reason)
