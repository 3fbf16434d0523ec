"""On which side of a measure somebody stands who is let speak: for it, against it, or neither, in the words of the sentence alone."""

from __future__ import annotations

import re

from bot.analyse.language.lexicon import fold
from bot.model import Stance

_MEASURE = r"(?:запрет|блокировк|огранич|закон|проект|решени|мер[аыуео]|инициатив|поправ|замедлен|требован|норм[аыуе]|план|штраф|иде[яиюей]|предложени|документ|обязанност|санкци|введени|регистрац|правил|практик)"
_LIFT = r"(?:отменить|снять|смягчить|отклонить|отозвать|приостановить|пересмотреть|отложить|перенести|доработать|исключить|прекратить)"
_ASKS = r"(?:предлож|предлага|призва|призыва|потребова|требу|попрос|прос[ия]т|просил)\w*"
_UNDO = re.compile(
    rf"{_ASKS} [^.;:]{{0,60}}?(?:{_LIFT} (?:\w+ ){{0,3}}?{_MEASURE}|отказаться от (?:\w+ ){{0,2}}?{_MEASURE}|разблокировать|вернуть (?:доступ|звонки|мессенджер)|не (?:блокировать|запрещать|ограничивать|вводить|принимать|подписывать|замедлять|штрафовать|торопиться))"
    r"|(?:выступ|высказал)\w* за (?:\w+ )?(?:отмен|снят|смягчени|разблокиров)"
    r"|\b(?:call(?:ed|s)? (?:on|upon)|urg(?:ed|es)|ask(?:ed|s)|press(?:ed|es)|appeal(?:ed|s) to|demand(?:ed|s)?|want(?:ed|s)?)\b [^.;]{0,90}?\b(?:drop|scrap|withdraw|abandon|repeal|reverse|reject|lift|rethink|reconsider|halt|veto|oppose|shelve|delay|postpone|unblock|overturn|back down|end (?:the|its|this)|stop (?:the|its|blocking|throttling)|suspend (?:the|its|this))\b"
    r"|\b(?:call(?:ed|s)?|demand(?:ed|s)?) for (?:(?:the|an|a|its|immediate|full) )*(?:repeal|withdrawal|end to|lifting|removal|reversal|rejection|suspension|scrapping|delay|rethink)"
    r"|\b(?:call(?:ed|s)? for|demand(?:ed|s)?|urg(?:ed|es)) [^.;]{0,60}?to be (?:lifted|dropped|scrapped|withdrawn|repealed|reversed|rejected|suspended|delayed|abandoned)"
)
"""Who asks to undo a measure is against it."""
_KEEP = re.compile(
    rf"против (?:\w+ )?(?:отмены|снятия|смягчения|разблокировки|возвращения)|{_ASKS} не (?:отменять|снимать)|отказаться от (?:\w+ ){{0,2}}?(?:мессенджер|whatsapp|telegram|viber|иностранн|зарубежн)"
    r"|\b(?:oppos\w+|against) (?:\w+ ){0,2}?(?:lifting|unblocking|easing)"
    r"|(?<!не )\b(?:следовало|стоило|надо было|нужно было|давно пора) (?:\w+ ){0,2}?(?:запретить|заблокировать|ограничить|закрыть|замедлить|блокировать|запрещать)"
)
_PROPOSES = re.compile(
    r"(?!.{0,60}(?:отмен|снять|смягч|отказ|переходн|моратори|отсрочк|\bне ))(?:предлож\w+|предлага\w+|призва\w+|призыва\w+|потребова\w+|требу\w+|поддерж\w+|надо|нужно|следует|необходимо|пора) (?:\w+ ){0,3}?(?:запре[тщ]|заблокир|огранич|ввести|создать|обязать|штраф|замедл|закрыть|перевести|ужесточ)\w*"
    r"|(?:(?<!was )(?<!were )(?<!been )propos(?:e|es|ed|ing)|call(?:ed|s|ing)? for|urg(?:ed|es|ing)|demand(?:ed|s)?|advocat(?:ed|es)|want(?:ed|s)? to) (?:[\w'-]+ ){0,6}?(?:ban|bans|banned|banning|block|blocks|blocked|blocking|fine|fines|fined|restrict\w*|curb\w*|prohibit\w*|outlaw\w*|stricter|tougher)\b"
)
"""Who proposes a measure is for it."""
_GOOD = r"(?:своевременн|оправданн|правильн|верн(?:ым|ой|ое|ая|ый)\b|разумн|логичн|обоснованн|необходим|справедлив|полезн|удобн|нужн(?:ым|ой|ое|ая|ый)\b|долгожданн|победой|шагом (?:к|в сторону|вперед)|важн(?:ым|ой)\b|взвешенн|вынужденн)"
_FOR = re.compile(
    rf"(?<!не )(?<!котор\w\w )(?<!котор\w\w\w )\bподдерж(?:ал|ива)\w*(?! (?:мессенджер|сервис|telegram|whatsapp|пользовател|связь|тех))|(?<!не )\b(?:одобрил|одобря|приветств|похвал)\w*|(?:наз[ыв]\w+|счита\w+|счел\w*|призна\w+|оцени\w+) (?:[^.;:]{{0,70}}? )?(?<!не ){_GOOD}"
    r"|(?:мер[аы]|запрет|закон|решение|блокировк[аи]|ограничени[ея]|это|шаг|инициатива|нововведение|механизм)\b[^.;:,]{0,40}? (?<!не )(?:правильн|верн(?:о|ое|ая)\b|оправдан|обоснован|своевременн|справедлив|необходим|полезн|разумн|вынужденн|логич)\w*"
    r"|\b(?:absolutely|fully|entirely|perfectly) (?:justified|right|necessary|correct)\b"
    r"|(?:абсолютно|полностью|вполне) (?:оправдан|обоснован|поддерж)\w*|давно пора|положительно (?:оцен|отн|отоз)"
    r"|(?:выступ|высказал)\w* (?:\w+ )?(?:за\b|в поддержку)|в поддержку (?:\w+ )?(?:запрет|закон|мер|инициатив)|проголосовал\w* за\b|(?<!не )(?<!из-)\bза (?:запрет|блокировк|инициатив|ограничени)(?!.{0,40}не выступа)"
    r"|(?:помо(?:жет|гут)|позвол(?:ит|ят)|сделает|сделают|призван\w*|направлен\w*)\b[^.;:]{0,60}?(?:защит|безопас|удобн|обезопас|снизить (?:число|количество|риск|уровень)|бороться с мошен|сократить)"
    r"|\b(?:защитит|защитят|обезопасит|обезопасят|оградит|убережет|снизит (?:число|количество|риск\w*|уровень)[^.;:]{0,30}(?:мошен|преступ|обман|звонк))"
    r"|не видит (?:ничего плохого|ничего страшного|проблем|рисков)|пойдет на пользу"
    r"|\b(?<!not )(?:welcom(?:ed|es|ing)|prais(?:ed|es)|hail(?:ed|s)|applaud(?:ed|s)|endors(?:ed|es))|\b(?:back(?:ed|s)|support(?:ed|s)|defend(?:ed|s)) (?:the|a|an|this|that|it|its|his|her|their|such|plans?|calls)\b(?! (?:\w+ )?(?:users?|app|privacy|encryption|rights?|service))|(?:voiced|expressed) (?:\w+ )?support|in favou?r of"
    r"|\b(?:is|are|was|were|be|it|as|step|and|ban|law|access|considers?) (?:\w+ )?(?<!not )(?:necessary|needed|justified|proportionate|overdue|essential|reasonable|sensible|inevitable)\b|\bright (?:step|decision|move|thing)|important step|first step in"
    r"|\b(?:will|would|must|can) (?:help |better )?(?:to )?(?:protect|shield|safeguard|make|keep)\w* [^.;]{0,50}?(?:children|citizens|people|residents|safe\b|safer|kids|consumers|minors|fraud|the public)|must be protected|historic win"
)
_AGAINST = re.compile(
    r"\bне (?:поддерж|одобр)|раскритик|критику(?:ет|ют)|критиковал|осуди(?:л|ли|ла)\b|осужда|осудивш|выступ\w+ (?:\w+ ){0,3}?против|\bпротив (?:\w+ ){0,4}?(?:выступ|высказал|проголосов)|выступ\w+ [^.;:,]{0,40}?с критикой|(?:мы|он|она|они|высказал\w*|проголосовал\w*|категорически|^)\s?(?:\w+ )?против\b(?! (?:мошен|терр|прест))"
    rf"|(?<!не )против (?:\w+ ){{0,2}}?{_MEASURE}|преждевремен|неадекват|(?<!не )опаса(?:ет|ют|лся|лас|лис)|(?<!не )возраж|(?<!не )возраз|протесту|ошибк(?:ой|а\b|у\b)|ошибочн|бессмысл|вредн(?:а|о|ой|ым|ая идея)\b(?! (?:програм|информ|актив))|нецелесообраз|неправильн|невер(?:но|ным|ной)\b|неуместн|технич\w+ (?:\w+ ){0, 4}?невозможн|невозможн\w* технич|(?:technologically|technically) impossible|насильно|не соглас|недовол|несоглас"
    r"|удар(?:ом|ит|ят)? по|замены (?:пока )?нет|(?:больше|создас?т|вызовет|приведет к|новые|серьезн\w+) [^.;:]{0,20}?проблем|несоразмерн|непропорц|чрезмерн|избыточн|(?:неоправдан|необоснован)(?:а|о|ы|ным|ной|ными)?\b|нелогичн|неразумн|абсурд|глуп(?:ост|ым|ой)|идиот|дикост|безуми|сомнительн"
    r"|подконтрольн\w+ (?:государств\w+ )?(?:приложени|сервис|мессендж)|попытк\w+ (?:\w+ ){0,3}?(?:пересадить|заставить|лишить|принудить|изолировать|нарушить|запугать|навязать|помешать)|(?:чтобы|хо(?:чет|тят)|пыта\w+) (?:заставить|лишить|загнать|пересадить)|лиш(?:ить|ает|ают|ит) (?:людей|граждан|россиян|прав)|принуждение (?:к|граждан|людей)|видит в этом принужд"
    r"|(?<!обхода )(?<!обойти )(?<!обход )\bцензур|слежк|недопустим|отверг|выстрел\w* в ногу|шаг(?:ом)? назад|наруш\w+ (?:\w+ )?(?:прав[ао]?\b|конституц)|незаконн|неконституц|антиконституц|обвин\w+ власт|болезнен|(?:опасн\w+|беспреценд\w*) прецедент|сожале(?:ет|ют|ни)(?![^.]{0,60}не (?:выполн|исполн|соблюд|хочет))|разочарован|обеспоко|возмут|возмущ|резко высказал|откатит|нельзя принужд|\bне нуж(?:ен|на|но|ны)\b"
    r"|\boppos(?:ed|es|e|ing|ition to)\b|\bobject(?:ed|s) to|condemn|\bslam(?:med|s)\b|\bblast(?:ed|s)\b|denounc|\bdecri(?:ed|es)\b|lambast|criti(?:ci[sz]|que)|\breject(?:ed|s)\b|disagree|(?<!no )\bregret|disappoint|dismay|concern(?:ed|s)? (?:about|that|over)|(?:expressed|voiced|raised|sounded) (?:\w+ )?(?:concern|opposition|alarm|doubt)|hit out|(?:spoke|came|speaks) out against|against the (?:law|bill|ban|plan|block|measure|move|idea|proposal|decision|rule|order)"
    r"|attempt\w* to (?:force|silence|violat\w+|isolate|drive|take)|never the right|fundamentally flawed|disproportion|unfair|excessive|inadmissible|never weaken|rather than weaken|mass surveillance|overreach|unconstitution|rather leave|unreasonable|not (?:\"|“)?(?:reasonable|necessary|justified|proportionate)|unjustified|unlawful|unnecessary"
    r"|(?<!bypass )\bcensorship\b(?! circumvention)|backdoor|weaken\w* encryption|undermin|violat\w+ (?:people|users|the right|rights|privacy|free)|(?:trying|wanted|want|wants|sought) to (?:force|drive|push|isolate|block it)|force (?:citizens|people|users|russians)|threat to (?:privacy|free|security|rights|encrypt)|(?:dangerous|global|bad) precedent|step back|backwards? step|\bmistake\b|\btaboo\b|attack on|make people less safe|would harm|will harm|privacy nightmare"
)
_EXPLICIT = re.compile(
    r"\bне поддерж|раскритик|осуди|осужда|выступ\w+ (?:\w+ ){0,3}?против|\bпротив (?:\w+ ){0,4}?(?:выступ|высказал|проголосов)|необоснован|неоправдан|неправильн|проголосовал\w* против|не согласен|не согласна|нельзя (?:принужд|обяз)|преждевремен|назв\w+ [^.;:]{0,60}(?:ошибк|абсурд|глупост|избыточн|чрезмерн|недопустим)|это ошибка|насильно|неконституц|несоразмерн"
    r"|\boppos|condemn|slam(?:med|s)|criti[cs]i|unconstitution|disagree|against the (?:law|bill|ban|plan)|never the|taboo|inadmissible|excessive|will not agree|regret|not (?:\"|“)?(?:reasonable|necessary|justified|proportionate)"
)
"""Words by which even one who holds an office is against a measure, not against the messenger."""
_DEFENDS = re.compile(
    r"(?:мер[аы]|запрет|закон|решение|блокировк[аи]|ограничени[ея]|это|шаг|замедление|регистрация|требовани[ея])\b[^.;:]{0,50}? (?<!не )(?:правильн|оправдан|обоснован|своевременн|справедлив|необходим|вынужденн|соразмерн)\w*|(?:наз[ыв]\w+|счита\w+) (?:[^.;:]{0,60} )?(?<!не )(?:правильн|оправдан|обоснован|своевременн|справедлив|необходим|вынужденн)"
    r"|(?:защитит|защитят|обезопасит|помо(?:жет|гут) защитить|позвол(?:ит|ят) защитить)|(?:пойдет|идет) на пользу|(?:выступ\w+ за|за) (?:запрет|блокировк)|выступ\w+ в защиту (?:\w+ )?(?:запрет|мер|закон)|поддерж(?:ал|ива)\w* (?:\w+ )?(?:запрет|инициатив|законопроект|закон|иде|мер|предложени)|одобрил\w*"
    r"|\b(?:ban|block|law|rules?|measures?|restrictions?|move|step|decision|order|limits?|it|this) (?:\w+ )?(?:is|are|was|were|had been|remains?) (?:\w+ )?(?<!not )(?:necessary|needed|justified|proportionate|essential|right|lawful)\b|\bdefend(?:ed|s|ing) (?:the|its|his|her|their)|\b(?:will|would) (?:help )?(?:protect|shield|safeguard)\b(?! its| their own)|\b(?:(?:welcom(?:ed|es)|support(?:ed|s)|back(?:ed|s)|praised|hailed) (?:the|a|this|that))"
)
"""How who has made a measure defends it."""
_OFFICE = re.compile(
    r"министр|премьер|глава (?:мин|роском|фсб|мвд|комитета|республик|регион)|пресс-секретар|^президент(?! [a-z])|президент (?:рф|росси|страны)|депутат|сенатор|губернатор|зампред|председатель (?:комитета|госдумы|совета федерации)|замглавы (?:мин|роском)|minister|commissioner|spokes|president$|^president\b|governor|lawmaker",
    re.IGNORECASE,
)
_OBJECTS = re.compile(r"возраз\w*|возраж\w*|недопустим\w*")
"""Words against what somebody says, be it against the measure or against its critics."""
_ANSWERS = re.compile(
    r",\s+(?:а |но |хотя )?(?:сам\w* )?(?:сервис|мессенджер|компани\w|платформ\w|соцсет\w|в компании|власт\w|ведомств\w|регулятор|в ведомстве)\s[^,;]{0,40}?(?:отверг|отриц|опроверг|не соглас|возража)\w*"
)
"""What another than the speaker says to it."""
_TITLED = re.compile(r"(?<=[а-яё] )«[А-ЯЁA-Z][^»]{0,40}»")
"""The name of a company or paper: its words are nobody's opinion."""


def of(text: str) -> Stance:
    """The side of a sentence by whoever is free to take one."""
    folded = _heard(text)
    if _UNDO.search(folded):
        return Stance.AGAINST
    if _KEEP.search(folded) or _PROPOSES.search(folded):
        return Stance.FOR
    if _AGAINST.search(folded):
        return Stance.AGAINST
    return Stance.FOR if _FOR.search(folded) else Stance.EXPLAINS


def of_person(text: str, role: str) -> Stance:
    """The side of a sentence by a person: who holds an office is against a measure only in so many words, not by blaming the messenger; who objects, we know not to what, takes no side."""
    found = of(text)
    if found is not Stance.AGAINST or (role and not _OFFICE.search(role)):
        return found
    folded = _heard(text)
    if not role:
        return found if of(_OBJECTS.sub("", folded)) is Stance.AGAINST else Stance.EXPLAINS
    return found if _UNDO.search(folded) or _EXPLICIT.search(folded) else Stance.EXPLAINS


def of_authority(text: str) -> Stance:
    """The side of a sentence by an authority: it explains, unless it defends a measure or says in so many words that it is against one."""
    folded = _heard(text)
    if _UNDO.search(folded) or re.search(
        r"не поддерж|раскритик|выступ\w+ (?:\w+ ){0,2}?против (?!мошен)|\boppos(?:ed|es)|criticised|criticized|condemned", folded
    ):
        return Stance.AGAINST
    return Stance.FOR if _DEFENDS.search(folded) else Stance.EXPLAINS


def _heard(text: str) -> str:
    return _ANSWERS.sub("", fold(_TITLED.sub("", text)))
