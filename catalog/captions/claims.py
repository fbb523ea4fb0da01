"""The claims of one caption: when, where, who, how many and with what, each with the place where it stands."""

from __future__ import annotations

import re
from collections import deque

from catalog.captions.arms import find_arms
from catalog.captions.gazetteer import places
from catalog.captions.how_many import find_counts
from catalog.captions.when import read_dates
from catalog.captions.where import find_places
from catalog.captions.who import actor_names, find_actors
from catalog.captions.words import MAX_CHARACTERS, Spans, Word, sentences, words_in
from catalog.records.claims import Claim, NamedActor
from catalog.records.partial_date import PartialDate

CLAIMS_VERSION = 3
_BRACKETS = re.compile(r"[(\[][^()\[\]\n]{0,200}[)\]]")
_CREDIT_WORDS = re.compile(
    r"photo|picture by|image|reuters|\bap\b|\bafp\b|\bepa\b|getty|handout|courtesy|credit|file\b|archive|"
    r"фото|архив|архів|рейтер|ройтерс|тасс|риа|скриншот|"
    r"صورة|تصوير|رويترز|أ ?ف ?ب|فرانس "
    "برس|الفرنسية|الأناضول|غيتي|أرشيف|مواقع التواصل|سانا|أسوشيتد",
    re.IGNORECASE,
)
_CREDIT_TAIL = re.compile(
    r"\s(?:REUTERS/|AFP PHOTO|AP PHOTO|EPA/|Photo(?:s|graph)?(?: by|:)|Credit:|Фото:|Автор фото|"
    r"Світлина:|تصوير:|الصورة:|صورة:|©|- ?Reuters$)[^\n]*$"
)
_TERMS = re.compile(
    r"^(?:EDITORIAL USE|EDITORS? NOTE|EDS NOTE|ATTENTION|MANDATORY CREDIT|THIS IMAGE|THIS PICTURE WAS|NO RESALES|NO "
    "ARCHIVES|SEARCH |"
    r"THIS HANDOUT|REUTERS |RESTRICTED|NOT FOR|FOR EDITORIAL)",
    re.IGNORECASE,
)
# What tells background from what the picture shows: a state of things that lasts or is counted from its beginning.
_BACKGROUND = re.compile(
    r"\b(?:since|began|begun|have been|has been|has left|has killed|have killed|years? of (?:war|conflict)|"
    r"the war|civil war|the conflict|"
    r"starting a conflict|uprising|crisis|entered .{0,40} territory|ceasefire|according to|has provoked|had been|in "
    "recent (?:weeks|months|years)|"
    r"so far|to date|in total|altogether|overall)\b|"
    r"\b(?:с начала|с момента|в ходе войны|война|войны|конфликт|продолжается|за время|с тех пор|всего с|"
    r"перемирие|по данным|в результате войны|идёт|идет|длится)\b|"
    r"\b(?:від початку|з початку|з моменту|війна|війни|триває|конфлікт|за час|відтоді|за даними|перемир)|"
    r"(?:منذ |الحرب|النزاع|الصراع|اندلاع|الأزمة|وفقا ل|بحسب |الهدنة|حتى الآن)",
    re.IGNORECASE,
)
_OF_THE_PICTURE = re.compile(
    r"\b(?:picture|photo|photograph|image|pictured|taken|seen here|shows|shot)\b|"
    r"снимок|снимке|фотограф|снято|кадр|на фото|знімок|світлин|знято|"
    r"الصورة|صورة|التقطت|التقط|المشهد",
    re.IGNORECASE,
)


def is_background(sentence: str) -> bool:
    """Tell whether a sentence speaks of the state of things, not of the picture: war since a year, totals, terms of use."""
    bare = sentence.strip()
    return bool(_TERMS.match(bare)) or (bool(_BACKGROUND.search(bare)) and not _OF_THE_PICTURE.search(bare))


def credit_spans(text: str) -> Spans:
    """Return the spans that credit somebody or state terms: brackets with an agency, what follows "Photo:" at the end."""
    text = text[:MAX_CHARACTERS]
    found = [match.span() for match in _BRACKETS.finditer(text) if _CREDIT_WORDS.search(match[0])]
    tail = _CREDIT_TAIL.search(text[-400:])
    if tail:
        start = max(0, len(text) - 400) + tail.start()
        found.append((start, len(text)))
    return Spans(found)


def read_claims(text: str, published: PartialDate | None = None, known: tuple[NamedActor, ...] = ()) -> tuple[Claim, ...]:
    """Read what a caption claims of its picture, in the order of the text; raw text and spans agree, nothing is altered.

    `published` is when it appeared: "yesterday" counts back from it. `known` are the sources of the authority. What stands in
    a credit claims nothing; what stands in a sentence of background has the role `context`. Only the first 64 KiB are read.
    """
    credits = credit_spans(text)
    found: list[Claim] = [claim for claim in read_dates(text, published) if not credits.hold(claim.span[0])]
    dated = Spans(claim.span for claim in found)
    waiting = deque(found)
    found = []
    for number, (start, end) in enumerate(sentences(text)):
        words = [word for word in words_in(text[start:end]) if not credits.hold(word.start + start)]
        behind = number > 0 and is_background(text[start:end])
        read = []
        while waiting and waiting[0].span[0] < end:
            read.append(waiting.popleft())
        read += _of_sentence(words, start, text, dated, known)
        kinds = {claim.kind for claim in found}
        found += [
            _put_behind(claim) if behind or (claim.kind in kinds and _is_aside(claim, text[start:end])) else claim
            for claim in read
        ]
    return tuple(sorted(found, key=lambda claim: (claim.span, claim.kind)))


def _put_behind(claim: Claim) -> Claim:
    return Claim(claim.kind, "context", claim.text, claim.span, claim.value, claim.name, claim.date, claim.least, claim.most)


def _is_aside(claim: Claim, sentence: str) -> bool:
    """Tell whether a claim of a later sentence is beside the picture: numbers and deeds count there, places and days do not."""
    if claim.kind in ("date", "place"):
        return not _OF_THE_PICTURE.search(sentence)
    return False


def _of_sentence(words: list[Word], start: int, text: str, dated: Spans, known: tuple[NamedActor, ...]) -> list[Claim]:
    in_dates = frozenset(number for number, word in enumerate(words) if dated.hold(word.start + start))
    actors, taken = find_actors(words, known)
    weapons = find_arms(words, in_dates | taken)
    armed = frozenset(number for _, first, last in weapons for number in range(first, last))

    def claim(kind: str, role: str, first: int, last: int, value: str, name: str, **bounds: int | None) -> Claim:
        span = (words[first].start + start, words[last - 1].end + start)
        return Claim(kind, role, text[slice(*span)], span, value, name, None, bounds.get("least"), bounds.get("most"))

    names = actor_names()
    handed = {source.id: source.names[0] for source in known if source.names}
    found = [
        claim("actor", actor.role, actor.first, actor.last, actor.id, names.get(actor.id) or handed.get(actor.id, actor.id))
        for actor in actors
    ]
    found += [
        claim("place", place.role, place.first, place.last, place.id, places()[place.id].name())
        for place in find_places(words, in_dates | taken | armed)
    ]
    found += [
        claim("number", "shown", one.first, one.last, one.what, one.what, least=one.least, most=one.most)
        for one in find_counts(words, in_dates | frozenset(n for n in armed if words[n].kind == "mixed"))
    ]
    found += [claim("weapon", "shown", first, last, value, value) for value, first, last in weapons]
    return found
