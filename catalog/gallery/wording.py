"""The words for what the catalogue's closed lists name, in the reader's language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale

from catalog.gallery.dates_view import written_share
from catalog.gallery.speech import _, ngettext
from catalog.records.match import Verification
from catalog.records.pages import PairLine


def change_word(change: str, share: float = 1.0) -> str:
    """Return the word for one of CHANGES; a crop says which share (0–1) is left when that is less than all."""
    if change == "cropped" and share < 1:
        return _("cropped to %(share)s", share=written_share(share))
    return {
        "recompressed": _("recompressed"), "resized": _("resized"), "cropped": _("cropped"), "mirrored": _("mirrored"),
        "rotated": _("rotated"), "recoloured": _("recoloured"), "greyscale": _("greyscale"), "blurred": _("blurred"),
        "sharpened": _("sharpened"), "overlaid": _("overlaid"), "bordered": _("bordered"), "screenshot": _("screenshot"),
        "composite": _("composite"), "perspective": _("perspective changed"),
    }.get(change, _spelled(change))  # fmt: skip


def changes_words(changes: tuple[str, ...], share: float = 1.0) -> str:
    """Return changes as one phrase."""
    return _(", ").join(change_word(change, share) for change in changes)


def relation_word(relation: str) -> str:
    """Return what two photos are to one another."""
    return {
        "same_bytes": _("same file"), "same_pixels": _("same pixels"),
        "copy": _("same picture"), "part": _("one is part of the other"),
        "same_scene": _("same scene, another frame"), "none": _("not the same picture"),
    }.get(relation, _spelled(relation))  # fmt: skip


def verdict(pair: PairLine) -> str:
    """Return what was found between two photos, in words, before any number."""
    return _phrase(pair.relation, pair.changes, min(pair.overlap) if pair.overlap else 1.0)


def match_verdict(match: Verification) -> str:
    """Return what was found between a query and a photo, in words, before any number."""
    share = min(match.overlap.query, match.overlap.reference) if match.overlap else 1.0
    return _phrase(match.relation, match.changes, share)


def _phrase(relation: str, changes: tuple[str, ...], share: float) -> str:
    found = relation_word(relation)
    return _("%(relation)s, %(changes)s", relation=found, changes=changes_words(changes, share)) if changes else found


def state_word(state: str) -> str:
    """Return the word for the state of a pair."""
    return {"accepted": _("accepted"), "suggested": _("suggested"), "refused": _("refused"), "decided": _("decided")}.get(
        state, _spelled(state)
    )


def sureness(pair: PairLine) -> str:
    """Return how sure the machine is, with the thresholds that the score is read against."""
    return _thresholds(pair.score, *pair.thresholds)


def match_sureness(match: Verification) -> str:
    """Return how sure the machine is of an answer, with the thresholds that the score is read against."""
    return _thresholds(match.score, match.threshold_suggest, match.threshold_accept)


def _thresholds(score: float, suggest: float, accept: float) -> str:
    return _(
        "score %(score)s; suggested from %(suggest)s, accepted from %(accept)s",
        score=f"{score:.3f}",
        suggest=f"{suggest:.2f}",
        accept=f"{accept:.2f}",
    )


def verdict_word(verdict_code: str) -> str:
    """Return the word for what a person decided."""
    return {"accept": _("accepted by a person"), "reject": _("rejected by a person"), "undo": _("undone")}.get(
        verdict_code, _spelled(verdict_code)
    )


def finding_word(rule: str) -> str:
    """Return the few words that stand for a finding on a badge and in the filter."""
    return {
        "credited_source_never_seen_publishing": _("credited source never seen"),
        "credited_source_seen_only_later": _("credited source seen only later"),
        "circular_credit": _("circular credit"),
        "credit_dropped": _("credit dropped"),
        "credit_changed": _("credit changed"),
        "credit_upgraded": _("credit upgraded"),
        "shown_before_date_claimed": _("shown before its date"),
        "camera_date_after_publication": _("camera date too late"),
        "mirrored": _("mirrored"),
        "cropped_away_mark": _("mark cropped away"),
        "date_conflict": _("dates conflict"),
        "same_scene_used_as_other_event": _("another frame, another event"),
        "official_first_publisher_not_origin": _("official source not the origin"),
        "missing_intermediate": _("version missing between"),
    }.get(rule, _spelled(rule))


def chain_state_word(state: str) -> str:
    """Return the word for the state of a chain."""
    return {
        "complete": _("complete"), "gap": _("with a gap"), "contradicted": _("contradicted"), "undetermined": _("undetermined"),
    }.get(state, _spelled(state))  # fmt: skip


def role_word(role: str) -> str:
    """Return the word for what a text or a party is."""
    return {
        "caption": _("Caption"), "headline": _("Headline"), "alt_text": _("Alternative text"),
        "title": _("Title"), "note": _("Note"),
        "credit_line": _("Credit line"), "creator": _("Creator"), "iptc_source": _("Source (IPTC)"),
        "copyright_notice": _("Copyright notice"), "rights": _("Rights"), "agency": _("Agency"), "issuer": _("Issuer"),
        "distributor": _("Distributor"), "carrier": _("Carrier"), "rights_holder": _("Rights holder"),
    }.get(role, _spelled(role))  # fmt: skip


def flag_word(flag: str) -> str:
    """Return the word for a flag read in a credit line."""
    return {
        "handout": _("handout"), "archive": _("file photo"), "editorial_use_only": _("editorial use only"),
        "courtesy": _("courtesy"),
        "mandatory_credit": _("mandatory credit"), "screenshot": _("screenshot"), "illustration": _("illustration"),
    }.get(flag, _spelled(flag))  # fmt: skip


def outcome_word(outcome: str) -> str:
    """Return the word for the outcome of an item of an import."""
    return {"added": _("added"), "known": _("known"), "rejected": _("rejected")}.get(outcome, _spelled(outcome))


def origin_word(origin: str) -> str:
    """Return where a text was read; the names of vocabularies stay as they are."""
    return {"manifest": _("manifest"), "sidecar": _("sidecar"), "xmp": "XMP", "iim": "IIM", "exif": "EXIF"}.get(
        origin, _spelled(origin)
    )


def finding_words(rules: tuple[str, ...]) -> str:
    """Return the first three findings of a badge as one phrase, and how many more there are."""
    shown = _(", ").join(finding_word(rule) for rule in rules[:3])
    return _("%(findings)s and %(more)s more", findings=shown, more=len(rules) - 3) if len(rules) > 3 else shown


def sort_word(order: str) -> str:
    """Return the word for an order of the grid."""
    return {"newest": _("newest first"), "oldest": _("oldest first"), "reuse": _("most used first")}.get(order, _spelled(order))


def span_words(days: int) -> str:
    """Return a span of a year or more in whole years."""
    return ngettext("%(num)s year", "%(num)s years", max(1, round(days / 365.2425)))


def language_name(code: str) -> str:
    """Return the name of a declared language in the reader's language, the code itself when it is none we know."""
    try:
        return Locale.parse(code, sep="-").get_display_name(get_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def publications_count(count: int) -> str:
    """Return a number of publications with its noun."""
    return ngettext("%(num)s publication", "%(num)s publications", count)


def photos_count(count: int) -> str:
    """Return a number of photos with its noun."""
    return ngettext("%(num)s photo", "%(num)s photos", count)


def pictures_count(count: int) -> str:
    """Return a number of pictures (picture groups) with its noun."""
    return ngettext("%(num)s picture", "%(num)s pictures", count)


def _spelled(code: str) -> str:
    # A list may grow before its words do; the code itself is plain English.
    return code.replace("_", " ")


WORDS = (
    change_word, changes_words, relation_word, verdict, match_verdict, state_word, sureness, match_sureness,
    verdict_word, finding_word, chain_state_word,
    role_word, flag_word, outcome_word, origin_word, finding_words, sort_word, span_words, language_name,
    publications_count, photos_count, pictures_count,
)  # fmt: skip
