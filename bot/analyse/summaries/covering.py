"""The one to three sentences that together cover what a story's articles agree on, none repeating the headline or another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse.facts import dates
from bot.analyse.features import ACTIONS, MEASURE_CUES
from bot.analyse.language import echo, lexicon
from bot.analyse.language.clean import alone, sentence_end
from bot.analyse.language.lexicon import fold
from bot.analyse.language.terms import rare
from bot.analyse.language.text import WORD, lemmas
from bot.analyse.stories.likeness import moment
from bot.model import Facts, Reading, SummarySentence

LIMIT = 300
"""Characters of a sentence at most."""
MOST = 3
LOOKED_AT = 24
"""Articles of a story whose sentences are looked at."""
COMPARED = 10
"""Articles that are asked whether they say a sentence too."""
_COPY = 0.85
"""The share of a sentence that the headline may hold before it is the headline again."""
_NEW = 0.5
"""The share of a sentence that must be new beside what was told."""
_SAME = 0.42
"""The share of an act that was told before, days and numbers aside, from which on it is the same act in other words."""
_AGREED = 0.25
"""How much of what is new in it the other articles must say too, where there are several."""
_ASIDE = 0.5
"""From this on a sentence stands beside the event."""
_RIDDLE = re.compile(
    r"\b(?:прокомментировал|ответил|высказал|объяснил|уточнил|назвал)\w* (?:слух|сообщени|услови|кому|как|почему|подробност)"
    r"|^(?:плох|хорош|печальн|важн)\w+ новост|\bскоро стан|\bждет сюрприз|\bвот что\b|что известно"
    r"|(?<![«\w])(?:наш|мы|нам|нас)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:напротив|при этом|впрочем|зато|а также|в свою очередь|тем временем)\b|\b(?:in turn|by contrast)\b")
_THE = re.compile(
    r"(?:Закон(?:опроект)?|Запрет|Проект|Ограничени[ея]|Требовани[ея]|Норм[аы]|Мер[аы]|Законопроект|Постановлени[ея]|Приказ)\b(?= [а-яё])"
)
"""What is called by its kind: it can follow what names it, but begin nothing."""
_WHY = re.compile(
    r"из-за|за (?:отказ|наруш|неуда|невыполн|неисполн|повтор)|чтобы|причин|объясн|ссылаясь|обвин|поскольку|потому что|\bfor (?:failing|violating|not|refus)|because|citing|accus|alleg|to (?:fight|curb|counter|protect|stop)"
)
_SIDE = ("earlier", "poll", "numbers", "market", "promo", "outage", "vpn", "durov")
"""Cues of what stands beside the event."""
_YEAR = re.compile(r"(?<![\d№-])(20[0-3]\d|19\d\d)(?!\d|-фз)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SLACK = dt.timedelta(days=3)
"""An event is told within these days; what a sentence dates before them is background."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be told, its words, what of the story's facts it names, and how far it stands beside the event."""

    text: str
    reading: Reading
    rank: int
    words: tuple[str, ...]
    points: frozenset[str]
    aside: float
    core: frozenset[str]
    """Its words without the days and numbers."""
    needs: str
    """The beginning of a word that must have been told before: «Запрет» after «запретить»."""


def cover(told: Sequence[Reading], language: str, headline: str, facts: Facts) -> tuple[SummarySentence, ...]:
    """The sentences in `language` for a story that `told` tell, at least one; `facts` are the story's."""
    own = looked_at([reading for reading in told if reading.language == language])
    found = _sentences(own, facts, _since(told))
    if not any(not item.needs for item in found):
        first = own[0]
        return (
            SummarySentence(text=sentence_end(first.summary or headline), article_id=first.article_id, source=first.summary or first.title),
        )
    others = [(reading, echo.said(_words(reading))) for reading in (*own, *(one for one in told if one.language != language))[:COMPARED]]
    agreed = {item.text: _agreement(item, others) for item in found}
    named = echo.said(lemmas(fold(headline)))
    telling = [item for item in found if echo.share(echo.held(item.words, named)) < _COPY]
    free = [item for item in found if not item.needs]
    starting = [item for item in free if item in telling and {"measure", "act", "messenger"} & item.points and item.aside < _ASIDE] or free
    chosen = [max(starting, key=lambda item: (_first(item, agreed[item.text]), item.text))]
    while len(chosen) < (2 if len(told) == 1 else MOST):
        known = echo.said([*lemmas(fold(headline)), *(word for item in chosen for word in item.words)])
        worths = [
            (worth, item.text, item)
            for item in telling
            if item not in chosen and (worth := _next(item, agreed[item.text], known, chosen, len(told))) > 0
        ]
        if not worths:
            break
        chosen.append(max(worths)[2])
    return tuple(SummarySentence(text=item.text, article_id=item.reading.article_id, source=_origin(item)) for item in chosen)


def looked_at(own: Sequence[Reading]) -> Sequence[Reading]:
    """The articles that are looked at: of very many the first and the newest, so that a story's cost does not grow with its reprints."""
    return own if len(own) <= LOOKED_AT else [*own[: LOOKED_AT // 2], *own[-LOOKED_AT // 2 :]]


def _since(told: Sequence[Reading]) -> dt.date | None:
    """From when on the event can be dated."""
    times = [when for reading in told if (when := moment(reading)) is not None]
    return min(times).date() - _SLACK if times else None


def _words(reading: Reading) -> list[str]:
    """The words of an article: those of its terms that are words."""
    return [term.lstrip("^") for term in reading.terms if term[0] not in "=@#~$%|"]


def _sentences(own: Sequence[Reading], facts: Facts, since: dt.date | None) -> list[_Sentence]:
    found: dict[str, _Sentence] = {}
    for reading in own:
        for rank, sentence in enumerate((reading.summary, *reading.sentences)):
            text = sentence_end(sentence)
            if ". " in text[:-1] and rank == 0:
                continue  # a join of two sentences: each of them is judged for itself
            needs = _THE.match(text)
            bare = text[needs.end() :] if needs else text
            if len(text) <= LIMIT and alone(bare) and len(WORD.findall(text)) >= 5 and not text.endswith("?") and _whole(text):
                found.setdefault(text, _sentence(text, reading, rank, facts, since, needs[0][:5].lower() if needs else ""))
    return list(found.values())


def _whole(text: str) -> bool:
    """True if no quotation is cut."""
    return text.count('"') % 2 == 0 and text.count("«") == text.count("»") and text.count("“") == text.count("”")


def _sentence(text: str, reading: Reading, rank: int, facts: Facts, since: dt.date | None, needs: str) -> _Sentence:
    folded = fold(text)
    cues = lexicon.cues().present(folded)
    points = {f"#{number}" for number in _NUMBER.findall(folded) if not _YEAR.fullmatch(number)} | {
        mention.name for mention in lexicon.regulators().find(folded)
    } & set(facts.regulators)
    if facts.measure is not None and cues & set(MEASURE_CUES[facts.measure]):
        points.add("measure")
    if cues & frozenset(ACTIONS):
        points.add("act")
    if _WHY.search(folded):
        points.add("why")
    messengers = {mention.name for mention in lexicon.messengers().find(folded)}
    if messengers & set(facts.messengers) or (not messengers and lexicon.generic().present(folded)):
        points.add("messenger")
    acts = bool(points & {"act", *facts.regulators})
    aside = (0.3 if acts else 0.5) * len(cues & frozenset(_SIDE))
    aside += (0.2 if acts else 0.4) * ("messenger" not in points and not lexicon.generic().present(folded))
    aside += 0.8 * _before(folded, reading, since, facts) + 0.4 * bool(_RIDDLE.search(text)) + 0.3 * bool(_CONTRAST.search(folded))
    return _Sentence(text, reading, rank, tuple(lemmas(folded)), frozenset(points), aside, _core(folded), needs)


def _core(folded: str) -> frozenset[str]:
    """The words of a sentence without its days and numbers: another day makes no other act."""
    for date in dates.dates(folded, dt.date(2000, 1, 1)):
        folded = folded[: date.start] + " " * (date.stop - date.start) + folded[date.stop :]
    return frozenset(lemmas(_NUMBER.sub(" ", folded)))


def _before(folded: str, reading: Reading, since: dt.date | None, facts: Facts) -> bool:
    """True if a sentence dates what it says before the event: it tells how it came to it."""
    if since is None:
        return False
    when = moment(reading)
    found = dates.dates(folded, when.date() if when else since)
    days = [date.value for date in found if len(date.value) in (7, 10)]
    if any(day == facts.effective_date or (facts.effective_date or "").startswith(day) for day in days):
        return False
    if days:
        return all(day < since.isoformat()[: len(day)] for day in days)
    years = [int(year) for year in _YEAR.findall(folded)]
    return bool(years) and max(years) < since.year


def _agreement(item: _Sentence, others: Sequence[tuple[Reading, echo.Said]]) -> dict[str, float]:
    """For each word of a sentence the share of the other articles that say it."""
    asked = [told for reading, told in others if reading.article_id != item.reading.article_id]
    if not asked:
        return {}
    rows = [echo.held(item.words, told) for told in asked]
    return {word: sum(row[word] for row in rows) / len(rows) for word in rows[0]}


def _first(item: _Sentence, agreed: dict[str, float]) -> float:
    """What the first sentence is worth: it tells the event itself, its actor and its object, as most tell it."""
    weight = sum(rare(word) for word in item.words) or 1.0
    value = sum(rare(word) * share for word, share in agreed.items()) / (8 + weight) ** 0.65 if agreed else 0.0
    value += (
        0.2 * ("measure" in item.points)
        + 0.15 * bool(item.points & set(item.reading.facts.regulators))
        + 0.15 * ("messenger" in item.points)
    )
    value += 0.25 * (item.rank == 0) + 0.15 * (item.rank == 1) + 0.1 * item.reading.official
    value += 0.3 * ("why" in item.points)
    return value - item.aside - 0.1 * (len(item.text) > 220)


def _next(item: _Sentence, agreed: dict[str, float], told: echo.Said, chosen: Sequence[_Sentence], count: int) -> float:
    """What one more sentence is worth beside those told: how much new it says that other articles say too; 0 if too little."""
    known = echo.held(item.words, told)
    fresh = {word: 1 - value for word, value in known.items()}
    total = sum(rare(word) for word in known)
    new = sum(rare(word) * value for word, value in fresh.items())
    before = frozenset().union(*(other.points for other in chosen))
    points = item.points - before
    again = bool(item.points & before & {"measure", "act"}) and not any(point == "why" or point[0] == "#" for point in points)
    acted = sum(rare(word) for word in item.core) or 1.0
    again |= (
        bool(item.points & before & {"measure", "act"}) and sum(rare(word) * known.get(word, 0.0) for word in item.core) >= _SAME * acted
    )
    if not total or again or new < _NEW * total or not (points or count > 1) or item.aside >= _ASIDE:
        return 0.0
    if item.needs and item.needs not in told.stems:
        return 0.0
    shared = sum(rare(word) * value * agreed.get(word, 0.0) for word, value in fresh.items()) / new if agreed else _AGREED
    if count > 2 and shared < _AGREED:
        return 0.0
    return max(
        0.01,
        shared * new / total + 0.05 * len(points) + 0.1 * ("why" in points) - item.aside - 0.03 * item.rank - 0.1 * (len(item.text) > 220),
    )


def _origin(item: _Sentence) -> str:
    """The sentence as it stands in the article."""
    return next((row.sentence for row in item.reading.evidence if row.field == "summary" and row.value == item.text), item.text)
