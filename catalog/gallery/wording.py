"""The words for what the catalogue's closed lists name, in the reader's language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale

from catalog.gallery.dates_view import written_share
from catalog.gallery.languages import chosen_language
from catalog.gallery.speech import _, later, ngettext
from catalog.records.claims import Claim
from catalog.records.code_words import CODE_WORDS
from catalog.records.match import Verification
from catalog.records.pages.pairs import PairLine
from catalog.workflow.tell_captions import claimed_name

# The sources of the words; each is translated where it is shown.
CHANGE_WORDS = {
    "recompressed": later("recompressed"), "resized": later("resized"), "cropped": later("cropped"),
    "mirrored": later("mirrored"), "rotated": later("rotated"), "recoloured": later("recoloured"),
    "greyscale": later("greyscale"), "blurred": later("blurred"), "sharpened": later("sharpened"),
    "overlaid": later("overlaid"), "bordered": later("bordered"), "screenshot": later("screenshot"),
    "composite": later("composite"), "perspective": later("perspective changed"),
}  # fmt: skip
RELATION_WORDS = {
    "same_bytes": later("same file"), "same_pixels": later("same pixels"), "copy": later("same picture"),
    "part": later("one is part of the other"), "same_scene": later("same scene, another frame"),
    "none": later("not the same picture"),
}  # fmt: skip
STATE_WORDS = {
    "accepted": later("accepted"), "suggested": later("suggested"), "refused": later("refused"), "decided": later("decided"),
}  # fmt: skip
VERDICT_WORDS = {
    "accept": later("accepted by a person"), "reject": later("rejected by a person"), "undo": later("undone"),
    "same_scene": later("same scene, another frame, a person decided"),
    "made_from": later("made from it, a person decided"), "not_made_from": later("not made from it, a person decided"),
    "confirmed": later("confirmed by a person"), "dismissed": later("dismissed by a person"),
}  # fmt: skip
FINDING_WORDS = {
    "credited_source_never_seen_publishing": later("credited source never seen"),
    "credited_source_seen_only_later": later("credited source seen only later"),
    "circular_credit": later("circular credit"),
    "credit_dropped": later("credit dropped"),
    "credit_changed": later("credit changed"),
    "credit_upgraded": later("credit upgraded"),
    "credit_statements_disagree": later("credit statements disagree"),
    "copy_seen_before_original": later("copy seen before its original"),
    "shown_before_date_claimed": later("shown before its date"),
    "camera_date_after_publication": later("camera date too late"),
    "mirrored": later("mirrored"),
    "cropped_away_mark": later("mark cropped away"),
    "date_conflict": later("dates conflict"),
    "same_scene_used_as_other_event": later("another frame, another event"),
    "official_first_publisher_not_origin": later("official source not the origin"),
    "missing_intermediate": later("version missing between"),
    "place_conflict": later("places conflict"),
    "actor_conflict": later("actors conflict"),
    "count_conflict": later("numbers conflict"),
    "today_republished": later("“today” shown again"),
    "date_before_camera_date": later("dated before the camera"),
}
# What the ledger calls its events; outcomes other than success are codes, docs/reason-codes.md.
ACTION_WORDS = {
    "import started": later("import started"), "import ended": later("import ended"), "import undone": later("import undone"),
    "item added": later("item added"), "item known": later("item known"), "item rejected": later("item rejected"),
    "decision accept": later("pair accepted"), "decision reject": later("pair rejected"),
    "decision same_scene": later("pair called two frames of one scene"),
    "decision undo": later("pair decision undone"),
    "derivation made_from": later("derivation confirmed"), "derivation not_made_from": later("derivation refused"),
    "derivation undo": later("derivation decision undone"), "finding confirmed": later("finding confirmed"),
    "finding dismissed": later("finding dismissed"), "finding undo": later("finding decision undone"),
    "source add": later("source added"), "source alias": later("source given a name"), "source merge": later("sources merged"),
    "source undo": later("source decision undone"), "inquiry made": later("search by image recorded"),
    "catalogue checked": later("catalogue checked"),
}  # fmt: skip
CARRIER_WORDS = {
    "web page": later("web page"), "website": later("web page"), "agency feed": later("agency feed"), "print": later("in print"),
    "newspaper": later("in print"), "telegram photo": later("Telegram photo"), "telegram document": later("Telegram document"),
    "telegram": later("Telegram"), "social media": later("social media"), "broadcast": later("broadcast"),
}  # fmt: skip
CHAIN_STATE_WORDS = {
    "complete": later("complete"), "gap": later("with a gap"), "contradicted": later("contradicted"),
    "undetermined": later("undetermined"),
}  # fmt: skip
ROLE_WORDS = {
    "caption": later("Caption"), "headline": later("Headline"), "alt_text": later("Alternative text"), "title": later("Title"),
    "note": later("Note"), "credit_line": later("Credit line"), "creator": later("Creator"),
    "iptc_source": later("Source (IPTC)"), "copyright_notice": later("Copyright notice"), "rights": later("Rights"),
    "agency": later("Agency"), "issuer": later("Issuer"), "distributor": later("Distributor"), "carrier": later("Carrier"),
    "rights_holder": later("Rights holder"),
}  # fmt: skip
FLAG_WORDS = {
    "handout": later("handout"), "archive": later("file photo"), "editorial_use_only": later("editorial use only"),
    "courtesy": later("courtesy"), "mandatory_credit": later("mandatory credit"), "screenshot": later("screenshot"),
    "illustration": later("illustration"),
}  # fmt: skip
CLAIM_WORDS = {
    "date": later("Date"), "place": later("Place"), "actor": later("Who did it, or is seen"), "number": later("How many"),
    "weapon": later("Weapon or vehicle"),
}  # fmt: skip
DOUBT_WORDS = {
    "replaced": later("Another picture seems to stand in the same frame."),
    "mark": later("Perhaps only a mark that both carry agrees, such as a logo or letters: the slow tones do not go together."),
    "moved": later("Something before the camera, or the camera, seems to have moved: it may be another frame of the scene."),
    "few_points": later("Few points agree."),
}
TIMELINE_WORDS = {"finer": later("more exact than before"), "coarser": later("less exact than before")}
OUTCOME_WORDS = {"added": later("added"), "known": later("known"), "rejected": later("rejected")}
ORIGIN_WORDS = {"manifest": later("manifest"), "sidecar": later("sidecar"), "web_page": later("saved page")}
SOURCE_KIND_WORDS = {
    "agency": later("agency"), "library": later("picture library"), "ministry": later("ministry"),
    "military": later("armed forces"),
    "service": later("government service"), "office": later("office of state"), "organisation": later("organisation"),
    "newspaper": later("newspaper"), "broadcaster": later("broadcaster"), "site": later("site"), "platform": later("platform"),
    "channel": later("channel"), "person": later("person"), "fact_checker": later("fact-checker"), "magazine": later("magazine"),
}  # fmt: skip
SOURCE_VERDICT_WORDS = {
    "add": later("Added"), "alias": later("Named"), "merge": later("Merged"), "undo": later("Taken back"),
}  # fmt: skip
VOCABULARY_NAMES = {"xmp": "XMP", "iim": "IIM", "exif": "EXIF", "png": "PNG", "gif": "GIF", "jpeg": "JPEG", "c2pa": "C2PA"}
SORT_WORDS = {"newest": later("newest first"), "oldest": later("oldest first"), "reuse": later("most used first")}


def change_word(change: str, share: float = 1.0) -> str:
    """Return the word for one of CHANGES; a crop says which share (0–1) is left when that is less than all."""
    if change == "cropped" and share < 1:
        return _("cropped to %(share)s", share=written_share(share))
    return _word(CHANGE_WORDS, change)


def changes_words(changes: tuple[str, ...], share: float = 1.0) -> str:
    """Return changes as one phrase."""
    return _(", ").join(change_word(change, share) for change in changes)


def claim_word(kind: str) -> str:
    """Return the word for a kind of claim."""
    return _word(CLAIM_WORDS, kind)


def claim_name(claim: Claim) -> str:
    """Say what a claim means, places in the language of the page."""
    return claimed_name(claim, chosen_language())


def claim_note(claim: Claim) -> str:
    """Say of what kind a marked claim is and what it means."""
    return _("%(kind)s: %(meaning)s", kind=claim_word(claim.kind), meaning=claim_name(claim))


def timeline_word(change: str) -> str:
    """Return how a claim stands to what was said before."""
    return _word(TIMELINE_WORDS, change)


def relation_word(relation: str) -> str:
    """Return what two photos are to one another."""
    return _word(RELATION_WORDS, relation)


def verdict(pair: PairLine) -> str:
    """Return what was found between two photos, in words, before any number; what a person decided comes before it."""
    found = _phrase(pair.relation, pair.changes, min(pair.overlap) if pair.overlap else 1.0, pair.state)
    if pair.decision is None:
        return found
    return _("%(decided)s; by measure: %(found)s", decided=verdict_word(pair.decision.verdict), found=found)


def match_verdict(match: Verification) -> str:
    """Return what was found between a query and a photo, in words, before any number."""
    share = min(match.overlap.query, match.overlap.reference) if match.overlap else 1.0
    return _phrase(match.relation, match.changes, share, match.state)


def _phrase(relation: str, changes: tuple[str, ...], share: float, state: str) -> str:
    found = relation_word(relation)
    if changes:
        found = _("%(relation)s, %(changes)s", relation=found, changes=changes_words(changes, share))
    # What only reached the lower threshold is a question, and is worded as one.
    return _("perhaps: %(found)s", found=found) if state == "suggested" else found


def doubt_words(doubt: str) -> str:
    """Return the sentence that says why a pair is only suggested, for one of DOUBTS."""
    return _word(DOUBT_WORDS, doubt)


def state_word(state: str) -> str:
    """Return the word for the state of a pair."""
    return _word(STATE_WORDS, state)


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


def source_kind_word(kind: str) -> str:
    """Return the word for one of SOURCE_KINDS."""
    return _word(SOURCE_KIND_WORDS, kind)


def source_verdict_word(verdict_code: str) -> str:
    """Return the word for what a person decided about a source."""
    return _word(SOURCE_VERDICT_WORDS, verdict_code)


def verdict_word(verdict_code: str) -> str:
    """Return the word for what a person decided."""
    return _word(VERDICT_WORDS, verdict_code)


def finding_word(rule: str) -> str:
    """Return the few words that stand for a finding on a badge and in the filter."""
    return _word(FINDING_WORDS, rule)


def chain_state_word(state: str) -> str:
    """Return the word for the state of a chain."""
    return _word(CHAIN_STATE_WORDS, state)


def role_word(role: str) -> str:
    """Return the word for what a text or a party is."""
    return _word(ROLE_WORDS, role)


def flag_word(flag: str) -> str:
    """Return the word for a flag read in a credit line."""
    return _word(FLAG_WORDS, flag)


def outcome_word(outcome: str) -> str:
    """Return the word for the outcome of an item of an import."""
    return _word(OUTCOME_WORDS, outcome)


def origin_word(origin: str) -> str:
    """Return where a text was read; the names of vocabularies stay as they are."""
    return VOCABULARY_NAMES[origin] if origin in VOCABULARY_NAMES else _word(ORIGIN_WORDS, origin)


def finding_words(rules: tuple[str, ...]) -> str:
    """Return the first three findings of a badge as one phrase, and how many more there are."""
    shown = _(", ").join(finding_word(rule) for rule in rules[:3])
    return _("%(findings)s and %(more)s more", findings=shown, more=len(rules) - 3) if len(rules) > 3 else shown


def sort_word(order: str) -> str:
    """Return the word for an order of the grid."""
    return _word(SORT_WORDS, order)


def action_word(action: str) -> str:
    """Return the words for what an event of the ledger records."""
    return _word(ACTION_WORDS, action)


def code_words(code: str) -> str:
    """Return what a warning or the reason of a rejection means."""
    return _(CODE_WORDS[code][0]) if code in CODE_WORDS else code.replace("_", " ")


def code_advice(code: str) -> str:
    """Return what to do about a warning or a rejection, "" for a code that has no words yet."""
    return _("What to do: %(advice)s.", advice=_(CODE_WORDS[code][1])) if code in CODE_WORDS else ""


def carrier_word(carrier: str) -> str:
    """Return the word for a carrier that is stated in one of the usual ways, and what is stated otherwise as it is."""
    return _(CARRIER_WORDS[carrier.casefold()]) if carrier.casefold() in CARRIER_WORDS else carrier


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


def _word(words: dict[str, str], code: str) -> str:
    # A list may grow before its words do; the code itself is plain English.
    return _(words[code]) if code in words else code.replace("_", " ")


WORDS = (
    change_word, changes_words, relation_word, verdict, match_verdict, state_word, sureness, match_sureness,
    verdict_word, doubt_words, finding_word, chain_state_word, claim_word, claim_name, claim_note, timeline_word,
    action_word, code_words, code_advice, carrier_word,
    role_word, flag_word, outcome_word, origin_word, finding_words, sort_word, span_words, language_name,
    source_kind_word, source_verdict_word, publications_count, photos_count, pictures_count,
)  # fmt: skip
