"""Who speaks of a measure without being a person: the service itself, a company, an authority, a group of people."""

from __future__ import annotations

import re

from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold

_RU = (
    r"(?:заяв|сообщ|ответ|отвеч|отверг|опроверг|отриц|назва|назыв|счита|призва|пообещ|обещ|раскритик|критик|возраз|возража|удив|не соглас|настаива|подч[её]рк|предупре|напомн|напомин|объясн|объявил|утвержда|"
    r"пояснил|уточн|отме[чт]|заметил|замеча(?:ет|ют|л)|выступ|поддерж|одобр|осуд|осужда|потребовал|требу|опаса|приветств|сожале|обеспоко|возмут|разочаров|увер|надеют|видят|жалу|сочл|полага|пригроз|называ|спорят|рассказ|сказа|прос[ия]т|опасен|настоял|усомн|не увид)[а-яё]*"
)
_EN = (
    r"(?:said|says?|repl(?:ied|ies|y)|called|calls?|den(?:ied|ies|y)|(?:strongly )?disagrees?|disagreed|warn(?:ed|s)?|argue[ds]?|insist(?:ed|s)?|critici[sz]e[ds]?|reject(?:ed|s)?|respond(?:ed|s)|promise[ds]?|vow(?:ed|s)?|told|"
    r"fear(?:ed|s)?|speak of|spoke of|sees?|saw|note[ds]?|oppose[ds]?|welcome[ds]?|believe[ds]?|claim(?:ed|s)?|stated|explained|added|describe[ds]?|complain(?:ed|s)?|demand(?:ed|s)?|urge[ds]?|question(?:ed|s)?|condemn(?:ed|s)?|slam(?:med|s)?|blast(?:ed|s)?|denounce[ds]?|decr(?:ied|ies|y)|regret(?:ted|s)?|object(?:ed|s)?|prais(?:ed?|es)|hail(?:ed|s)?|applaud(?:ed|s)?|back(?:ed|s)?|support(?:ed|s)?|endorse[ds]?|(?:came|spoke|hit) out|voiced?|expressed)"
)
_SILENT = re.compile(
    r"не (?:стал\w* )?(?:проко?мментир|комментир|ответил|отвечал|обсужда|уточн|назва|сообщ|раскры)|без ответа|отказал\w* от комментари|комментари\w+ не|"
    r"(?:not|declined? to|didn't|refused to|yet to) (?:immediately )?(?:comment|respond|reply|say)|no comment"
)
"""Who says nothing has no position."""
_COMPANIES = r"(?:Meta(?: Platforms)?|Apple|Google|Rakuten|VK|Proton|Snap|Microsoft|МТС|«?МегаФон»?|«?Мегафон»?|«?Билайн»?|«?Ростелеком»?|«?Сбер(?:банк)?»?|ВТБ)"
_BODY_SAYS = re.compile(
    r"[^,.;:«»]{0,40}?\b(?:заяв|сообщ|счита|поясн|объясн|утвержда|подчеркн|отмет|предупре|напомн|опроверг|уточн|назв|раскритик|выступил|не поддерж|said|says|warned|argued|stated|explained|defended|defends|welcomed|opposes|opposed)\w*"
    r"(?:,? (?:что|будто)\b|:| that\b| (?:запрет|ограничен|блокировк|инициатив|законопроект|иде|мер|предложени|решени|против|за|the|its|a)\w*)"
)
"""How an authority goes on that speaks."""
_AUTHORITY_AT = 14
"""Characters before an authority that begins the sentence it says: «В пресс-службе»."""
_GROUP_RU = (
    r"(?:(?:некоторые|многие|опрошенные|мобильные|сотовые|военные|независимые|крупные|российские|отраслевые)\s+)?"
    r"(?:критики|эксперты|юристы|аналитики|правозащитники|военкоры|блогеры|операторы(?: связи)?|банки|банкиры|участники рынка|родители|учителя|педагоги|активисты|оппозиция|оппозиционеры|оппозиционный блок|разработчики|"
    r"адвокаты|представители отрасли|отрасль|студсоветы|специалисты|врачи|рекламодатели|маркетплейсы|предприниматели|защитники \w+|противники|сторонники|оппоненты)(?!\w)"
)
_GROUP_EN = (
    r"(?:(?:some|many|privacy|digital rights|human rights|civil society|rights|industry|military|opposition|free speech|encryption|security|legal|press freedom)\s+)?"
    r"(?:critics|experts|groups|advocates|lawyers|bodies|analysts|campaigners|operators|activists|opponents|supporters|bloggers|organisations|organizations|researchers|carriers)(?!\w)"
)
_KINDS = r"(?:Группа|Проект|Ассоциация|Союз|Фонд|Организация|Профсоюз|Объединение|Движение|Партия|Фракция|Палата|Федерация|Конфедерация|Гильдия|Лига|Коалиция|Институт|Центр|Общественная палата|Торгово-промышленная палата|Национальная ассоциация|Совет по правам человека|Сообщество|Общество)"
_KIND_ALONE = re.compile(_KINDS, re.IGNORECASE)
_ACRONYMS = r"(?-i:РСПП|ТПП|СПЧ|АКИТ|РАЭК|АУРЭК|ЛДПР|КПРФ|«Опора России»|«Деловая Россия»|«Новые люди»|«Справедливая Россия»|«Единая Россия»|«Роскомсвобода»|Роскомсвобода|«Агора»|«Яблоко»|Amnesty International|Human Rights Watch|«Репортеры без границ»|«Репортёры без границ»)"
_ORGANISATION = rf"(?:{_KINDS}(?: [\w«»\"-]+){{0,7}}?(?: \([^)]{{2,20}}\))?|{_ACRONYMS})"
_ENGLISH_BODY = (
    r"(?-i:(?:The )?(?P<name>(?:[A-Z][\w&'’-]+ (?:(?:for|of|and|on) )?){1,5}(?:Foundation|Association|Union|Federation|Alliance|Coalition|Party|Institute|Group|Watch|International|Now|Network|Front|Forum|Chamber|Society|Borders|Campaign)"
    r"|Amnesty International|Human Rights Watch|Access Now|Article 19|ARTICLE 19|Liberty|Big Brother Watch))"
)
_PREPOSITIONAL = {
    "ассоциации": "Ассоциация",
    "союзе": "Союз",
    "фонде": "Фонд",
    "палате": "Палата",
    "партии": "Партия",
    "профсоюзе": "Профсоюз",
    "фракции": "Фракция",
    "федерации": "Федерация",
    "объединении": "Объединение",
    "движении": "Движение",
    "организации": "Организация",
    "гильдии": "Гильдия",
    "коалиции": "Коалиция",
    "институте": "Институт",
    "проекте": "Проект",
}
"""Kinds of organisations after «в», and as one calls them."""
_INSIDE = re.compile(
    rf"^В (?P<kind>{'|'.join(_PREPOSITIONAL)})(?P<rest>(?: (?!эту\b|это\b|предложени|инициатив|мер[уы]\b|запрет|закон|иде[юи]\b|ранее\b|также\b|не\b|решени|блокиров)[\w«»\"-]+){{0,7}}?(?: \([^)]{{2,20}}\))?)(?: (?:эту |этот |это )?(?:предложение|инициативу|меру|меры|запрет|закон|законопроект|идею|решение|блокировку|ранее|также|не|уже|тоже)){{0,3}} {_RU}(?!\w)",
    re.IGNORECASE,
)
_INSIDE_ACRONYM = re.compile(rf"^В (?:партии |фракции |ассоциации )?(?P<who>{_ACRONYMS})(?: [\w-]+){{0,3}}? {_RU}(?!\w)", re.IGNORECASE)
_SAID_IN = re.compile(
    rf"(?:,|—|–)\s+(?:как\s+)?(?:заявили|сообщили|ответили|отметили|подч[её]ркнули|считают|уверены|пояснили|предупредили|полагают|опасаются)\s+в\s+(?:(?P<kind>{'|'.join(_PREPOSITIONAL)})(?P<rest>(?: [\w«»\"-]+){{0,7}}(?: \([^)]{{2,20}}\))?)|(?P<who>{_ACRONYMS}))\.?$",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^(?:Но |А |But |However, )?(?:(?P<body>{_ORGANISATION})(?![\w])|(?P<who>{_GROUP_RU}(?: (?:из|от|в) (?-i:[A-ZА-ЯЁ«])[\w» ]{{2,30}}?)?|{_GROUP_EN})(?!\w)(?: [\w«»-]+){{0,4}}?)(?:\s[—–] [^—–]{{2,90}} [—–])?(?:,[^,]{{3,60}},)?"
    rf"(?:\s(?:эту|этот|это|инициативу|меру|меры|идею|законопроект|запрет|предложение|решение|блокировку)){{0,2}}\s(?:(?:не|also|have|has|had|strongly|уже|также|резко|тоже|в целом)\s){{0,2}}(?:{_RU}|{_EN})(?!\w)",
    re.IGNORECASE,
)
_BODY_EN = re.compile(
    rf"^(?:But |However, )?{_ENGLISH_BODY}(?:,[^,]{{3,60}},)?\s(?:(?:also|have|has|had|strongly)\s){{0,2}}{_EN}(?!\w)", re.IGNORECASE
)
_TURNED = re.compile(
    rf"^(?:(?:Против|С критикой|В поддержку|За)\b[^,.;:]{{0,50}}? выступил\w*|[^,.;:«»]{{3,60}}? (?:раскритиковал|осудил|поддержал|не поддержал|одобрил|приветствовал)\w*)(?: (?:и|также))? (?:(?P<body>{_ORGANISATION})|(?P<who>{_GROUP_RU}))(?![\w])",
    re.IGNORECASE,
)
"""The verb before its subject: «Против запрета выступил профсоюз учителей»."""
_PASSIVE_EN = re.compile(
    rf"\b(?:was|were|been|is|are) (?:\w+ly )?(?:condemned|criticised|criticized|slammed|welcomed|opposed|denounced|backed|supported|praised|rejected) by (?P<who>{_GROUP_EN}|{_ENGLISH_BODY})(?!\w)",
    re.IGNORECASE,
)
_SAYS = r"(?:said|says|repl(?:ied|ies)|argue[ds]?|explain(?:ed|s)|warn(?:ed|s)?|den(?:ied|ies)|stated?|states|note[ds]?|insist(?:ed|s)|add(?:ed|s)|claim(?:ed|s))"
"""How an authority explains itself; what it tells others to do is its act."""
_CRITICS = re.compile(
    r"критик|правозащит|противник|оппозиц|оппонент|\b(?:critics|opponents|advocates|campaigners|activists)\b|(?:privacy|rights|freedom|free speech) (?:groups|lawyers|bodies)",
    re.IGNORECASE,
)
_PRAISE = re.compile(r"приветств|поддержал|одобрил|победой|welcom|historic win|praise|applaud")
_LEAD = r"(?:(?:Сам[аои]? |Администрация |Руководство |Представител[ьи] |Разработчики |Основатели |В (?:самом |самой |компании |пресс-службе |администрации |мессенджере )?|Компания |Корпорация |Мессенджер |Сервис |Both |The )?)"
_BETWEEN = r"(?:,[^,.;]{3,60},|\s+(?:обвинения|решение|это|претензии|их|тогда|сразу|ранее|официально|в ответ|решением|also|later|has|have|had|strongly|and \w+)){0,2}"
_AFTER = re.compile(
    r"(?:,|—|–)\s+(?:как\s+)?(?:заявили|сообщили|ответили|отметили|подч[её]ркнули|считают|уверены|пояснили|уточнили|объяснили|утверждают|заверили|сказали|предупредили|напомнили)\s+в\s+(?:компании\s+|пресс-службе\s+)?(?P<who>[^,.;:]{2,40}?)\.?$"
    r"|говорится в (?:заявлении|сообщении|ответе|комментарии|письме)\s+(?P<told>[^,.;:]{2,40}?)\.?$"
    r"|(?:,|—|–)\s+(?:заявил|сообщил|пояснил|подчеркнул|считает|отметил|предупредил|утверждает|объяснил|ответил)[аио]?\s+(?P<one>[^,.;:]{2,40}?)\.?$"
)
"""Who stands behind what was said: «…, заявили в Роскомнадзоре»."""
_REFUSES = re.compile(
    r"отверг|опроверг|отриц|лиш(?:ить|ает|ают)|снизит безопасн|не соглас|несоглас|обжал|оспор|невозможн|нарушен|цензур|шаг назад|disagree|reject|den(?:y|ies|ied)\b|impossible|never right|weaken|rather leave|refus|appeal|surprised|удив|depriv|backward|step back"
)
"""How who is touched by a measure speaks against it."""


def silent(folded: str) -> bool:
    """True if a sentence says that somebody does not comment."""
    return bool(_SILENT.search(folded))


def body_says(folded: str, start: int, stop: int) -> bool:
    """True if the authority that stands from `start` to `stop` begins a sentence and speaks in it."""
    return start <= _AUTHORITY_AT and bool(_BODY_SAYS.match(folded[stop:])) and not _SILENT.search(folded)


def service(text: str) -> str:
    """The messenger or company that a cleaned sentence lets speak of itself, or nothing."""
    folded = fold(text)
    if _SILENT.search(folded):
        return ""
    found = [(mention.start, mention.stop, mention.name) for mention in lexicon.messengers().find(folded)]
    found += [(match.start(), match.end(), match[0].strip("«»")) for match in re.finditer(rf"(?<![\w-]){_COMPANIES}(?!\w)", text)]
    for start, stop, name in sorted(found):
        if not re.fullmatch(_LEAD, text[:start].replace("«", ""), re.IGNORECASE):
            continue
        if re.match(rf"»?{_BETWEEN}\s+(?:не\s+)?(?:{_RU}|{_EN})(?!\w)", text[stop:], re.IGNORECASE):
            return name
    said = fold(_said_behind(text)).lstrip("«")
    return next((name for start, stop, name in found if said and said.startswith(folded[start:stop])), "")


_REPORTED = re.compile(r"\b(?:said|says|told \w+|announced)(?: on \w+)?,? that (?:[A-Z]?[\w'’-]+\s+){0,4}$")
"""Somebody else's words about a person: "the Kremlin said that Putin had not ordered"."""


def says(text: str, start: int, stop: int) -> bool:
    """True if an English sentence lets the person named from `start` to `stop` speak: «said X», «X, the founder, said»."""
    before, after = text[:start], text[stop:]
    return bool(
        re.search(r"\b(?:said|says|according to|words of|told by)\s+(?:(?!that\b)[A-Z]?[\w'’-]+\s+){0,5}$", before)
        or (
            not _REPORTED.search(before)
            and re.match(
                rf"(?:,[^,]{{0,70}},)?(?:\s+(?:also|later|then|has|have|had|on \w+|earlier)){{0,2}}\s+(?:{_EN}|told|spoke|promised|saw|wrote|announced|blamed|accused|defended|backed|praised)(?!\w)",
                after,
            )
        )
    )


def authority(text: str) -> str:
    """The authority that a cleaned sentence names behind what it said («…, заявили в ФСБ»), or before it in English; nothing otherwise."""
    folded = fold(text)
    if _SILENT.search(folded):
        return ""
    if said := _said_behind(text):
        names = lexicon.regulators().find(fold(said))
        if names and re.match(r" (?:региона|республики|области|края|округа)(?!\w)", fold(said)[names[0].stop :]):
            return ""  # a part of a country has an office of that name too
        return names[0].name if len(names) == 1 and names[0].start == 0 and names[0].name != "Суд" else ""
    for mention in lexicon.regulators().find(folded):
        if (
            mention.start <= 24
            and re.match(rf"[^,.;:]{{0,25}}?\s{_SAYS}(?!\w)", text[mention.stop :])
            and text.isascii()
            and mention.name != "Суд"
        ):
            return mention.name
    return ""


def group(text: str) -> str:
    """The group of people or the organisation that a cleaned sentence lets speak, or nothing; an «ассоциация» without a name is nobody."""
    who = _group(text)
    return "" if _KIND_ALONE.fullmatch(who) else who


def _group(text: str) -> str:
    if _SILENT.search(fold(text)):
        return ""
    if inside := _INSIDE.match(text) or _SAID_IN.search(text):
        if kind := inside["kind"]:
            return f"{_PREPOSITIONAL[kind.lower()]}{inside['rest']}"
        return str(inside["who"])
    if match := _INSIDE_ACRONYM.match(text):
        return match["who"]
    if (match := _BODY_EN.match(text)) and not lexicon.regulators().hold(fold(match["name"])):
        return match["name"]
    match = _WHO.match(text) or _TURNED.match(text) or _PASSIVE_EN.search(text)
    if match is None:
        return ""
    who = (match.groupdict().get("body") or match["who"]).strip()
    who = who if match.re is not _TURNED or match["who"] else f"{who}{_name_behind(text[match.end() :])}"
    return who[:1].upper() + who[1:]


def _name_behind(rest: str) -> str:
    """What belongs to the name of an organisation that ends a sentence: « работников связи»."""
    found = re.match(r"(?: [\w«»-]+){1,6}(?=[.,;]|$)", rest)
    return found[0] if found else ""


def criticises(who: str, folded: str) -> bool:
    """True if a group whose part is to criticise does so."""
    return bool(_CRITICS.search(who)) and not _PRAISE.search(folded)


def welcomes(folded: str) -> bool:
    """True if who is touched by a measure, or a group, praises it in so many words."""
    return bool(_PRAISE.search(folded))


def refuses(folded: str) -> bool:
    """True if who is touched by a measure speaks against it."""
    return bool(_REFUSES.search(folded))


def _said_behind(text: str) -> str:
    match = _AFTER.search(text)
    said = next((part.strip() for part in match.groups() if part), "") if match else ""
    return re.sub(r"^(?:официальный )?(?:Telegram|телеграм)-канал\w* ", "", said, flags=re.IGNORECASE)
