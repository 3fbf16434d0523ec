"""What a sentence tells of the past as background: an earlier fine, a decision of another month."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS_RU: Final = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_MONTHS_EN: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"
)  # fmt: skip
_MONTH: Final = re.compile(
    rf"(?<!\w)(?:в (?P<ru>{'|'.join(_MONTHS_RU)})[а-я]{{0,2}}|\d{{1,2}} (?P<day>{'|'.join(_MONTHS_RU)})[а-я]{{1,2}}"
    rf"|in (?:early |late |mid-)?(?P<en>{'|'.join(_MONTHS_EN)})|on (?P<on>{'|'.join(_MONTHS_EN)}) \d{{1,2}})\b(?:,? (?:of )?(?P<year>20\d\d))?"
)
_YEAR: Final = re.compile(r"(?<!\w)(?:в|in|back in) (?P<year>20\d\d)(?: году)?\b")
_AGO: Final = re.compile(
    r"\bранее\b|\bраньше\b|\bпрежде\b|до этого|до того\b|в прошл\w+ (?:год|месяц|раз)|(?:год|годом|месяц\w*|недел\w+|лет|дн\w+) (?:назад|ранее)"
    r"|(?:прошлой|этой|минувшей) (?:весной|осенью|зимой)|(?:прошлым|этим|минувшим) летом|\bуже (?:был\w* )?(?:оштраф|наказ|штраф|назнач|получ)|не раз (?:штраф|оштраф|наказ)|неоднократно (?:штраф|оштраф|наказ)"
    r"|предыдущ\w+ (?:штраф|раз|решени)|первый штраф|впервые .{0,30} (?:в|ещ[её] в) "
    r"|\bpreviously\b|\bearlier (?:this|in|fin|on)|\b(?:was|were|been|had) earlier\b|\bearlier, |\b(?:year|month|week|day)s? (?:ago|earlier|before)\b"
    r"|\blast (?:year|month|spring|summer|autumn|fall|winter)\b|\bhad (?:already |also )?(?:been )?fined|\balready (?:been )?fined|\bhas (?:also )?been fined|previous (?:fine|penalt|ruling)|\bprior (?:fine|penalt)|\bfirst fined"
)
_REMINDS: Final = re.compile(r"^\W*(?:(?:как )?(?:ранее|напомн\w+|сообщалось|прежде|до этого|earlier|previously|recall|as a reminder)\b)")
_DONE: Final = re.compile(
    r"оштрафова(?:л|н)|назначил|назначен|наложил|наложен|взыскал|взыскан|выписал|наказал|наказан|получил|присудил|\bfined\b|imposed|ordered|penali[sz]ed|slapped"
)
_JUST_BEFORE: Final = re.compile(
    r"\bранее\b|\bраньше\b|\bпрежде\b|до этого|неоднократно|до сих пор|\bхотя\b|после того|\bspite\b|despite|although|\bpreviously\b|\bearlier\b|\bhad\b|\bafter\b|repeatedly|\bnever\b"
)


def reminds(folded: str) -> bool:
    """True if a sentence begins as a reminder: all it tells is background."""
    return _REMINDS.match(folded) is not None


def bygone(folded: str, published: dt.date | None) -> bool:
    """True if a clause tells of what was done before the news: «ранее», "last year", a month or a year other than that of publication.

    Without a day of publication any month named of something done is another one.
    """
    if _AGO.search(folded):
        return True
    return _DONE.search(folded) is not None and any(
        _other_time(match, published) for form in (_MONTH, _YEAR) for match in form.finditer(folded)
    )


def _other_time(match: re.Match[str], published: dt.date | None) -> bool:
    if published is None:
        return True
    told = match.groupdict()
    if told["year"] and int(told["year"]) != published.year:
        return True
    russian, english = told.get("ru") or told.get("day"), told.get("en") or told.get("on")
    month = _MONTHS_RU.index(russian) + 1 if russian else _MONTHS_EN.index(english) + 1 if english else published.month
    return month != published.month


def earlier(before: str) -> bool:
    """True if the few words before a deed put it before the news, or say that it was done in spite of it."""
    return _JUST_BEFORE.search(before) is not None
