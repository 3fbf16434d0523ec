"""Which fines of a messenger are one case, and which are two."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from bot.analyse.facts.amounts import amounts, currency
from bot.analyse.stories.likeness import moment
from bot.model import Measure, Reading, Stage

_ROUNDED = Decimal("0.05")
"""«11 млн» is 10.8 million."""
_ROUGH = Decimal("0.15")
"""«Более 10 млн» is 11 million."""
_MISREPORTED = 2
"""By how much, at most, one outlet's sum of a ruling is a multiple of another's."""
_ROUGHLY = re.compile(r"\b(?:более|больше|свыше|почти|около|порядка|more than|over|nearly|almost|about|some)\b", re.IGNORECASE)
_ONE_DAY = dt.timedelta(days=1)
_SEVERAL = re.compile(
    r"(?<!\w)(?:(?:дв(?:а|ух|умя)|три|тр[её]х|четыре|несколько|нескольких|оба|обоих|сраз\w) (?:\w+ )?(?:штраф|дел|протокол|постановлени)|штраф(?:ы|ов|ами|ам)(?!\w)|"
    r"(?:втор|трет|ещ[её] одн|друг)\w* (?:\w+ )?(?:штраф|протокол|дел[ауо](?!\w))|ещ[её] (?:на|один|одного|одним)|в тот же день|следом|отдельн\w* (?:протокол|дел))|"
    r"\b(?:(?:two|three|four|several|both|multiple|separate) (?:\w+ )?(?:fines|cases|rulings|penalties)|fines\b(?= (?:of|total))|(?:second|third|another|further|separate) (?:\w+ )?(?:fine|case|ruling|penalty)|"
    r"another [\d$€£]|(?:on the )?same day|separately)",
    re.IGNORECASE,
)
"""That there is more than one case."""
_OFFENCES = {
    "kept": re.compile(
        r"(?<!\w)(?:не ?удал|отказ\w* удал|неудален|неудалён|запрещ[её]нн\w+ (?:контент|материал|информаци)|противоправн)|remov|delet|take down|banned content",
        re.IGNORECASE,
    ),
    "data": re.compile(
        r"локализ|хран\w+ (?:персональн\w+ )?данн|(?:баз\w*|данн\w+) (?:росси|пользовател)|locali[sz]|stor\w+ (?:\w+ ){0,3}data|data (?:storage|of russian)",
        re.IGNORECASE,
    ),
    "landing": re.compile(r"представительств|приземлени|филиал|local office|representative office|landing law", re.IGNORECASE),
    "register": re.compile(r"реестр|организатор\w* распространени|register|registry", re.IGNORECASE),
    "advert": re.compile(r"реклам|advert", re.IGNORECASE),
}
"""What a messenger is fined for."""
_ARTICLE = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d)?")
"""An article of the code of offences."""
_PART = re.compile(r"ч(?:\.|аст\w+) ?(\d)", re.IGNORECASE)


def fined_apart(a: Reading, b: Reading) -> bool:
    """True if two readings tell fines of different messengers, or of one messenger and different sums in the same money.

    Rounding aside, two sums are two fines, unless they are `disputed`.
    """
    if not (_fined(a) and _fined(b)):
        return False
    if set(a.facts.messengers).isdisjoint(b.facts.messengers):
        return bool(a.facts.messengers and b.facts.messengers)
    first, second = ([(currency(said), sum_) for said in reading.facts.penalties for sum_ in amounts(said)] for reading in (a, b))
    rough = any(_ROUGHLY.search(said) for reading in (a, b) for said in reading.facts.penalties)
    return (
        bool(first and second)
        and {money for money, _ in first} == {money for money, _ in second}
        and not any(abs(one - other) <= (_ROUGH if rough else _ROUNDED) * max(one, other) for _, one in first for _, other in second)
        and not disputed(a, b)
    )


def disputed(a: Reading, b: Reading) -> bool:
    """True if two readings give two sums for what may be one ruling: of one messenger, court and article of the code, told within a day, and as one case."""
    when = [moment(reading) for reading in (a, b)]
    if not (_fined(a) and _fined(b) and when[0] and when[1] and abs(when[0] - when[1]) <= _ONE_DAY):
        return False
    f, g = a.facts, b.facts
    sums = [[sum_ for said in facts.penalties for sum_ in amounts(said)] for facts in (f, g)]
    if [len(found) for found in sums] != [1, 1] or not max(sums)[0] <= _MISREPORTED * min(sums)[0]:
        return False
    if (
        sums[0] == sums[1]
        or currency(f.penalties[0]) != currency(g.penalties[0])
        or set(f.messengers) != set(g.messengers)
        or not f.messengers
    ):
        return False
    if f.regulators and g.regulators and set(f.regulators).isdisjoint(g.regulators):
        return False
    told = ["\n".join((reading.title, *reading.sentences)) for reading in (a, b)]
    offences = [{name for name, form in _OFFENCES.items() if form.search(text)} for text in told]
    one_offence = bool(offences[0] & offences[1]) or not all(offences)
    return one_offence and _one_article(f.documents, g.documents) and not any(map(_SEVERAL.search, told))


def _fined(reading: Reading) -> bool:
    return reading.facts.measure is Measure.FINE and reading.facts.stage is Stage.ACTIVE


def _one_article(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True unless both name articles, or parts, of the code that differ."""
    for named in (_ARTICLE, _PART):
        first, second = ({match for document in documents for match in named.findall(document)} for documents in (a, b))
        if first and second and first.isdisjoint(second):
            return False
    return True
