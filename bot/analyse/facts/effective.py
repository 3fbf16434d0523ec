"""From when a measure applies: which of an article's dates is that date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.analyse.facts.dates import Date, dates
from bot.analyse.features import MEASURE_CUES, View
from bot.model import Measure

_VERBS = re.compile(
    # the rule comes into force
    r"(?P<force>(?:вступ\w*|войд\w*|вош\w+) в (?:законную )?силу|вступят|действи\w+ с\b|(?<!без)действ(?:ует|уют|овать|овал\w*|ия\b)|заработа\w+|применя(?:ется|ются|ть|лся)\w*|начн\w+ (?:работать|действовать|применять)|kicks? in|работа(?:ет|ют) (?:закон|запрет|норм|правил|требован)|обязател[а-я]+|"
    r"(?:take|took|taken|takes|taking|come|came|comes|coming|enter\w*|go|goes|went) (?:into )?(?:force|effect)|effective\b|in force|in effect|applies|\bapply|deadline for compl\w+)"
    # an authority or the people do what the measure says
    r"|(?P<act>введ\w+|вводи\w+|введен\w*|ввел[аи]?\b|ввести|внедр\w+|запре(?:т(?!\w*орг)|щ(?!енн(?:ой|ого|ых|ую|ые)))\w*|нельзя|не (?:смогут|вправе|может|могут)|перевед\w+|перевод\w+|переве(?:сти|ли)|переход\w*|перейд\w+|перейти|переезж\w+|переед\w+|перенос\w+|обяза[а-я]+|обяжут|должн[аоы]\w*|нужно\b|необходимо\b|велен[оы]\b|предписан[оы]\b|"
    r"(?:за|раз)?блокир\w+|ограничи\w*|ограничен\w*|урез\w+|отключ\w+|замедл\w+|хран(?:ить|ят)|предустан\w+|станет|станут|начн[её]\w*|нача(?:л|ли|ть|то)\b|(?<!с )начала\b(?= \w+(?:ть|ова))|начинае\w+|приступ\w+|появ[ия]т\w+|закро\w+|закры\w+|перестан\w+|прекра\w+|назнач\w+ национальн\w+|восстанов\w+|верну\w+|сня(?:л|т|в)\w*|отмен\w+|возобнов\w+|restor\w+|lift(?:s|ed|ing)\b|"
    r"разрешат|сможет|смогут|будет (?:доступ|обязат|отключ|закр|огранич|запре)\w*|будут (?:доступ|обязан|отключ|закр|огранич|запре|хранить)\w*|меры?(?: был[аи]?)? приня\w+|приня\w+ мер[ыа]|measures? (?:was|were) (?:taken|applied|introduced)|намечен[аоы]?\b|запланирован[аоы]?\b|заве(?:дут|сти)\b|созда(?:ть|дут)\b|подключ(?:ат|ить)\w*|исключил\w* домен|dropped\b|удал(?:ил|ен)\w* домен\w*|"
    r"must\b|to (?:meet|stop|delete|remove|uninstall|switch|leave|abandon|drop|quit|replace|install|store|register)\b|(?:be|is|are|was|were|been|it|has|have|had|not) (?:un)?(?:block|bann|restrict|limit|throttl|slow|requir|impos|pre-?install|disconnect|oblig)\w*|(?:un)?block(?:s|ed|ing)?\b|ban(?:s|ned|ning)?\b|restrict\w*|impos\w+|throttl\w+|slow(?:s|ed|ing)\b|"
    r"will (?:be|have|move|need|start|stop|begin|block|ban|restrict|become)\b|shall\b|start\w*|began|begin\w*|move (?:their|to)|required?\b|barr?ed|prohibit\w*|may not|cannot|compl(?:y|iance))"
    # only words
    r"|(?P<tell>(?:сообщени|заявлени|публикаци)\w+, опубликованн\w+|сообщ\w+|сообщен\w+|заяв\w+|рассказ\w+|написал\w*|пишет|передал\w*|объяв\w+|подтвер\w+|предупре\w+|ответил\w*|сказал\w*|призва\w+|призыв\w+|предлож\w+|назвал\w*|говорил\w*|said|says|told|announc\w+|report(?:ed|s)\b|confirm\w*|warn\w*|wrote|urg\w+|propos\w+)"
    # the way of a paper
    r"|(?P<paper>подписа\w+|приня(?:л|т|ла|ли|ло|ты|т[аоь])\b|одобр\w+|внес\w*|голосов\w+|чтени\w+|опубликов\w+|утвер[дж]\w+|рассмотр\w+|рассматр\w+|постанови\w+|signed|passed|passes|adopt\w*|introduced|publish\w*|vote[ds]?\b|approv\w*|tabled|issued|designat\w*|submitted)"
    # what is to be done by then
    r"|(?P<task>разработать|представить|отчита\w+|подготовить|доработ\w+|поруч\w+|report by|to report|respond|ответить|исполнить|устранить|deadline)"
    # punishments of single cases
    r"|(?P<case>оштраф\w+|штраф\w*|протокол\w*|взыска\w+|\bfine[ds]?\b|court|суд\b|\bруб\w*|lawsuit|\bиск\b|appeal\w*|арест\w*|arrest\w*|detain\w*)"
    # what merely happened
    r"|(?P<event>сбо[йия]\w*|нача(?:лся|лись|лась|лось)|проблем\w*|жалоб\w*|жалова\w+|жалу[юе]\w+|неполад\w+|перебо\w+|замети\w+|не (?:открыв|работа|загруж)\w+|исчез\w*|пропа\w+|встреч\w*|обсуд\w+|обсужд\w+|discuss\w*|опрос\w*|опроше\w+|состоя\w+|прош(?:ел|ла|ло|ли)\b|проведен\w*|провел\w*|выросл\w*|числ\w+тся|зафиксир\w+|запусти\w+|запущ\w+|complain\w*|"
    r"outage\w*|interrupt\w*|survey\w*|\bpolls?\b|meeting|launched|held\b|downdetector|аудитори\w*)"
)
_BREAK = re.compile(r"[,;:—–()]|\bи\b|\bа\b|\bно\b|\band\b|\bbut\b|\bwhich\b|\bthat\b|\bкотор\w+")
_DENIED = re.compile(
    r"не соответств\w+ действительности|долж\w+ был[аио]? (?:вступ|зараб|нач|войти)|(?:was|were|had been) (?:due|supposed|meant|scheduled|about) to|(?:was|were) to (?:begin|start|take)|опроверг|вброс|слух\w* .{0,40}(?:не соответств|неправд|ложн)|нет (?:подтвержд|решени|планов)|подтверждени\w* .{0,60}\bнет\b|не (?:будут|будет|планиру\w+|намерен\w*|собира\w+) (?:\w+ )?(?:блок|огранич|запр|замедл|отключ|ввод)|\bdeni(?:es|ed)|no plans|not plan|\bfalse\b|фейк"
)
_BEFORE_THIS = re.compile(
    r"\bранее\b|\bраньше\b|прежде|напомн|\bуже\b|тогда|до этого|еще в\b|еще с\b|с тех пор|previous|earlier|already|\bhad (?:been )?\w+ed\b|has been|have been|last (?:year|month)"
)
_COUNTED = re.compile(r"(?:№ ?\S+ |(?:дн\w+|недел\w+|месяц\w*|days?|weeks?|months?) (?:со?|после|from|after|since) )$")
_PLACE = re.compile(r"[а-яa-z. -]{2,25}[,.] ")
_LIFTED = re.compile(
    r"сня[лт]|отмен|верн|возвра|разблок|восстанов|возобнов|lift|restor|unblock|resum|revok|eas(?:e|ed|ing)|end(?:s|ed)?\b|разреш|allow|вступ|действ|effect|force"
)
_ALREADY = re.compile(
    r"(?:введенн|заблокированн|ограниченн|принят|наложенн|назначенн)(?:ое|ая|ый|ые|ых|ую|ого|ой|ом|ому|ым|ыми) (?:\w+ )?$"
)
_SCOPE = re.compile(r"(?:предупре|угроз|грозит|threat|warn|боль(?:ше|шин)|пожалова)")

_DONE = {"done", "access", "block", "slow"}
_ON_EARLIER = ("easing", "court-ruling", "fine")
_IN_FORCE = re.compile(
    r"(?:сам\w*|действующ\w+|нынешн\w+|прежн\w+) (?:\w+ ){0,2}(?:работает|действует|введен\w*) $|(?:работает|действует) со? $"
)
"""An earlier rule, which the planned one changes or punishes."""
_HOLDS = re.compile(
    r"(?:норм|правил|запрет|требовани|закон|порядок|порядк|поправк|обязанност|ограничени|rule|law|ban|requirement|duty|provision)\w*(?: \w+){0,3} (?:действ|работа|примен|вступил|in (?:force|effect)|been in|took)\w*(?: \w+){0,2} $"
)
"""A rule that is said to hold since a day."""
_YEAR = re.compile(r"(?<!\d)(?<!с )(20[12]\d)(?!\d)")
"""A year named, but not one from which something is to hold: «с 2025 года запретят» is told in 2024."""
_AHEAD = {"modal", "threat", "willforce", "rumour"}
"""Cues of what is still to come."""
_COMPLAINTS = re.compile(r"жалоб|жалу|жалов|complain")
"""Since when people complain is not since when a measure holds."""
_PUBLICATION = re.compile(
    r"(?:вступ\w+|вступа\w+|действ\w+|take\w* effect|in(?:to)? force|effective) (?:\w+ ){0,3}?(?:со дня|с момента|в день|с даты|on the day of|upon|on|from the day of)(?: (?:его|ее|их|its|the|официального|official)){0,2} (?:о?публик\w+|publication)"
)
_PUBLISHED = re.compile(r"(?:опубликован\w*|обнародован\w*|published)(?: on)? $")
_GOING_ON = re.compile(
    r"подтвер|призна[лв]|(?:начал|приступи)\w* (?:\w+ )?(?:ограничивать|замедлять|блокировать|снимать|к )|принима\w+ мер|продолж|confirm|admit|(?:is|was|were|are|been) (?:\w+ )?(?:slowing|restricting|limiting|blocking|throttling)|(?:began|started) "
)
"""What was going on before the day on which it was told."""
_RULES = re.compile(
    r"(?<!\w)с \d{1,2} [а-я]+ (?:\w+ ){0,4}(?:запрещает|запрещают|запрещен[оаы]?|обязывает|обязан[аы]?|действует|действуют|не разрешает|не вправе|нельзя)(?!\w)"
)
"""A rule that is told in the present as one in force: «с 1 июня закон запрещает»."""
_APART = re.compile(
    r"(?:за исключением|, кроме|except(?: for)?|with the exception of|apart from)(?: [^;]*)?$"
    r"|, (?:а|но|while|but) (?:\w+ ){0,2}?(?:штраф\w*|наказани\w*|ответственност\w*|санкци\w*|fines?|penalt\w+|sanctions)(?: [^;,]*)?$"
)
"""Part of a rule that begins to hold on another day than the rule: «за исключением статьи, которая заработает с …», «а штрафы — с …»."""
_SITTING = re.compile(
    r"(?:чтени|заседани|слушани|голосовани|рассмотрени|hearing|reading|vote|debate)\w*(?: \w+){0,2} (?:запланирован\w*|назначен\w*|намечен\w*|пройд[её]т|состоится|ожидается|scheduled|set|due|expected|place) (?:на |в |for |on |in )?$"
    r"|(?:законопроект|проект|bill|draft) (?:\w+ ){0,3}(?:expected|внес\w+|поступ\w+|ждут|go|tabled|submitted) (?:\w+ ){0,4}$"
)
"""The day of a vote, a hearing or a bill's coming is not that of the rule."""
_MOVED = re.compile(r"перен[её]с|отлож|отсроч|сдвин|продл|postpone|delay|push|defer|mov(?:e|ed|es)\b")
_WISHED = re.compile(r"прос(?:ят|ит|или|ил|ьб)|предл[ао]|\bask|urge|propos")
_MOVED_TO = re.compile(r"\w*(?: года)?,? (?:на|до|to|until) (?:[a-z]+\.? )?\S*\d")
"""A day that is put off gives way to the later one: «с 1 декабря на 1 июня»."""
_ENTERED = re.compile(r"запис[ьи]|датирован|вн[её]с|включ|появил|получил\w* статус|присво|added|entered|listed|dated")
_DUTIES = ("obligation", "ban", "registration", "identification", "national-messenger")
"""What is to be done by a day holds from that day on."""
_AT_ONCE = ("blocking", "restriction", "slowdown", "easing")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date with the sentence it stands in."""

    date: Date
    number: int
    sentence: str
    features: dict[str, float]


def reference(seen: View, published: dt.date | None) -> int | None:
    """The year of an article that does not say when it was published: the latest one it names, if it names only near ones."""
    if published is not None:
        return None
    years = [int(year) for sentence in seen.sentences for year in _YEAR.findall(sentence.folded)]
    return max(years) if years else None


def candidates(seen: View, published: dt.date | None, measure: str, stage: str, *, every: bool = False) -> list[Candidate]:
    """The dates whose year is known, with what speaks for and against each; `every`: with those that are background, to learn from."""
    hint = reference(seen, published)
    planned = stage in ("planned", "adopted")
    found: list[Candidate] = []
    for sentence in seen.sentences[:14]:
        cues = seen.cues[sentence.number]
        near = cues & (_AHEAD if stage == "active" else _AHEAD | {"duty"})
        ahead = planned or bool(near and not (stage == "active" and _RULES.search(sentence.folded)))
        told = [*dates(sentence.folded, published, future=ahead, year_hint=hint), *_on_publication(seen, sentence.folded, published)]
        found += [
            Candidate(date, sentence.number, sentence.text, _features(seen, sentence.number, date, published, measure, stage))
            for date in told
            if date.value and (every or not background(seen, sentence.number, date, published, measure, stage))
        ]
    counts = {candidate.date.value: sum(other.date.value == candidate.date.value for other in found) for candidate in found}
    for index, candidate in enumerate(found):
        if counts[candidate.date.value] > 1:
            candidate.features["repeated"] = 1.0
        if index == 0:
            candidate.features["first"] = 1.0
        if len(counts) == 1:
            candidate.features["only"] = 1.0
    return found


def _on_publication(seen: View, folded: str, published: dt.date | None) -> list[Date]:
    """The day on which a paper is said to have been published, where a sentence says that it holds from its publication."""
    match = _PUBLICATION.search(folded)
    if match is None:
        return []
    for sentence in seen.sentences[:8]:
        for date in dates(sentence.folded, published):
            if date.value and _PUBLISHED.search(sentence.folded[max(0, date.start - 30) : date.start]):
                return [Date(*match.span(), date.value, "from", explicit=date.explicit, relative=True)]
    return []


def verb(folded: str, date: Date) -> tuple[str, int]:
    """The kind of the word that a date belongs to, and how far away it stands: the nearest one, clause borders counted as distance."""
    best, least = "none", 120
    for match in _VERBS.finditer(folded):
        if match.end() <= date.start:
            between = folded[match.end() : date.start]
        elif match.start() >= date.stop:
            between = folded[date.stop : match.start()]
        else:
            continue
        apart = len(between) + 15 * len(_BREAK.findall(between))
        if match.lastgroup == "tell" and match.start() >= date.stop and apart < 2:
            apart = -1  # «о причинах блокировки в четверг рассказали»
        if apart < least:
            best, least = match.lastgroup or "none", apart
    return best, least


def background(seen: View, number: int, date: Date, published: dt.date | None, measure: str, stage: str) -> bool:
    """True if a date certainly is not that of the measure: it is denied, over, of other messengers, of a paper, or of mere words."""
    sentence = seen.sentences[number]
    moment = when(date, published)
    past = moment in ("recent", "old", "ancient")
    told = {mention.name for row in seen.messengers[:2] for mention in row}
    here = {mention.name for mention in seen.messengers[number]}
    ruled = number < 4 or bool(_HOLDS.search(sentence.folded[: date.start].removesuffix("с ")))
    holds = (
        date.before == "from" and ruled and stage != "planned" and verb(sentence.folded, date)[0] == "force"
    )  # «правило действует с …», however long ago
    return (
        bool(_DENIED.search(sentence.folded))
        or (past and not holds and stage in ("planned", "adopted", "passing", "statement"))
        or (number >= 4 and not holds and moment in ("old", "ancient"))
        or (number >= 2 and not holds and moment != "future" and bool(here) and bool(told) and not here & told)
        or (published is None and not holds and number >= 4 and stage == "active" and not (date.explicit and seen.cues[number] & _AHEAD))
        or (stage in ("planned", "passing") and bool(_IN_FORCE.search(sentence.folded[: date.start])))
        or (date.before == "in" and stage == "planned")  # «через 180 дней после опубликования» of what is not even passed
        or (number <= 1 and bool(_PLACE.fullmatch(sentence.folded[: date.start])))
        or (measure != "fine" and bool(_APART.search(sentence.folded[: date.start])))
        or bool(_SITTING.search(sentence.folded[: date.start]))
        or bool(
            _MOVED.search(sentence.folded[: date.start])
            and _MOVED_TO.match(sentence.folded, date.stop)
            and not _WISHED.search(sentence.folded)
        )
        or _of_another(seen, number, date, moment, measure)
        or _of_words(seen, number, date, moment, measure, stage)
    )


def _of_another(seen: View, number: int, date: Date, moment: str, measure: str) -> bool:
    """True if a date is that of an earlier measure, which this one lifts, punishes or judges."""
    folded = seen.sentences[number].folded
    if moment == "future" or measure not in _ON_EARLIER:
        return False
    kind, _ = verb(folded, date)
    return (
        (measure != "easing" and kind != "force" and not seen.cues[number] & set(MEASURE_CUES[Measure(measure)]))
        or (measure == "easing" and bool(re.search(r"действовал|was in force", folded)))
        or (measure == "easing" and not _LIFTED.search(folded[max(0, date.start - 60) : date.stop + 40]))
        or bool(_ALREADY.search(folded[max(0, date.start - 30) : date.start]))
    )


def _of_words(seen: View, number: int, date: Date, moment: str, measure: str, stage: str) -> bool:
    """True if a date is that of a paper, a deadline, a case, an event or an announcement."""
    folded = seen.sentences[number].folded
    kind, _ = verb(folded, date)
    if (
        measure == "registration"
        and stage == "active"
        and moment in ("same", "recent")
        and date.before != "from"
        and _ENTERED.search(folded)
    ):
        return False  # «запись датирована 19 декабря»
    if measure == "blocking" and stage == "active" and moment == "same" and kind == "event" and date.before != "by":
        return False  # «проблемы начались утром 8 октября», told on that very day
    if kind in ("tell", "paper") and stage == "planned" and moment in ("future", "unknown") and date.before == "on":
        return not seen.cues[number] & set(MEASURE_CUES[Measure(measure)])  # «заблокировать в начале апреля решено, сообщили …»
    if date.before == "of" or _COUNTED.search(folded[max(0, date.start - 30) : date.start]):
        return True
    if date.before == "by" and kind != "force":
        told = stage == "adopted" or (stage == "active" and number < 2)
        return not (kind == "act" and moment in ("future", "unknown") and told and measure in _DUTIES)
    if kind == "none" and date.before != "from":
        return True
    if kind == "event" and moment in ("same", "recent") and _COMPLAINTS.search(folded):
        return True
    if kind in ("event", "case", "task", "paper") and (date.before != "from" or moment in ("recent", "old", "ancient")):
        return not (kind == "event" and number in (1, 2) and moment in ("same", "recent") and stage == "active" and measure in _AT_ONCE)
    return kind == "tell" and date.before != "from" and not _announced(seen, number, moment, measure, stage)


def _announced(seen: View, number: int, moment: str, measure: str, stage: str) -> bool:
    """True if what an authority does at once was made known on that day."""
    folded = seen.sentences[number].folded
    at_once = moment == "same" and number < 3 and stage == "active" and measure in _AT_ONCE
    return at_once and bool(seen.cues[number] & _DONE) and not _GOING_ON.search(folded)


def course(seen: View, published: dt.date | None, kinds: tuple[str, ...] = ("force", "act")) -> str:
    """Whether a rule is told to take effect later (`ahead`), on that very day (`now`) or before (`over`), by verbs of these kinds; empty where nothing is told."""
    if published is None:
        return ""
    for sentence in seen.sentences[:8]:
        for date in dates(sentence.folded, published):
            kind, apart = verb(sentence.folded, date)
            if not date.value or kind not in kinds or (kind == "act" and date.before != "from") or apart > 60:
                continue
            if not _DENIED.search(sentence.folded):
                return {"future": "ahead", "same": "now", "month": "now"}.get(when(date, published), "over")
    return ""


def when(date: Date, published: dt.date | None) -> str:
    """Where a date lies as seen from the day of publication."""
    if published is None:
        return "unknown"
    day = dt.date.fromisoformat(date.value if len(date.value) == 10 else f"{date.value}-15")
    apart = (day - published).days
    if len(date.value) == 7 and date.value == published.isoformat()[:7]:
        return "month"
    if abs(apart) <= 1:
        return "same"
    return "future" if apart > 1 else "recent" if apart > -35 else "old" if apart > -400 else "ancient"


def _features(seen: View, number: int, date: Date, published: dt.date | None, measure: str, stage: str) -> dict[str, float]:
    folded = seen.sentences[number].folded
    cues = seen.cues[number]
    kind, apart = verb(folded, date)
    moment = when(date, published)
    before = date.before or "none"
    place = "title" if number == 0 else "lead" if number == 1 else "near" if number < 4 else "far"
    told = {mention.name for row in seen.messengers[:2] for mention in row}
    here = {mention.name for mention in seen.messengers[number]}
    done = bool(cues & _DONE) and stage == "active" and measure in _AT_ONCE
    planned = stage in ("planned", "adopted", "passing")
    past = moment in ("recent", "old", "ancient")
    features = {
        f"before:{before}": 1.0,
        f"place:{place}": 1.0,
        f"verb:{kind}": 1.0,
        f"verb:{kind}&before:{before}": 1.0,
        f"verb:{kind}&when:{moment}": 1.0,
        f"verb:{kind}&place:{place}": 1.0,
        f"stage:{stage}": 1.0,
        f"when:{moment}": 1.0,
        f"when:{moment}&stage:{stage}": 1.0,
        f"when:{moment}&before:{before}": 1.0,
        "does": float(kind in ("force", "act")),
        "does&from": float(kind in ("force", "act") and before == "from"),
        "close": float(kind in ("force", "act") and apart < 30),
        "day": float(len(date.value) == 10),
        "explicit": float(date.explicit),
        "relative": float(date.relative),
        "starts": float(date.start < 4),
        "denied": float(bool(_DENIED.search(folded))),
        "earlier": float("earlier" in cues or bool(_BEFORE_THIS.search(folded))),
        "paper": float(before == "of"),
        "threat": float(bool(_SCOPE.search(folded))),
        "others": float(bool(here) and bool(told) and not here & told),
        "about": float(seen.about(number)),
        "matches": float(bool(cues & set(MEASURE_CUES[Measure(measure)]))),
        "planned&past": float(planned and past),
        "planned&past&far": float(planned and past and number >= 2),
        "done&same": float(done and moment == "same" and number < 3),
        "done&same&title": float(done and moment == "same" and number < 3 and bool(seen.cues[0] & _DONE)),
        "done&recent": float(done and past and number < 4 and bool(here & told or not here)),
        "past&far": float(past and number >= 4),
        "case": float(measure in ("fine", "court-ruling", "other", "statement")),
        "rumour": float("rumour" in cues),
        "hedge": float("modal" in cues),
    }
    return {key: value for key, value in features.items() if value}
