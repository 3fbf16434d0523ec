"""Who passed on what is told: a medium's name goes, the speaker of a forecast or an opinion stays, sources stay sources."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import morphology

OUTLET = (
    r"(?:«[^»]{2,40}»|РИА[ ]?«?Новости»?|ТАСС|РБК|НСН|Интерфакс\w*|Interfax|«?Коммерсантъ?»?|Forbes|CNews|Reuters|Рейтер|Би-би-си|Ura\.ru|URA\.RU|Gazeta\.ru|Kaktus\.media|News\.Az|TJournal|Lenta\.ru|"
    r"Bloomberg|AFP|[A-ZА-Я][\w.-]+(?: [A-ZА-Я][\w.]+)?)"
)
_AGENCY = r"(?:«[^»]{2,40}»|РИА[ ]?«?Новости»?|ТАСС|РБК|НСН|Интерфакс\w*|CNews|Reuters|Forbes|RT|Би-би-си|Ura\.ru|URA\.RU)"
_ENGLISH_AGENCY = r"(?:Reuters|AFP|AP|the Associated Press|Bloomberg|TASS|Tass|Interfax|RIA(?: Novosti)?|RBC|Kommersant|Vedomosti|(?:the )?BBC|CNN|the (?:Financial |New York |Washington )?(?:Times|Post|Guardian|Journal)|the (?:newspaper|paper|agency|news agency|outlet|channel|broadcaster|website|magazine|portal))"
_VERB = r"(?:передает|передаёт|сообщает|сообщают|пишет|пишут|информирует|отмечает|цитирует|рассказывает|утверждает|уточняет|подсчитал\w*|reports?|reported|writes?|сообщил\w*|сообщили|узнал\w*|передали|подтвердил\w*)"
_DAY = r"(?:\d{1,2} [а-я]+(?: \d{4} года)?\s+)?"
_END = r"(?=[.;!?]|$|,\s+(?:если|когда|что|чтобы|котор\w+|хотя|поскольку|потому|а|но|and|but|which|who|because|if|when)\b)"
"""An attribution in the middle of a clause stays: without it a comma would part what belongs together."""
_TOLD = r"(?:сообщил|рассказал|заявил|сказал|подтвердил|пояснил|уточнил|отметил|добавил|подчеркнул|объяснил|признал|напомнил|заверил|говорил|ответил|предупредил)(?:а|о|и)?"
_ONLY_WHO = r"(?:он|она|они|собеседник\w*|эксперт|депутат|спикер|чиновник|министр|сенатор)"
_SOURCES = re.compile(
    r"(?:источник|собеседник|инсайдер)\w*|sources?\b|people (?:familiar|close)|person familiar|insiders?\b|officials?\b", re.IGNORECASE
)
_OPINION = re.compile(r"считает|уверен|полагает|допусти|предполож|ожида|прогноз|думает|надеется|опаса")
_MODAL = re.compile(
    r"(?<!\w)(?:мо(?:жет|гут|жно)|долж(?:ен|на|но|ны)|следует|нужно|надо|вряд ли|скорее всего|вероятно|возможно|наверняка|would|will|may|might|could|should)(?!\w)"
)
_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|[оеё]ва|[иы]на|енко|дзе|швили|ян)$")
"""How a surname ends that no dictionary has."""
_WORD = re.compile(r"[а-яё-]{3,}")


def _medium(match: re.Match[str]) -> str:
    """Nothing in place of a medium that passed a report on; a person or an authority stays, and so does that there are only sources."""
    folded = fold(match[0])
    through = re.search(r"со ссылк|ссылаясь|по данным|citing", folded)
    said = match[0][: through.start()] if through else match[0]
    if lexicon.regulators().find(fold(said)) or _names_a_person(said):
        return match[0]
    cited = match[0][through.start() :] if through else ""
    if found := _SOURCES.search(cited):
        return match[0] if match.string.startswith(",", match.end()) else _by_sources(cited, found)
    return ""


def _by_sources(cited: str, found: re.Match[str]) -> str:
    if cited.isascii():
        return f", according to {re.sub(r'^citing +', '', cited)}"
    many = re.search(r"(?:источники|источников|собеседников|собеседники|источниками)", fold(cited))
    return ", по данным источников" if many else ", по данным источника" if "источник" in fold(found[0]) else ", по словам собеседника"


def _names_a_person(said: str) -> bool:
    """True if unquoted capitalised words are a person's name rather than an outlet's."""
    bare = re.sub(rf"«[^»]*»|{_AGENCY}|Русская служба|Радио \w+|Новая газета", " ", said)
    words = re.findall(r"(?<![\w-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?![\w-])", bare)
    if re.search(r"(?<![\w-])[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+", bare):
        return True
    if any(_SURNAME.search(word) for word in words):
        return True
    return any("Surn" in one.tag or "Name" in one.tag for word in words for one in morphology().parse(word.lower())[:3])


def _sources(match: re.Match[str]) -> str:
    """«рассказали РБК источники» as «по данным источников»; what an authority told a medium of itself needs no tail."""
    found = _SOURCES.search(match[0])
    if found is None:
        return ""
    return (
        ", по данным источников"
        if fold(found[0]).endswith(("и", "ы"))
        else ", по данным источника"
        if "источник" in fold(found[0])
        else match[0]
    )


def _pronoun(match: re.Match[str]) -> str:
    """Nothing in place of «рассказал он» behind a fact; behind a forecast, an opinion or direct speech it stays, without the medium."""
    before = match.string[: match.start()].rstrip(" ,—–-")
    if _uncertain(before) or _OPINION.search(match[0]) or before.endswith("»"):
        return f"{match['mark']} {match['said']}"
    return ""


def _uncertain(before: str) -> bool:
    """True if a sentence tells what will or may be."""
    folded = fold(before)
    if _MODAL.search(folded):
        return True
    return any(one.tag.POS == "VERB" and "futr" in one.tag for word in _WORD.findall(folded) for one in morphology().parse(word)[:1])


def _record(match: re.Match[str]) -> str:
    """Nothing in place of where an authority's own deed is recorded: a court's files, a site; what another authority says of it stays."""
    before, folded = fold(match.string[: match.start()]), fold(match[0])
    named = {mention.name for mention in lexicon.regulators().find(folded)}
    acting = {mention.name for mention in lexicon.regulators().find(before)}
    if lexicon.messengers().hold(folded) or re.search(r"проект|заявлени|письм|источник|опрос|исследовани|доклад|компани", folded):
        return match[0]
    return "" if named <= acting | {"Суд"} and not _uncertain(before) else match[0]


def unless_a_person(match: re.Match[str]) -> str:
    """Nothing in place of «По данным «Интерфакса»»; a person stays."""
    return match[0] if _names_a_person(match[0].split(" ", 1)[1]) else ""


def _nothing(match: re.Match[str]) -> str:
    return ""


_TAILS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf",\s+(?:сообщил\w*|написал\w*|узнал\w*|рассказал\w*)\s+{_DAY}{_AGENCY}(?:\s+\d{{1,2}} [а-я]+)?(?=[.;]|$)"), _medium),
    (
        re.compile(
            rf",\s+(?:рассказал\w*|сообщил\w*|подтвердил\w*)\s+{_AGENCY}\s+(?:источник\w*|собеседник\w*|в ведомстве|в пресс-службе)(?:, знаком\w+ с [^,.;]{{3,40}}| в [^,.;]{{3,40}})?(?=[.;]|$)"
        ),
        _sources,
    ),
    (re.compile(r",\s+сообщает Telegram-канал (?:ведомства|министерства)(?=[.;]|$)"), _nothing),
    (
        re.compile(
            rf",\s+{_VERB}\s+(?:(?:Telegram-канал|агентство|газета|издание|портал|телеканал|Русская служба|корреспондент\w*|журналист\w*)\s+)*{OUTLET}(?:\s+(?:со ссылкой на|по данным|citing)\s[^,.;]+)?{_END}"
        ),
        _medium,
    ),
    (
        re.compile(
            rf"(?P<mark>[\s,—–-]{{0,3}}[,—–-][\s—–-]{{0,3}}?)\s*(?P<said>(?:рассказал\w*|заявил\w*|сообщил\w*|отметил\w*|пояснил\w*|подчеркнул\w*|добавил\w*|заключил\w*|считает|уверен\w*|сказал\w*)\s+{_ONLY_WHO})(?:\s+(?:{_AGENCY}|[A-Z][\w.]+))?{_END}"
        ),
        _pronoun,
    ),
    (
        re.compile(
            rf",\s+{_ENGLISH_AGENCY}\s+(?:reports?|said|says|reported|writes?|wrote)(?: on \w+day)?(?:,?\s+citing\s+[^,.;]+)?(?=[.;]|$)"
        ),
        _medium,
    ),
    (re.compile(rf",\s+(?:{OUTLET}\s+)?(?:reports?|reported|writes?)(?:\s+{OUTLET})?(?:,?\s+citing\s+[^,.;]+)?(?=[.;]|$)"), _medium),
    (
        re.compile(
            rf",\s+(?:как\s+)?(?:сообщает|сообщил\w*|сообщили|заявили|рассказали|подтвердили)\s+{_DAY}(?:в\s+)?(?:пресс-служб\w+(?: (?:ведомства|министерства|регулятора))?|ведомств\w*|министерств\w*){_END}"
        ),
        _nothing,
    ),
    (re.compile(rf",?\s+(?:со ссылкой на|ссылаясь на|citing)\s+[^,.;—]{{3,60}}{_END}"), _medium),
    (
        re.compile(
            rf",\s+(?:как\s+)?(?:следует из|говорится в|указано в|указано на|сказано в|сообщается на|сообщается в|говорится на|свидетельствуют|видно из|отмечается в|по данным)\s+(?:судебн\w+ |официальн\w+ )?"
            rf"(?:картотек|карточк|материал|данны[ех]|баз|реестр|сведени|сообщени|пресс-релиз|релиз|постановлени|публикаци|сайт|портал|Telegram-канал|системы? «)[^,.;]{{0,70}}{_END}"
        ),
        _record,
    ),
    (
        re.compile(
            r",\s+according to (?:an? |the )?(?:(?:government|court|official|ministry|internal|regulatory) )*(?:document|order|notice|letter|filing|record|decree|circular|ruling)s? (?:seen|reviewed|obtained|viewed|published|posted)(?: (?:by|on) [^,.;]+)?(?=[.;]|$)"
        ),
        _nothing,
    ),
)
_TO_WHOM = re.compile(
    rf"(?P<verb>(?<![\w-]){_TOLD}) (?:(?:изданию|агентству|газете|телеканалу|порталу|радиостанции|каналу) )?(?:(?:РИА «?Новости»?|ТАСС|РБК|НСН|CNews|Reuters|Forbes|RT|Би-би-си|Ura\.ru|URA\.RU)(?= (?:в |[а-яё-]{{4,}} |[А-ЯЁ]))(?! со ссылк)|«[^»]{{2,30}}»(?=,? (?:что |в |[а-яё-]{{4,}} |[А-ЯЁ]))|"
    r"(?:в (?:беседе|разговоре|интервью|комментарии|эфире) (?:с |со |для )?(?:(?:изданием|газетой|телеканалом|каналом|агентством|телеканала|газеты|радио) )?(?:«[^»]{2,30}»|РИА Новости|ТАСС|РБК|НСН|Би-би-си|Forbes|RT)))"
    r"|(?P<name>[А-ЯЁ][а-яё]+) в (?:беседе|разговоре|интервью|комментарии) (?:с |со |для )?(?:(?:изданием|газетой|агентством) )?(?:«[^»]{2,30}»|РИА Новости|ТАСС|РБК|НСН)(?= [а-яё])"
    rf"|(?P<told>(?<![\w-]){_TOLD} (?:[\w-]+ ){{1,8}}?)(?<!собеседник )(?<!собеседники )(?<!источник )(?<!источники )(?<!редактор )(?<!директор )(?<!корреспондент )(?<!глава )(?<!запросу )(?<!ссылкой на )(?:«?РИА «?Новости»?|ТАСС|РБК|НСН|«Интерфаксу»|«Коммерсанту»|«Ведомостям»|«Известиям»)(?=\.?$)"
)
"""To which medium something was said: «сообщили «Интерфаксу» в министерстве», «в беседе с РБК»."""
_TO_WHOM_ENGLISH = re.compile(
    r"\btold (?:Reuters|AFP|AP|the AP|Bloomberg|TASS|Tass|Interfax|RIA(?: Novosti)?|RBC|Kommersant|(?:the )?BBC|CNN|(?!EU\b|UN\b|US\b|UK\b|UAE\b|FSB\b|MPs\b|MEPs\b)[A-Z]{2,5}|the (?:[A-Z]\w+ )?(?:Times|Post|Guardian|Journal|newspaper|broadcaster|agency)|reporters|journalists|state media|local media)(?= (?:that|on|in|the|it|he|she|they|there|a|an|[A-Z]\w+)\b|[.,]|$)"
)


def cut(text: str) -> str:
    """A sentence of one line without the media that passed it on."""
    for tail, how in _TAILS:
        shorter = tail.sub(how, text)
        if len(shorter) >= 20:
            text = shorter
    return _TO_WHOM_ENGLISH.sub("said", _TO_WHOM.sub(lambda match: (match["verb"] or match["name"] or match["told"]).rstrip(), text))
