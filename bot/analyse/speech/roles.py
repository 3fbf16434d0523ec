"""In which role somebody named speaks: the words before or behind the name, with the body they point at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analyse.features import View
from bot.analyse.language import lexicon
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import morphology
from bot.analyse.speech import called
from bot.analyse.speech.people import TITLE
from bot.analyse.summaries import wording

_STEMS = (
    r"глав(?:а|ы|е|у|ой)|замглавы|зампред\w*|председател\w*|сопредседател\w*|заместител\w*|замначальник\w*|начальни(?:к|ц)\w*|депутат\w*|парламентари\w*|законодател\w*|сенатор\w*|министр\w*|замминистр\w*|премьер\w*|"
    r"пресс-секретар\w*|замсекретар\w*|секретар\w*|госсекретар\w*|генсек\w*|заммэра|мэр(?:а|у|ом)?|градоначальник\w*|вице-премьер\w*|канцлер\w*|директор\w*|гендиректор\w*|замдиректора|директриса|"
    r"эксперт\w*|адвокат\w*|юрист\w*|политолог\w*|аналитик\w*|историк\w*|социолог\w*|экономист\w*|программист\w*|разработчик\w*|инженер\w*|исследовател\w*|учёный|ученый|"
    r"сооснователь|сооснователя|основател\w*|создател\w*|учредител\w*|владел(?:ец|ьца|ьцу|ьцем|ица|ицы)|собственник\w*|совладел\w*|губернатор\w*|спикер\w*|президент\w*|член|члена|руководител\w*|замруководител\w*|"
    r"специалист\w*|блогер\w*|журналист(?:а|у|ом|ка|ки|кой)?|телеведущ\w+|писател\w*|правозащитни(?:к|ц)\w*|представител\w*|уполномоченн\w+|советник\w*|омбудсмен\w*|полпред\w*|спецпредставител\w*|посол|посла|"
    r"автор\w*|соавтор\w*|инициатор\w*|профессор\w*|доцент\w*|ректор\w*|учител\w*|педагог\w*|психолог\w*|врач\w*|координатор\w*|лидер\w*|активист\w*|партн[её]р\w*|сотрудни(?:к|ц)\w*|менеджер\w*|топ-менеджер\w*|"
    r"предпринимател\w*|бизнесмен\w*|продавец|продавца|судья|судьи|прокурор\w*|генпрокурор\w*|следовател\w*|комиссар\w*|еврокомиссар\w*|уполномоченная|военкор\w*|консультант\w*|аудитор\w*|архитектор\w*|певец|певица|король|принц"
)
_HEAD = re.compile(rf"(?:[\w]+-)?(?:{_STEMS})", re.IGNORECASE)
"""What a person can be; other cases than those of a speaker are sorted out by the dictionary."""
_WORD = re.compile(r"[\w-]+(?:\.ру|\.ru|\.Ru)?")
_BOUND = re.compile(r"[.,;:!?()«—–](?:[^.,;:!?()«—–]*)$")
_LISTED = re.compile(r"^(?:[а-яё-]+ )*и [а-яё]+(?: [а-яё]+)*\s*$")
"""The end of an enumeration: «министр цифрового развития, связи и массовых коммуникаций»."""
_QUOTED = re.compile(r"«([^«»]{1,60})»")
_STAYS = frozenset({"врио"})
_NO_PART = frozenset(
    [
        "этот",
        "эта",
        "его",
        "ее",
        "её",
        "их",
        "сам",
        "сама",
        "наш",
        "один",
        "одна",
        "другой",
        "другая",
        "некий",
        "который",
        "которая",
        "такой",
        "весь",
        "каждый",
        "последний",
        "данный",
        "многие",
        "мой",
        "свой",
        "первые",
    ]
)
"""Adjectives and the like that are no part of a role."""
_LONGEST = 110
_VAGUE = re.compile(
    r"\b(?P<what>(?:самого |этого )?(?:ведомств[ао]|регулятор[а]?|министерства|службы|спецслужбы|агентства|надзора|органа)|(?:этой |самой )?(?:компании|корпорации|платформы|соцсети|фирмы)|(?:этого |самого )?(?:мессенджера|сервиса|приложения))$"
)
_OF_SERVICE = re.compile(r"(?:мессенджера|сервиса|приложения|платформы|соцсети|компании|корпорации|фирмы)$")
_ALONE = re.compile(
    r"^(?:(?:первый|исполнительный|генеральный|бывший|официальный|новый) )?(?:глава|замглавы|директор|гендиректор|замдиректора|руководитель|замруководителя|представител(?:ь|ьница)|начальник|председатель|сопредседатель|зампред|"
    r"(?:первый )?заместитель(?: (?:председателя|главы|директора|руководителя|министра))?|член|сотрудни(?:к|ца)|секретарь|пресс-секретарь|партнёр|партнер|автор)$"
)
"""Offices that say nothing without what they are an office of."""
_NAMED_BEFORE = r"(?:депутат\w*|спикер\w*|член\w*) "
_PARLIAMENT = re.compile(rf"{_NAMED_BEFORE}$", re.IGNORECASE)

_LOWER = (
    r"(?:deputy|vice|assistant|acting|former|interim|prime|chief|first|senior|digital|interior|justice|communications?|telecom(?:munications)?|technology|transport|foreign|finance|defen[cs]e|education|health|"
    r"security|policy|public|privacy|legal|executive|press|rights|group|information|managing|general|opposition|government|presidential|human|country|company|regional)"
)
_ENGLISH = re.compile(
    rf"(?P<owner>(?:[Ii]ts|[Tt]heir|[Tt]he(?: [a-z]+){{1,2}}['’]s|(?:[A-Z][\w&.-]*|e[A-Z]\w+)(?: [A-Z][\w&.-]*){{0,3}}['’]s?)\s+)?"
    rf"(?P<role>(?:(?:[A-Z][\w&-]*|e[A-Z]\w+|{_LOWER})\s+){{0,5}}?{TITLE}(?:[- ](?:[Gg]eneral|[Ee]lect|[Oo]fficer))?"
    rf"(?:\s+(?:of|for|at)\s+(?:the\s+)?(?:[\w'’]+\s+){{0,4}}?[\w'’]+)?)\s+$"
)
_ENGLISH_BEHIND = re.compile(rf"(?:'s)?,\s*(?:who is )?(?P<role>[^,.]{{0,40}}\b{TITLE}\b[^,.]{{0,50}})[,.]")
_NO_OWNER = re.compile(
    r"^(?:On |In |At )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day |^(?:Earlier|Meanwhile|But|And|Later|While|As|Former) (?=[A-Z])"
)
_GENERIC = re.compile(
    r"^(?:head|chief|director|deputy|governor|deputy governor|deputy head|vice president|president|chairman|chairwoman|spokes\w+)$"
)
"""Lower-case offices that say nothing without their body."""


def role(seen: View, number: int, text: str, start: int, stop: int, earlier: Sequence[tuple[str, int, int]] = ()) -> str:
    """The role of the person named from `start` to `stop` in sentence `number`, in the nominative, or nothing; `earlier`: the persons named before."""
    if text[start:stop].isascii():
        return _english(seen, number, text, start, stop)
    found = before(text, start, earlier) or behind(text, stop)
    return _resolved(seen, number, text, start, found) if found else ""


def before(text: str, start: int, earlier: Sequence[tuple[str, int, int]] = ()) -> str:
    """The role that stands before a Russian name, in the nominative."""
    for _, first, last in earlier:
        if last <= start and text[last:start].strip() in ("и", ",", "а также"):
            return before(text, first, [row for row in earlier if row[1] < first])
    span = head(text, start)
    return _called(text[span:start]) if span is not None else ""


def head(text: str, start: int) -> int | None:
    """Where the role before a Russian name begins, or nothing."""
    masked = _QUOTED.sub(lambda match: f"{'_' * len(match[0])}", text[:start])
    bound = _BOUND.search(masked)
    at = bound.start() + 1 if bound else 0
    first = _first(text, masked, at, start)
    if first is None and bound and masked[bound.start()] == "," and _LISTED.match(masked[at:].lstrip()):
        wider = _BOUND.search(masked[: bound.start()])
        first = _first(text, masked, wider.start() + 1 if wider else 0, start)
    elif first is not None and bound and masked[bound.start()] in "—–" and not text[at:first].strip():
        joined = re.search(r"([\w-]+)\s+$", masked[: bound.start()])
        first = joined.start() if joined and _HEAD.fullmatch(joined[1]) else first
    return first


def _first(text: str, masked: str, at: int, start: int) -> int | None:
    """Where the first office between two places begins that nothing but its own complement follows, with its adjectives."""
    words = [(match.start() + at, match[0]) for match in _WORD.finditer(masked[at:start])]
    found: int | None = None
    for index, (_, word) in enumerate(words):
        if _HEAD.fullmatch(word) and (found is None) and _can_speak(word) and not _verb_behind(words[index + 1 :]):
            found = index
    if found is None or start - words[found][0] > _LONGEST:
        return None
    while found and (
        words[found - 1][1].lower() in _STAYS
        or (_adjective(words[found - 1][1]) and text[words[found - 1][0] :].find(",") != len(words[found - 1][1]))
    ):
        found -= 1
    return words[found][0]


def _can_speak(word: str) -> bool:
    """True if a word is an office in the nominative or, of one person, the genitive; not in the dative: «сообщил журналистам»."""
    nouns = called.nouns_of(word)
    return not nouns or any("nomn" in one.tag or ("sing" in one.tag and "gent" in one.tag) for one in nouns)


def _verb_behind(words: Sequence[tuple[int, str]]) -> bool:
    return any(word[:1].islower() and morphology().parse(word)[0].tag.POS in ("VERB", "GRND", "INFN", "PRED") for _, word in words)


def _adjective(word: str) -> bool:
    return word.lower() not in _NO_PART and called.is_adjective(word) and "Apro" not in morphology().parse(word.lower())[0].tag


def behind(text: str, stop: int) -> str:
    """The role that stands behind a Russian name between commas or in brackets, in the nominative."""
    after = re.match(r"(?:[^,.(]{0,40}?,\s*|\s*\()(?P<role>[а-яёА-ЯЁ][^,.()]{4,90})[,.)]", text[stop:])
    if after is None or re.match(r"\s+(?:и|а)\s", text[stop:]):
        return ""
    between = text[stop : stop + after.start("role")]
    if any(morphology().parse(word.lower())[0].tag.POS == "VERB" for word in re.findall(r"[а-яё]+", between)):
        return ""
    words = _WORD.findall(after["role"])
    for word in words[:4]:
        if _HEAD.fullmatch(word):
            return _called(after["role"])
        if not called.is_adjective(word):
            return ""
    return ""


def _called(words: str) -> str:
    """A role in the nominative; nothing if a verb stands in it, since then it is another's."""
    words = " ".join(words.split()).strip(" ,—–")
    if any(morphology().parse(word.lower())[0].tag.POS == "VERB" for word in re.findall(r"(?<![\w-])[а-яё]+(?![\w-])", words)):
        return ""
    return called.role(words)


def _resolved(seen: View, number: int, text: str, start: int, said: str) -> str:
    """A role with the body it points at by name; without «глава ведомства» where no one body can be meant."""
    vague = _VAGUE.search(said)
    if vague:
        name = service(seen, number, text[:start]) if _OF_SERVICE.search(vague["what"]) else _body(seen, number, text[:start])
        return f"{said[: vague.start()]}{name}" if name else ""
    if re.fullmatch(r"(?:со)?(?:основатель|создатель|учредитель|разработчик)", said):
        name = service(seen, number, text[:start])
        return f"{said} {name}" if name else said
    return "" if _ALONE.match(said) else said


def _body(seen: View, number: int, before: str) -> str:
    """The genitive of the authority that «ведомство» behind these words of a sentence means, or nothing."""
    return wording.genitive(_bodies(seen, number, before))


def _bodies(seen: View, number: int, before: str) -> str:
    named = {mention.name for mention in seen.regulators[number] if mention.stop <= len(before)} - {"Суд"}
    return next(iter(named)) if len(named) == 1 else "" if named else wording.antecedent(seen, number)


def service(seen: View, number: int, before: str) -> str:
    """The messenger that «мессенджер» behind these words of a sentence means: the only one of the sentence so far, or of the whole text."""
    named = {mention.name for mention in seen.messengers[number] if mention.stop <= len(before)}
    named = named or {mention.name for row in seen.messengers for mention in row}
    return next(iter(named)) if len(named) == 1 else ""


def _english(seen: View, number: int, text: str, start: int, stop: int) -> str:
    found = _ENGLISH.search(text[:start])
    if found:
        said, owner = _NO_OWNER.sub("", found["role"]), (found["owner"] or "").strip()
    else:
        named = _ENGLISH_BEHIND.match(text[stop:])
        if named is None:
            return ""
        match = re.match(r"(?P<owner>(?:the [a-z]+(?: [a-z]+)?['’]s|its|their) )?(?:the |a |an )?(?P<role>.+)$", named["role"])
        if match is None:
            return ""
        said, owner = match["role"], (match["owner"] or "").strip()
    if not owner:
        return said
    if re.match(r"its\b|their\b|the [a-z]", owner, re.IGNORECASE):
        name = _owner(seen, number, text[:start], owner)
        return f"{name} {said}" if name else "" if _GENERIC.match(said) else said
    return f"{owner} {said}"


def _owner(seen: View, number: int, before: str, owner: str) -> str:
    """The messenger or authority that «its» or «the agency's» means, as the text writes it; nothing where there is a choice."""
    service_like = re.search(r"app|messenger|service|platform|company|firm", owner)
    body_like = re.search(r"regulator|agency|watchdog|ministry|commission|authority|bank|department", owner)
    rows = [] if service_like else [(mention.name, mention.start, mention.stop) for mention in seen.regulators[number]]
    rows += [] if body_like else [(mention.name, mention.start, mention.stop) for mention in seen.messengers[number]]
    named = {
        name: text_at
        for name, first, text_at in ((name, first, seen.sentences[number].text[first:last]) for name, first, last in rows)
        if first < len(before)
    }
    if not named and (service_like or body_like):
        table = seen.messengers if service_like else seen.regulators
        named = {mention.name: seen.sentences[row].text[mention.start : mention.stop] for row in range(number) for mention in table[row]}
    if re.match(r"its\b|their\b", owner, re.IGNORECASE) and rows:
        first = min(rows, key=lambda row: row[1])
        return re.sub(r"^[Tt]he ", "", named.get(first[0], "")) if first[1] <= 24 else ""  # the subject of the sentence
    return re.sub(r"^[Tt]he ", "", next(iter(named.values()))) if len(named) == 1 else ""


def is_body(name: str) -> bool:
    """True if a name is an authority's or a messenger's."""
    folded = fold(name)
    return lexicon.regulators().hold(folded) or lexicon.messengers().hold(folded)
