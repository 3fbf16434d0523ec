"""Ways of wording a sentence shorter, or with its actor named, without changing what it says."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from bot.analyse.facts.naming import speaks
from bot.analyse.features import View
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import WORD, morphology, proper

CLAUSE = re.compile(
    r"(?<=[^\d\s])(?:,\s+(?=(?:а|но|и|чтобы|что|котор\w+|поскольку|так как|где|когда|хотя|однако|в том числе|из-за|после|который|who|which|that|because|as|but|and|while|although|with|citing|saying|if)\b)|;\s+|\s+[—–]\s+|:\s+)"
)
"""Where a sentence may be cut, unless what stands before says nothing of its own."""
_OBJECT = re.compile(r"(?:что|где|когда|which|that|if)\b")
_SPOKE = re.compile(
    r"(?:сообщ|заяв|рассказ|сказа|напомн|уточн|поясн|объясн|добав|подтверд|предупре|объяв|призна|отмет|доложи|допусти|считает|счита|уверен|полага|подчеркн|утвержда|удостовер|убе[дж]|докаж|доказа|провер|"
    r"said|says|say|told|tell|announc|confirm|warn|add|claim|argu|believ|think|report|stat|note)\w*(?: (?!о |об |обо |про |из-за |за |about |of |over )[^\s,;:]+){0,5}$",
    re.IGNORECASE,
)
"""Somebody spoke, perhaps to somebody: what was said stands behind the cut."""
_POINTS = re.compile(r"(?<!\w)(?:то|том|того|тому|тем|так|такой|такая|такое|такие|настолько)$")
"""A word that points at what stands behind the cut."""
_RELATIVE = re.compile(r"(?:котор\w+|who|which|that|где)\b")
_SORT = re.compile(
    r"(?:закон\w*|законопроект\w*|проект\w*|документ\w*|норм[ауы]|поправк[иу]|постановлени[ея]|решени[ея]|приказ|правил[ао]|список|перечень|мер[уы]|предложени[ея]|инициатив[ау]|"
    r"bills?|laws?|rules?|orders?|lists?|decisions?|measures?|legislation)$",
    re.IGNORECASE,
)
"""A paper of which the rest of the sentence says what stands in it."""


_ASIDE = re.compile(
    r"(?<=\w{3}): (?:что|как|почему|кому|кого|когда|зачем|чем|где|главное|подробности|мнени\w+|what|how|why|who)\b[^:]*$", re.IGNORECASE
)


def told(title: str) -> str:
    """A headline without the question it ends with: «Чаты переведут в MAX: что решила Госдума»."""
    found = _ASIDE.search(title)
    return title[: found.start()] if found and len(WORD.findall(title, 0, found.start())) > 2 else title


def hollow(piece: str, rest: str) -> bool:
    """True if the piece of a sentence before a cut says nothing without the rest: that somebody said, or that there is a paper."""
    behind = rest.lstrip(" ,;:—–")
    return bool(
        (_OBJECT.match(behind) and (_SPOKE.search(piece) or _POINTS.search(piece))) or (_RELATIVE.match(behind) and _SORT.search(piece))
    )


@dataclass(frozen=True, slots=True)
class Body:
    """An authority's name in the cases a sentence needs, and its gender as pymorphy writes it."""

    name: str
    genitive: str
    prepositional: str
    gender: str


_BODIES = {
    body.name: body
    for body in (
        Body("Роскомнадзор", "Роскомнадзора", "Роскомнадзоре", "masc"),
        Body("Минцифры", "Минцифры", "Минцифры", "neut"),
        Body("ФСБ", "ФСБ", "ФСБ", "femn"),
        Body("ФАС", "ФАС", "ФАС", "femn"),
        Body("МВД", "МВД", "МВД", "neut"),
        Body("Минобороны", "Минобороны", "Минобороны", "neut"),
        Body("Минпросвещения", "Минпросвещения", "Минпросвещения", "neut"),
        Body("Минфин", "Минфина", "Минфине", "masc"),
        Body("Минстрой", "Минстроя", "Минстрое", "masc"),
        Body("Минздрав", "Минздрава", "Минздраве", "masc"),
        Body("Банк России", "Банка России", "Банке России", "masc"),
        Body("Госдума", "Госдумы", "Госдуме", "femn"),
        Body("Еврокомиссия", "Еврокомиссии", "Еврокомиссии", "femn"),
        Body("Генпрокуратура", "Генпрокуратуры", "Генпрокуратуре", "femn"),
        Body("Суд", "Суда", "Суде", "masc"),
        Body("Кремль", "Кремля", "Кремле", "masc"),
        Body("Правительство", "Правительства", "Правительстве", "neut"),
    )
}
_INSIDE = {form: body.name for body in _BODIES.values() for form in (body.genitive, body.prepositional)}


@functools.lru_cache(maxsize=8192)
def tags(word: str) -> tuple[str, ...]:
    """The grammatical tags a lower-case Russian word may have, the likeliest first."""
    return tuple(str(parse.tag) for parse in morphology().parse(word)[:4])


def _may_be(word: str, mark: str) -> bool:
    return any(mark in tag for tag in tags(word.lower()))


_KIND = re.compile(
    r"(?P<before>^|[\w«]+,? )(?:[Мм]ессенджер(?:а|у|е|ом)?|[Пп]риложени[еяю]|[Пп]латформ[аыуе]|[Сс]ервис(?:а|у|е|ом)?|[Сс]оцсет[иь]) (?=«?[A-Z])"
)
_FULL = re.compile(
    r"(?<!«)(?P<first>[А-ЯЁ][а-яё]+) (?:[А-ЯЁ][а-яё]+(?:вич|вна|вича|вны) )?(?P<last>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)(?![\w»])"
)


_DAY = re.compile(
    r"^(?:Сегодня|Вчера|В понедельник|Во вторник|В среду|В четверг|В пятницу|В субботу|В воскресенье) (?=[а-яёА-ЯЁA-Z«])|"
    r" (?:сегодня|вчера|в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье)(?=[ .]|$)(?! (?:утр|дн|вечер|ноч))"
)
_TO_COME = re.compile(r"вступ|заработа|начн|начин|буд[еу]т|введ[еу]т|ждут|ожида|состоится|истека", re.IGNORECASE)
"""Where the day of the week is the news itself."""


def short(text: str) -> str:
    """The text with surnames alone, without «мессенджер» before a messenger's name and without the day of the week on which it was news."""

    def kind(match: re.Match[str]) -> str:
        word = match["before"].strip(" ,«").lower()
        after = lexicon.messengers().find(fold(text[match.end() : match.end() + 40]).lstrip("«"))
        if not after or after[0].start:
            return match[0]
        return match[0] if word and tags(word)[0].startswith(("ADJF", "PRTF")) else match["before"]

    def person(match: re.Match[str]) -> str:
        return match["last"] if _may_be(match["first"], "Name") and _may_be(match["last"], "Surn") else match[0]

    text = _FULL.sub(person, _KIND.sub(kind, text))
    if _TO_COME.search(text):
        return text
    said = _DAY.sub("", text)
    return said[:1].upper() + said[1:] if text[:1].isupper() else said


_PERFECT = re.compile(
    r"(?<!would )(?<!could )(?<!should )(?<!might )(?<!may )(?<!must )(?<!to )(?<!will )\b(?:has|have) (?=(?:(?:also|again|formally|temporarily) )?(?:\w{2,}ed|put|told|set|won|made|barred|cut|sent|brought|ruled|upheld)\b(?! to be))(?!\w+ed by)"
)
_WEEKDAY = re.compile(
    r",? (?:late |early )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night))?(?:,? \d{1,2} [A-Z][a-z]+)?(?=[ ,.]|$)"
)
_HEAD = re.compile(
    r"\b(?:(?:Russian |US |U\.S\. |Former )?(?:President|Prime Minister) )?(?:Vladimir |Donald |Joe |Jair |Emmanuel )(?=Putin|Trump|Biden|Bolsonaro|Macron)"
)


def brief(text: str) -> str:
    """An English sentence as a summary tells it: what was done, in the past, without the day of the week."""
    return _HEAD.sub("", _WEEKDAY.sub("", _PERFECT.sub("", text)))


_SAYS = r"(?:сказал|заявил|сообщил|рассказал|пояснил|отметил|подчеркнул|уточнил|предупредил|напомнил|объяснил|считает|полагает|уверен|уверяет|утверждает|говорит|признал|подтвердил|показал|выяснил)[аио]?"
_ROLE = r"(?:[а-яё][а-яё-]*\s+(?:(?:по|в|на|и|при)\s+)?){0,6}?(?:(?:Госдумы|Кремля|России|РФ|Москвы|Минцифры)\s+(?:по\s+[а-яё]+\s+)?)?"
_TAIL = re.compile(
    rf",\s+(?:как\s+)?{_SAYS}\s+{_ROLE}(?P<name>(?:[А-ЯЁ][а-яё]+ )?(?:[А-ЯЁ][а-яё-]+|ФСБ|ФАС|МВД|РКН|ВЦИОМ|СБУ))(?:\s+[^,.;]{{2,60}})?\.?$"
)
_WITHIN = re.compile(
    r",\s+(?:как\s+)?(?:сказали|заявили|сообщили|рассказали|пояснили|отметили|уточнили|предупредили|напомнили|объяснили|считают|утверждают|полагают|подтвердили|уверены)\s+в\s+"
    r"(?P<name>ФСБ|ФАС|МВД|РКН|СБУ|Роскомнадзоре|Кремле|Госдуме|Минцифры|Минстрое|Минфине|Минобороны|Минпросвещения)(?:\s+[^,.;]{2,60})?\.?$"
)


_OFFICES = ("Банк ", "Совет ", "Суд ", "Центр ", "Фонд ", "Верховный ", "Дом ")


def spoken(text: str) -> str:
    """«Telegram должен соблюдать закон, сказал Песков» as «Песков: Telegram должен соблюдать закон»; empty if the sentence does not end so."""
    for form in (_TAIL, _WITHIN):
        match = form.search(text)
        if match and match.start() >= 25:
            name = match["name"].split()[-1]
            if match["name"].startswith(_OFFICES) or (
                form is _TAIL and not name.isupper() and re.search(r"\b(?:в|на) $", text[: match.start("name")])
            ):
                return ""  # «сообщил Банк России», «напомнили в Роспотребнадзоре»
            if _may_be(name, "ADJF") and not _may_be(name, "Surn") and re.match(r" [а-яё]", text[match.end("name") :]):
                return ""  # «сообщил Белый дом»
            if text.startswith(_INSIDE.get(name, name)):
                return ""  # who says it is who does it
            return f"{_INSIDE.get(name, name)}: {lowered(text[: match.start()])}"
    return ""


_PLURAL = re.compile(
    r"(?<![\w-])(?:ограничили|заблокировали|оштрафовали|внесли|включили|запретили|обязали|признали|замедлили|сняли|обвинили|пригрозили|предложили|разрешили|усилили|отменили|назначили|потребовали|закрыли|утвердили|одобрили)(?![\w-])"
)
_PLACE = re.compile(r"^(?:В|Во|На) (?:России|РФ|Москве|[А-ЯЁ][а-яё]+(?:ой|ом|е|и|ии|ане)?(?: области| крае)?)$")
_PASSIVE = re.compile(
    r"^(?P<what>[Дд]оступ к [^,.;:—]{3,40}?)(?P<where> (?:в|на) [^,.;:—]{3,25}?)? (?P<verb>ограничен|заблокирован|закрыт)(?P<rest>(?: (?:в|на) [^,.;:—]{3,30})?)(?=[,.;—]|$)"
)
_ACTIVE = {"ограничен": "ограничили", "заблокирован": "заблокировали", "закрыт": "закрыли"}
_TOLD = re.compile(
    r"Роскомнадзор(?: официально)? (?:объявил|сообщил)(?: СМИ)? об? (?P<noun>блокировке|ограничении|замедлении) (?P<what>(?:доступа к |мессенджера |сервиса |платформы )?)(?=[A-Z])(?P<rest>.+)$"
)
_DEED = {"блокировке": "заблокировал", "ограничении": "ограничил", "замедлении": "замедлил"}
_SHOWN = {"Правительство РФ": "Правительство", "Правительство Москвы": ""}


def actor(seen: View, regulators: tuple[str, ...]) -> Body | None:
    """The one authority whose act an article tells, if a sentence near its beginning shows it acting."""
    if len(regulators) != 1:
        return None
    name = regulators[0]
    acts = any(
        mention.name == name and speaks(seen.sentences[number].folded, mention)
        for number in range(min(4, len(seen.sentences)))
        for mention in seen.regulators[number]
    )
    return _BODIES.get(_SHOWN.get(name, name)) if acts else None


def by(text: str, body: Body) -> str:
    """«FaceTime ограничили по всей стране» as «Роскомнадзор ограничил FaceTime по всей стране»; empty for other sentences."""
    passive = _PASSIVE.match(text)
    if passive:
        verb = inflected(_ACTIVE[passive["verb"]], body.gender)
        return f"{body.name} {verb} {passive['what'][0].lower()}{passive['what'][1:]}{passive['where'] or ''}{passive['rest']}"
    match = _PLURAL.search(text)
    if match is None or match.start() > 45 or lexicon.regulators().hold(fold(text)):
        return ""
    before, after, verb = text[: match.start()].strip(), text[match.end() :].strip(), inflected(match[0], body.gender)
    if re.search(r"[,:;—«]|\bи$|\bкоторы|\bмогут$", before) or after.startswith((":", "бы ")):
        return ""
    if _PLACE.match(before):
        before = before[0].lower() + before[1:]
        plain = not re.search(r"[,:;—]", after)
        return f"{body.name} {verb} {after} {before}" if plain else f"{body.name} {before} {verb} {after}"
    if before.startswith(("Доступ к", "Звонки", "Работу")):
        before = before[0].lower() + before[1:]
    elif before and not re.match(r"[A-Z]", before):
        return ""
    return " ".join(f"{body.name} {verb} {before} {after}".split())


def did(text: str) -> str:
    """«Роскомнадзор сообщил об ограничении доступа к Viber» as «Роскомнадзор ограничил доступ к Viber»; empty for other sentences."""
    match = _TOLD.match(text)
    if match is None:
        return ""
    return f"Роскомнадзор {_DEED[match['noun']]} {'доступ к ' if match['what'].startswith('доступа') else ''}{match['rest']}"


@functools.lru_cache(maxsize=4096)
def inflected(verb: str, gender: str) -> str:
    """A verb of the past in the singular of a gender; one of the present or future third person stays; empty for other words."""
    for parse in morphology().parse(verb):
        if "VERB" in parse.tag and "past" in parse.tag:
            found = parse.inflect({"sing", gender})
            return str(found.word) if found else ""
        if "VERB" in parse.tag and "3per" in parse.tag and "sing" in parse.tag:
            return verb
    return ""


_SUBJECT = re.compile(
    r"^(?:Ведомство|Регулятор|Министерство|Служба|Спецслужба)(?= (?:[а-яё]+но |уже |не |официально )?(?P<verb>[а-яё]+)(?!\w))"
)
_OTHERS = re.compile(r"(?:друг\w+|обоих|эт\w+|сил\w+|профильн\w+|нескольк\w+) (?:ведомств|регулятор|министерств)")


def resolve(text: str, seen: View, number: int) -> str:
    """Sentence `number` with names in place of «ведомство», «регулятор», «мессенджер», where what stands before it leaves one choice."""
    body = _BODIES.get(_antecedent(seen, number))
    if body is not None and not _OTHERS.search(fold(text)):
        match = _SUBJECT.match(text)
        if match and (verb := inflected(match["verb"], body.gender)):
            text = f"{body.name}{text[match.end() : match.start('verb')]}{verb}{text[match.end('verb') :]}"
        text = re.sub(
            r"^(?:В|В сам\w+) (?:ведомстве|регуляторе|министерстве|службе|спецслужбе|пресс-службе(?: ведомства| регулятора)?)(?= )",
            f"В {body.prepositional}",
            text,
        )
        text = re.sub(r"^Там(?: же)?(?= [а-яё]+(?:ли|ют|ят)(?!\w))", f"В {body.prepositional}", text)
        text = re.sub(
            r"^(По (?:словам|данным|мнению|информации|версии|оценке)) (?:ведомства|регулятора|министерства|службы|спецслужбы)(?!\w)",
            rf"\1 {body.genitive}",
            text,
        )
        text = re.sub(r"(?<= )в (?:ведомстве|регуляторе|министерстве)(?!\w)", f"в {body.prepositional}", text)
        text = re.sub(r"(?<=[а-яё] )(?:ведомства|регулятора)(?=[ ,.]|$)", body.genitive, text)
    messengers = {mention.name for row in seen.messengers[:number] for mention in row}
    if len(messengers) == 1:
        (name,) = messengers
        text = re.sub(r"^(?:Сам )?(?:[Мм]ессенджер|[Сс]ервис)(?= [а-яё]+(?:л|ет|ит|ен|верг)(?!\w))", name, text)
        text = re.sub(r"^(?:Мессенджеру|Сервису)(?= )(?! «?[A-ZА-ЯЁ])", name, text)
        text = re.sub(r"^The (?:app|messenger|service)(?= )", name, text)
    authorities = [(row, mention) for row in range(number) for mention in seen.regulators[row]]
    if not seen.page.russian and len({mention.name for _, mention in authorities}) == 1:
        row, mention = authorities[0]
        surface = seen.sentences[row].text[mention.start : mention.stop]
        if surface[:1].isupper():
            text = re.sub(r"^The (?:regulator|watchdog|ministry|agency|commission|authority)(?= )", surface, text)
    return text


def _antecedent(seen: View, number: int) -> str:
    """The authority that «ведомство» in sentence `number` means: the only one named before it, or the only one of the sentence before."""
    named = {mention.name for row in seen.regulators[:number] for mention in row} - {"Суд"}
    if len(named) != 1 and number:
        named = {mention.name for mention in seen.regulators[number - 1]} - {"Суд"}
    return next(iter(named)) if len(named) == 1 else ""


def genitive(name: str) -> str:
    """An authority's name in the genitive, or nothing if the table of bodies lacks it."""
    body = _BODIES.get(name)
    return body.genitive if body else ""


def antecedent(seen: View, number: int) -> str:
    """The authority that «ведомство» in sentence `number` means, or nothing."""
    return _antecedent(seen, number)


_ADDED = re.compile(
    r"^(?:Ведомство|Регулятор|Министерство|Служба|Спецслужба|В ведомстве|Там(?: же)?|В пресс-службе) "
    r"(?P<verb>(?:сосла|обвин|заяв|объясн|указа|назва|потреб|напомн|пообеща|призва|раскритик|предупре|упрекн|посовет)[а-яё]*) (?P<rest>.+)$"
)
_CAUSE = re.compile(r"^(?:Причин(?:ой|ами)|Основанием|Поводом) (?:назван\w?|стал\w?|послужил\w?) (?P<cause>.+)$")


def added(text: str, seen: View, number: int) -> tuple[str, str]:
    """«Ведомство обвинило сервис в …» as what can follow a sentence on the same authority: («Роскомнадзор», «обвинив сервис в …»)."""
    match = _ADDED.match(text)
    body = _BODIES.get(_antecedent(seen, number))
    if match is None or body is None:
        return "", ""
    for parse in morphology().parse(match["verb"]):
        if "VERB" in parse.tag and "perf" in parse.tag and "past" in parse.tag:
            found = parse.inflect({"GRND"})
            if found:
                return body.name, f"{re.sub('вши$', 'в', found.word)} {match['rest']}"
    return "", ""


def cause(text: str) -> str:
    """«Причиной названо нарушение закона» as «из-за нарушения закона»; empty for other sentences."""
    match = _CAUSE.match(text)
    if match is None:
        return ""
    words = match["cause"].split(" ")
    for index, word in enumerate(words):
        parse = next((one for one in morphology().parse(word) if "nomn" in one.tag and ("NOUN" in one.tag or "ADJF" in one.tag)), None)
        turned = parse.inflect({"gent"}) if parse else None
        if parse is None or turned is None:
            return ""
        words[index] = turned.word
        if "NOUN" in parse.tag:
            return f"из-за {' '.join(words)}"
    return ""


def lowered(text: str) -> str:
    """The text as a clause: its first letter small, unless the word is a name."""
    first = WORD.match(text)
    if first is None:
        return text
    word = first[0]
    if word.isascii():
        return text[0].lower() + text[1:] if word in ("The", "A", "An", "In", "On", "At", "Users", "It") else text
    if (
        any(char.isupper() for char in word[1:])
        or re.match(r"\w+ск(?:ий|ая|ое|ие|ого|ой)\s+(?:\w+\s+){0,2}?(?:суд|кра|област|район|округ|думы?)", text)
        or any(mention.start == 0 for mention in lexicon.regulators().find(fold(text)))
    ):
        return text
    return text if proper(word.lower()) else text[0].lower() + text[1:]
