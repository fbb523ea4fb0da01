"""Armed forces, groups and other actors that a text names, and what it says they did."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from catalog.captions.calendar_words import fold_word
from catalog.captions.words import NameIndex, Word, index_names
from catalog.records.claims import NamedActor

# Sources of these kinds act; agencies and papers only tell.
ACTING_KINDS = frozenset({"military", "service"})
_NATIONS = {
    "syrian-forces": "syrian сирийск сирійськ سوري سورية السوري السورية",
    "russian-forces": "russian российск русск російськ русійськ روسي روسية الروسي الروسية",
    "ukrainian-forces": "ukrainian украинск українськ أوكراني أوكرانية الأوكراني الأوكرانية",
    "israeli-forces": "israeli израильск ізраїльськ إسرائيلي إسرائيلية الإسرائيلي الإسرائيلية",
    "us-forces": "american американск американськ أمريكي أمريكية الأمريكي الأمريكية أميركي أميركية الأميركي الأميركية",
    "turkish-forces": "turkish турецк турецьк تركي تركية التركي التركية",
    "iranian-forces": "iranian иранск іранськ إيراني إيرانية الإيراني الإيرانية",
    "iraqi-forces": "iraqi иракск іракськ عراقي عراقية العراقي العراقية",
    "saudi-forces": "saudi саудовск саудівськ سعودي سعودية السعودي السعودية",
    "azerbaijani-forces": "azerbaijani azeri азербайджанск азербайджанськ أذربيجاني أذربيجانية",
    "armenian-forces": "armenian армянск вірменськ أرميني أرمينية أرمني",
    "georgian-forces": "georgian грузинск грузинськ جورجي جورجية",
    "french-forces": "french французск французьк فرنسي فرنسية الفرنسي الفرنسية",
    "british-forces": "british британск британськ بريطاني بريطانية البريطاني البريطانية",
    "egyptian-forces": "egyptian египетск єгипетськ مصري مصرية المصري المصرية",
    "sudanese-army": "sudanese суданск суданськ سوداني سودانية السوداني السودانية",
    "afghan-forces": "afghan афганск афганськ أفغاني أفغانية الأفغاني الأفغانية",
    "indian-army": "indian индийск індійськ هندي هندية الهندي",
    "pakistani-army": "pakistani пакистанск пакистанськ باكستاني باكستانية الباكستاني",
    "ethiopian-army": "ethiopian эфиопск ефіопськ إثيوبي إثيوبية",
    "eritrean-army": "eritrean эритрейск еритрейськ إريتري إريترية",
    "lebanese-army": "lebanese ливанск ліванськ لبناني لبنانية اللبناني",
    "yemeni-forces": "yemeni йеменск єменськ يمني يمنية اليمني",
    "saudi-coalition": "saudi-led",
    "chechen-forces": "chechen чеченск чеченськ شيشاني شيشانية",
    "palestinian-militants": "palestinian палестинск палестинськ فلسطيني فلسطينية الفلسطيني",
}
_ATTACKS = (
    "strike strikes airstrike airstrikes raid raids shelling shellings bombardment bombing bombings attack attacks "
    "missile missiles "
    "rocket rockets artillery bombs bomb shell shells assault offensive drone drones barrel warplanes jets "
    "warplane jet aircraft "
    "удар удары авиаудар авиаудары обстрел обстрелы бомбардировка бомбежка налет атака атаки ракета ракеты дрон "
    "беспилотник артиллерия "
    "снаряд авиабомба артобстрел артобстрелы авианалет штурм авиация "
    "удари авіаудар авіаудари обстріл обстріли бомбардування бомбування наліт атака дрони безпілотник артилерія "
    "артобстріл авіаналіт "
    "авіація приліт влучання снаряд "
    "قصف غارة غارات ضربة ضربات هجوم هجمات صاروخ صواريخ مدفعية قذيفة قذائف استهداف القصف الغارة الغارات الهجوم القصف "
    "الضربة براميل بقصف بغارة"
)
_STRUCK = (
    "shelled struck bombed hit attacked launched fired dropped targeted destroyed carried killed shot stormed raided pounded "
    "обстрелял обстреляла обстреляли ударил ударила ударили атаковал атаковала атаковали нанес нанесла нанесли "
    "запустил запустили "
    "сбросил сбросили уничтожил уничтожили разбомбил разбомбили убил убили "
    "обстріляв обстріляла обстріляли вдарив вдарила вдарили атакував атакувала атакували завдав завдала завдали "
    "запустив запустили "
    "скинув скинули знищив знищили вбив вбили розбомбили ударили "
    "قصف قصفت قصفوا شن شنت شنته شنتها شنها شنه استهدف استهدفت نفذ نفذت نفذته نفذتها ضرب ضربت أطلق أطلقت أطلقته أطلقها ألقت ألقتها"
)
# Stems of participles: who did it stands in the instrumental behind them.
_STRUCK_BY = (
    "взорван взорванн подорван подорванн обстрелян обстрелянн разрушен разрушенн разбомблен разбомбленн уничтожен уничтоженн "
    "сбит сожжен сожженн захвачен захваченн убит "
    "підірван висаджен обстрілян зруйнован розбомблен знищен збит спален захоплен вбит"
)
_BY = "by силами боку стороны قبل يد"
_AGAINST = "on against targeting по на проти против ضد على استهدف استهدفت يستهدف تستهدف"
_WHERE = "in at near across inside в у по под над около возле біля під поблизу في قرب داخل شمال جنوب شرق غرب"
_DENIED = (
    "denied denies deny denying rejected rejects dismissed refuted "
    "опроверг опровергла опровергли опровергает отрицает отрицают отрицал отрицали отрицала отвергает отвергли "
    "причастен причастны "
    "причастна причастно причастность непричастны непричастен наносил наносила наносили "
    "заперечує заперечують заперечив заперечила заперечили спростував спростувала спростували спростовує причетний "
    "причетні причетна "
    "причетність непричетні непричетна відкидає відкидають "
    "نفت نفى ينفي تنفي نفوا ونفت ونفى نفيها نفيه أنكرت أنكر تنكر ينكر تنصلت"
)
_NOT_DENIED = (
    "причастен причастны причастна причастно причастность причетний причетні причетна причетність наносил наносила наносили"
)
_NOT = "not no не ни ні لم ليس ليست لا غير"
_RESPONSIBLE = "responsible responsibility behind blamed ответственн відповідальн مسؤول مسؤولة مسؤولية مسؤوليتها مسؤوليته"
_MADE = "made built backed supplied owned led speaking language citizen citizens president"
_SHOWN_WITH = (
    "soldier soldiers fighter fighters troops tank tanks convoy helicopter policeman policemen police militants "
    "militant forces serviceman "
    "servicemen paratroopers gunmen member members crew commander howitzer army navy force "
    "солдат солдаты военный военные боец бойцы "
    "боевик боевики войск арми авиаци флот вертолет танк "
    "танки колонна вертолет десантники сил "
    "військ арм авіаці солдати військовий військові боєць бійці бойовик бойовики колона гелікоптер "
    "جيش الجيش طيران الطيران سلاح جندي جنود الجنود "
    "مقاتل مقاتلون مقاتلين مسلح مسلحون مسلحين دبابة دبابات عناصر رتل قوات"
)


# Endings of the instrumental that no other case has, of nouns and adjectives in Russian and Ukrainian.
_INSTRUMENTAL = ("ами", "ями", "ими", "ыми", "ией", "ією", "ієй", "кою")
_REACH = 8  # words from a strike to whoever it was made by
_SAME_NAME = 2  # words between two names of one actor: "rebels of the"


@dataclass(frozen=True, slots=True)
class SeenActor:
    """Hold one actor named in a text: its id, the half-open range of words, and its role."""

    id: str
    first: int
    last: int
    role: str


def _set(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


@cache
def _words(name: str) -> frozenset[str]:
    return _set(globals()[name])


@cache
def actor_names() -> dict[str, str]:
    """Return the English name of every shipped actor by id."""
    return {row["id"]: row["en"].split("|")[0] for row in _rows()}


def actor_name(actor: str, language: str) -> str | None:
    """Return the first name of a shipped actor in a language, None for an actor that is not shipped."""
    row = next((row for row in _rows() if row["id"] == actor), None)
    return None if row is None else (row[language] or row["en"]).split("|")[0]


@cache
def _rows() -> list[dict[str, str]]:
    return list(csv.DictReader(files("catalog.captions").joinpath("actors.csv").read_text("utf-8").splitlines()))


@cache
def _shipped() -> NameIndex:
    return index_names(
        (name, row["id"]) for row in _rows() for language in ("en", "ru", "uk", "ar") for name in row[language].split("|") if name
    )


@cache
def _handed(known: tuple[NamedActor, ...]) -> NameIndex:
    return index_names((name, source.id) for source in known for name in source.names)


@cache
def _adjectives() -> dict[str, str]:
    return {fold_word(word): actor for actor, words in _NATIONS.items() for word in words.split()}


def find_actors(words: Sequence[Word], known: tuple[NamedActor, ...]) -> tuple[list[SeenActor], frozenset[int]]:
    """Find the actors that words name, and the words that belong to names of actors or of other sources.

    A nation's adjective beside a strike names that nation's forces. What other sources are called ("The Moscow Times") is
    taken, so that nobody reads a place in it.
    """
    acting = {source.id for source in known if source.kind in ACTING_KINDS}
    found: list[SeenActor] = []
    taken: set[int] = set()
    at = 0
    while at < len(words):
        step = 1
        if words[at].kind in ("word", "mixed"):
            length, meanings = _shipped().at(words, at)
            if length:
                name, step = meanings[0], length
            else:
                length, meanings = _handed(known).at(words, at)
                name = meanings[0] if length and words[at].is_capital else ""
                step = length if name else 1
            if name:
                role = _role(words, at, at + step)
                if name in _COUNTRIES and length == 1 and _is_where(words, at):
                    at += step
                    continue
                if found and found[-1].id == name and at - found[-1].last <= _SAME_NAME:
                    # "rebels of the Free Syrian Army": one actor under two names.
                    found[-1] = replace(found[-1], last=at + step)
                    taken.update(range(at, at + step))
                elif name in acting or name in actor_names():
                    if name not in _COUNTRIES or role != "shown" or length > 1:
                        found.append(SeenActor(name, at, at + step, role))
                        taken.update(range(at, at + step))
                elif length > 1:
                    taken.update(range(at, at + step))
            elif adjective := _nation(words, at):
                found.append(adjective)
        at += step
    return found, frozenset(taken)


_COUNTRIES = frozenset({
    "russian-forces", "ukrainian-forces", "israeli-forces", "iranian-forces", "azerbaijani-forces", "armenian-forces",
})  # fmt: skip


def _is_where(words: Sequence[Word], at: int) -> bool:
    """Tell whether the name of a country or capital says where: "in Iran", "بإيران", "по Киеву"."""
    before = words[at - 1].fold if at else ""
    joined = words[at].fold[0] in "ب" and words[at].fold not in _shipped_words()
    return joined or before in _words("_WHERE")


@cache
def _shipped_words() -> frozenset[str]:
    return frozenset(fold_word(word) for row in _rows() for word in row["ar"].replace("|", " ").split())


def _nation(words: Sequence[Word], at: int) -> SeenActor | None:
    """Read "Russian missile strike", "российского удара", "غارة إسرائيلية", "Ukrainian soldiers"."""
    fold = words[at].fold
    actor = _adjectives().get(fold)
    if actor is None:
        for form in sorted(words[at].forms):
            actor = actor or _adjectives().get(form)
    if actor is None:
        return None
    beside = [*range(at + 1, min(at + 4, len(words))), *range(max(0, at - 2), at)]
    if any(words[number].fold in _words("_MADE") for number in beside[:2]):
        return None
    for number in beside:
        if words[number].kind == "word" and words[number].forms & _words("_SHOWN_WITH"):
            return SeenActor(actor, at, at + 1, _role(words, at, max(at, number) + 1))
        if words[number].kind == "word" and words[number].forms & _attack_forms():
            role = "target" if _is_target(words, at) and number < at else "responsible"
            return SeenActor(actor, at, at + 1, role)
    return None


@cache
def _attack_forms() -> frozenset[str]:
    bare = _words("_ATTACKS")
    return bare | {word[:-1] for word in bare if word[-1] in "аыиія" and len(word) > 4}


def _is_target(words: Sequence[Word], first: int) -> bool:
    before = [word for word in words[max(0, first - 2) : first] if word.kind == "word"]
    return any(word.fold in _words("_AGAINST") for word in before)


def _role(words: Sequence[Word], first: int, last: int) -> str:
    before = [word for word in words[max(0, first - 4) : first] if word.kind == "word"]
    after = [word for word in words[last : last + 7] if word.kind == "word"]
    if _is_denied(before, after):
        return "denied"
    close = before[-3:]
    if any(word.fold in _words("_AGAINST") for word in before[-2:]):
        return "target"
    # English puts whom it hit behind the verb; Russian, Ukrainian and Arabic put there who did it.
    if before and before[-1].fold.isascii() and before[-1].fold in _words("_STRUCK"):
        return "target"
    if any(word.fold in _words("_BY") for word in close[-2:]) and not any(word.fold in _PUBLISHED for word in before):
        return "responsible"
    if any(word.forms & _words("_RESPONSIBLE") for word in (*before[-2:], *after[:3])):
        return "responsible"
    if any(word.forms & _attack_forms() for word in (*close, *after[:2])) or any(
        word.fold in _words("_STRUCK") for word in after[:4]
    ):
        return "responsible"
    if any(word.fold in _words("_STRUCK") for word in before[-1:]):
        return "responsible"
    done = _attack_forms() | _words("_STRUCK") | _words("_STRUCK_BY")
    if _is_instrumental(words, first, last) and any(word.forms & done for word in words[max(0, first - _REACH) : first]):
        return "responsible"
    return "shown"


def _is_instrumental(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a Cyrillic name stands in the case that says by whom: "обстрел рынка украинскими войсками".

    So does one behind its people: "взорван боевиками «Азова»".
    """
    before = [word for word in words[max(0, first - 2) : first] if word.kind == "word"]
    people = before[-1:] if before and before[-1].forms & _words("_SHOWN_WITH") else []
    return any(word.fold.endswith(_INSTRUMENTAL) and len(word.fold) > 4 for word in (words[last - 1], *people))


_PUBLISHED = _set(
    "released published posted distributed provided shown taken seen controlled held seized guarded shared recaptured retaken"
)


def _is_denied(before: Sequence[Word], after: Sequence[Word]) -> bool:
    for nearby in (before, after):
        for number, word in enumerate(nearby):
            if word.fold in _words("_DENIED"):
                needs_not = word.fold in _words("_NOT_DENIED")
                if not needs_not or any(other.fold in _words("_NOT") for other in nearby[max(0, number - 2) : number]):
                    return True
            if word.forms & _words("_RESPONSIBLE") and any(
                other.fold in _words("_NOT") for other in nearby[max(0, number - 2) : number]
            ):
                return True
    return False
