"""What is denied: measures that are not taken back after all, and measures that there are not."""

from __future__ import annotations

import re

from bot.analyse.facts import bygone
from bot.analyse.features import View
from bot.analyse.language.text import Sentence

_TAKE_BACK = r"(?:разблок\w+|сня(?:ть|ти\w+)|снима\w+|снимут|отмен\w+|возвра\w+|верн\w+|восстан\w+|послаблени\w+|смягч\w+)"
_UNDO = r"(?:lift\w*|unblock\w*|restor\w+|eas(?:e|ing)|revok\w+|revers\w+|end(?:ing)?|drop\w*)"
_KEPT = re.compile(
    rf"(?:не вид\w+|нет|не наш\w+|не усматрива\w+|отсутству\w+)(?: \w+){{0,2}} (?:основан\w+|причин\w*|повод\w*|смысла)(?: \S+){{0,4}} {_TAKE_BACK}"
    rf"|(?:основани|причин|повод)\w*(?: \w+){{0,2}} {_TAKE_BACK}(?: \S+){{0,6}} (?:нет|отсутству\w+|не (?:вид|наш|усматрива)\w+)"
    rf"|не (?:планиру\w+|намерен\w*|собира\w+|будут?|станут?|готов\w*)(?: \w+){{0,2}} {_TAKE_BACK}"
    rf"|опроверг\w*(?: \S+){{0,5}} (?:о |об )?{_TAKE_BACK}"
    rf"|{_TAKE_BACK}(?: \S+){{0,10}} (?:не будет|не планиру\w+|не обсужда\w+|не предполага\w+|не намерен\w*|не собира\w+|не будут|не станут|исключен\w*|оснований нет|причин нет|речи нет|не идет)"
    rf"|\bno (?:grounds|reasons?|plans?|intentions?|basis)(?: \w+){{0,2}} (?:to|for|of) {_UNDO}"
    rf"|(?:not|never|won't)(?: (?:be|plan\w*|going|intend\w*|ready|consider\w*))?(?: to)? {_UNDO}"
    rf"|(?:den(?:ied|ies)|rul(?:ed|es) out|dismiss(?:ed|es))(?: \S+){{0,6}} {_UNDO}"
)
_TAKEN_BACK = re.compile(rf"{_TAKE_BACK}|\b{_UNDO}\b")
_UNDECIDED = re.compile(
    r"не исключ(?:ил|ает|ают|или|ила|ило)\b|(?:решени|вопрос)\w* (?:[^.;,]{0,60} )?(?:пока |еще )?(?:нет\b|не (?:принят|приним|реш)\w*)|\b(?:does|did|do|has|have) not rule[ds]? out|no decision|not (?:yet )?decided"
)
_BEGGED = re.compile(
    r"\b(?:по)?прос(?:ят|ит|или|ила|ил|ило)\b|призва(?:л|ли|ла|ло)\b|(?<!не )требу(?:ет|ют)\b|потребова(?:л|ли|ла)\b|\b(?:asks?|asked|urges?|urged|calls? (?:on|for)|called (?:on|for)|seeks?|sought)\b"
)
_GRANTED = re.compile(r"согласил|удовлетвор|отложил[аои]?\b|снял[аои]?\b|отменил[аои]?\b|разрешил|\bagreed|\blifted|\bpostponed|\bgranted")
_UNLESS = re.compile(r"не (?:исключ|возража)\w+|пока не|не раньше|не только|not only")


def undecided(seen: View) -> bool:
    """True if the title, or the first sentence, says that a measure is only not ruled out, or not decided on."""
    return any(_UNDECIDED.search(row.folded) for row in seen.sentences[:2])


def asked(seen: View) -> bool:
    """True if the title tells what somebody asks for, and not that it was granted."""
    title = seen.sentences[0].folded
    return bool(_BEGGED.search(title)) and not _GRANTED.search(title)


def kept(seen: View) -> bool:
    """True if the title, or the first sentence where the title does not tell, says that nothing is taken back: «не видит оснований для разблокировки»."""
    return any(_KEPT.search(row.folded) and not _UNLESS.search(row.folded) for row in seen.sentences[:2])


_MEASURE = (
    r"(?:(?:за|раз)?блокир\w+|запре[тщ]\w*|(?:не)?доступ\w*|ограничи\w+|ограничен\w+|ограничивать|замедл\w+|отключ\w+|закры\w+|оштраф\w+|штраф\w*|взыскани\w+|наказ\w+|обяза\w+|обяжут|обязыва\w+|принужд\w+|принудит\w+|перевод\w*|перевед\w+|перейти|переход\w*"
    r"|регистрац\w+|идентификац\w+|установ\w+|предустанов\w+|вход\w*|прослушк\w+|прослушив\w+|удал\w+|вступ\w+ в силу|сбор\w* (?:данных|платы|денег)|плат[аыуе]\b|налог\w*|отчисл\w+|допуск\w*|допуст\w+|законопроект\w*|законодательств\w+"
    r"|\bban(?:s|ned|ning)?\b|\bblock(?:s|ed|ing|ade)?\b|restrict\w*|throttl\w+|slow\w*|shut\w*|\bfin(?:e|es|ed|ing)\b|suspen\w+|prohibit\w*|outlaw\w*|curb\w*|limit\w*|crackdown|mandat\w+|oblig\w+|requir\w+|forc(?:e|ed|ing)\b|\btax\w*|licen[cs]\w+|switch\w* off|cut(?:ting)? off|\bbill\b|disabl\w+|scan\w*)"
)
_TOLD = r"(?:сообщени|слух|информаци|новост|данны|публикаци|сведени|утверждени|вброс|домысл|заявлени|предположени|пост|статьи|статью|\breports?|rumou?rs?|claims?|speculation|suggestions?|\bnews|\bstor(?:y|ies)|\bposts?|messages?|assertions?|information)\w*"
_PAPER = r"(?:законопроект|проект|документ|приказ|указ|распоряжени|постановлени|письм|циркуляр|\bbill\b|\border\b|\bdecree\b|\bdocument\b|\bnotice\b|\bletter\b|\bcircular\b|\bmemo\b|\bnotification\b|\badvisory\b)\w*"
_FALSE_RU = r"(?:фейк\w*|фальшивк\w+|фальшив\w+|вброс\w*|утк(?:а|ой)|выдумк\w+|недостоверн\w+|ложн\w+|ложь\w?|неправд\w+|дезинформаци\w+|домысл\w+|спекуляци\w+|слух(?:ом|ами)|подделк\w+|подложн\w+|розыгрыш\w*|мистификаци\w+|не соответствующ\w+ действительности)"
_FALSE_EN = r"(?:fake|false|untrue|not true|(?:a )?hoax|fabricated|baseless|unfounded|groundless|misinformation|disinformation|incorrect|inaccurate|bogus|fictitious|nonsense)"
_NO_NOUN = r"(?! (?:news(?! on| about)|information|accounts?|posts?|content|channels?|numbers?|profiles?))"
_NEGATED = re.compile(
    r"(?<!не )(?<!ни )\bопроверг(?:л[аио]?|ает|ают|ли)?\b"
    r"|не (?:соответству\w+|отвеча\w+) (?:действительности|реальности)"
    rf"|оказал\w+ (?:\w+ ){{0,2}}{_FALSE_RU}"
    rf"|(?:назвал[аио]?|называ[ею]т|счита[ею]т|объявил[аио]?|явля[ею]тся|признан[аоы]?) (?:\w+ ){{0,3}}{_FALSE_RU}"
    rf"|(?:[—–-]|\bэто) (?:\w+ )?(?:фейк|вброс|утка|выдумка|неправда|ложь|дезинформация|подделка)\b"
    r"|не подтвердил(?:ась|ись|ось)|развеял[аио]? (?:слух|миф)\w*"
    r"|\b(?:den(?:y|ies|ied)|refut(?:es?|ed)|dismiss(?:es|ed)|rejects?(?=.{0,12} (?:report|rumo|claim|specul))|rejected(?=.{0,12} (?:report|rumo|claim|specul))|rebuts?|rebutted|debunk(?:s|ed)?|rubbish(?:es|ed)|disputes|disputed(?= (?:claims|reports|rumou?rs|that))|brush(?:es|ed) (?:aside|off)|quash(?:es|ed) (?:rumou?rs|reports|speculation))\b"
    rf"|\b(?:is|are|was|were|as|proved|'s)(?: (?:a|just|only|all|completely|totally|entirely|simply|clearly|also|another)){{0,2}} {_FALSE_EN}\b{_NO_NOUN}"
    rf"|\b(?:calls?|called|brands?|branded|labels?|labelled)(?: \S+){{0,6}}? {_FALSE_EN}\b{_NO_NOUN}"
    r"|\bno truth (?:to|in)\b|\bhoax\b|\bfact[- ]check\b"
)
_NEVER = re.compile(
    r"(?<!пока )(?<!ранее )(?<!раньше )(?<!прежде )(?<!но )(?<!пор )(?<!если )\bне (?:блокировал|ограничивал|замедлял|запрещал|штрафовал|отключал)[аио]?\b(?! (?:\S+ )?(?:ранее|раньше|канал\w*))|"
    r"никто не (?:запрещал|блокировал|ограничивал|замедлял|обязывал|штрафовал|отключал)|никаких (?:\w+ )?(?:штраф|запрет|ограничени|блокиров)\w*(?: \S+){0,4} (?:не|нет)\b"
    r"|(?:такого|таких|подобн\w+) (?:\w+ )?(?:законопроект|документ|решени|приказ|распоряжени|указ|запрет|ограничени)\w*(?: \S+){0,4} (?:не (?:издава|принима|существу|было|вноси|готови|подписыва|вводи)|нет\b)"
    r"|\bno such (?:\w+ )?(?:bill|order|decree|ban|decision|law|plan|measure|rule|directive|restriction|block)|\bthere (?:is|was|are) no (?:ban|block|restriction|order)"
    r"|\b(?:has|have|had|did) (?:not|n't|never) (?:been )?(?:ban(?:ned)?|block(?:ed)?|restrict(?:ed)?|throttled?|fined?|imposed|ordered?|issued)\b(?! (?:yet|before))"
)
_RUMOUR = re.compile(
    r"[?]|правда ли|\bслух|\bфейк\w{0,2}\b(?! о)|\bмиф\b|\bвброс|что известно|\brumou?r|\bhoax|\bfake\b(?! news)|fact[- ]check|\btrue or|нет,|^no,|\bопроверг|\bdeni(?:es|ed)\b|не соответству|прокомментир|ответил|высказал|разъяснил|объяснил|responds?\b|reacts?\b|clarif"
)
"""A title that leaves open whether the thing is true."""
_COMPANY = re.compile(
    r"(?:дуров|компани|разработчик|владел|сервис|мессенджер\w*|приложени|платформ|основател|durov|company|the app|platform|founder|developer|owner|\bmeta|\bceo|app's)\w*(?: \S+)?\W*$"
)
_AUTHORITY = re.compile(
    r"ведомств|министерств|министр|регулятор|власт|чиновник|депутат|сенатор|официальн|пресс-секретар|губернатор|правительств|кремл|комитет|ministry|minister|government|regulator|officials?\b|authorit|spokes|watchdog|agency|lawmaker|kremlin|president|cabinet|commission"
)
_ELSE = re.compile(
    r"обвинени|причаст|\bсвяз[ьаи]|связан|\bвин[уы]\b|претензи|утечк|взлом|давлени|слежк|передач\w+ (?:данных|ключ)|сотрудничеств|цензур|отставк|арест|задержан|смерт|гибел|переговор|продаж\w+ (?:доли|компании)|причин"
    r"|allegation|accus|wrongdoing|charges?\b|\bleak|\bhack|\bbreach|involve|\blink(?:s|ed)?\b|\brole\b|responsib|pressure|bail\b|appeal|request|motion|petition|injunction|relief|\bstay\b|entry|visa|extradit|collu|spying|censor"
)
"""What is denied, if no measure."""
_BUT = re.compile(r"(?:,|—|–) (?:но|однако|зато|хотя|а лишь|but|though|although|while)\b|;.{0,20}(?:но|but)\b")
_ASSERTED = re.compile(
    r"заблокировал|оштрафовал|ограничил|замедлил|запретил|отключил|заблокирован|оштрафован|ограничен[аы]?\b|запрещен|замедлен|обязал|принял\b|принят\b|подписал|blocked|banned|fined|restricted|throttled|suspended|\bblocks\b|\bbans\b|\bfines\b|restricts|suspends|\bsigns\b|passes"
)
_ASKED = re.compile(r"[?]|правда ли|fact[- ]check|\bмиф\b|^нет,|^no,")
_HEARD = re.compile(rf"{_TOLD}|{_PAPER}|\bплан\w*|намерени\w*|\bplans?\b|intention")
_SAID = re.compile(rf"(?:{_TOLD}|{_PAPER}) .*{_MEASURE}|{_PAPER} |{_MEASURE}.*[?]")
_AGENT = re.compile(
    r"опроверг|назвал|называ|счита|объявил|развеял|den|refut|dismiss|reject|rebut|debunk|rubbish|disput|brush|quash|has |have |had |did |не (?!соотв|отвеч|подтв)|calls?|called|brand|label"
)
"""A denial whose subject is the one who denies."""
_DOUBTED = re.compile(r"baseless|unfounded|groundless|nonsense|incorrect|inaccurate")
"""Said of reports as of the measure itself: a company calls a fine so."""
_SAYS = re.compile(
    r" (?:в|во) (?:ведомств|министерств|минист|регулятор|кремл|госдум|роскомнадзор|правительств|администрац|мин|мвд|фсб|фас)\w*| (?:власти|чиновники|официально)\b"
)
"""Who denies, told after it."""
_REFUSED = re.compile(
    r" (?:(?:a|an|the|its|his|their|users|people|them|\w+'s|telegram|whatsapp|meta|durov) ){0,2}(?:access|request|appeal|bail|motion|petition|permission|entry|visa|stay)\b"
)
"""What a court or a border guard denies."""
_SPAN = 110
"""Characters before and after a denial in which stands what is denied."""


def denied(seen: View) -> bool:
    """True if the news is that there is no such measure: reports of it are false, a bill is fake, an authority denies plans of it.

    A company that denies, what was denied earlier, and a denial that grants another measure («опровергли блокировку, но подтвердили замедление») are none.
    """
    if kept(seen):
        return False
    title, *body = seen.sentences[:3]
    if _denies(seen, title):
        return True
    if not body or (_ASSERTED.search(title.folded) and not _ASKED.search(title.folded)):
        return False
    if not _RUMOUR.search(title.folded):
        return _denies(seen, body[0], heard=True)
    return any(_denies(seen, row, context=" ".join(other.folded for other in seen.sentences[: row.number])) for row in body)


def _denies(seen: View, sentence: Sentence, *, context: str = "", heard: bool = False) -> bool:
    """True if a sentence denies a measure that it names, or that the sentences before it, `context`, do; `heard`: told by others, not only thought of."""
    folded = sentence.folded
    for form in (_NEGATED, _NEVER):
        for match in form.finditer(folded):
            left, right = folded[: match.start()][-_SPAN:], folded[match.end() :][:_SPAN]
            if (
                bygone.earlier(left[-25:])
                or _BUT.search(right)
                or _ELSE.search(right[:60])
                or _REFUSED.match(right)
                or _TAKEN_BACK.search(left + right)
            ):
                continue
            if _by_company(seen, sentence, match) or (heard and not _HEARD.search(left + right)):
                continue
            if _DOUBTED.search(match[0]) and not re.search(_TOLD, left + match[0]):
                continue
            if form is _NEVER:
                if (seen.regulators[sentence.number] or _AUTHORITY.search(folded) or "никто" in match[0]) and not _ASSERTED.search(left):
                    return True
            elif _measured(left, match[0] + right, context, verb=_AGENT.match(match[0]) is not None):
                return True
    return False


def _measured(left: str, right: str, context: str, *, verb: bool) -> bool:
    """True if a measure stands where what is denied does: after the denial, or before it as hearsay, a paper, a question or the subject."""
    if re.search(_MEASURE, right) or _SAID.search(left) or (context and re.search(_MEASURE, context)):
        return True
    if _ASSERTED.search(left):
        return False
    return re.search(rf"^\W*(?:(?:полн|скор|возможн|нов)\w+ )?{_MEASURE}" if verb else _MEASURE, left) is not None


def _by_company(seen: View, sentence: Sentence, match: re.Match[str]) -> bool:
    """True if a messenger or its owner denies: it is named right before, not as a part of what is denied, and no authority nearer."""
    start, stop = match.span()
    if not _AGENT.match(match[0]) or _SAID.search(sentence.folded[max(0, start - _SPAN) : start]):
        return False
    before = sentence.folded[max(0, start - 40) : start]
    if _SAYS.match(sentence.folded[stop:]):
        return False
    ends = [mention.stop for mention in seen.regulators[sentence.number] if mention.stop <= start]
    ends += [start - len(before) + found.end() for found in _AUTHORITY.finditer(before)]
    named = [mention.stop for mention in seen.messengers[sentence.number] if start - 30 <= mention.start < start]
    named += [start] if _COMPANY.search(before) else []
    return max(named, default=-1) > max(ends, default=-1)
