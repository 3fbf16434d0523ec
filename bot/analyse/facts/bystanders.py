"""Authorities that an article names though they do not act in it: silent, told, sued, bound, or only keeping a register."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.analyse.features import View
from bot.analyse.language.lexicon import Mention

CHAMBERS = ("Госдума", "Совет Федерации")

_SILENT = re.compile(
    r"не (?:ответил\w*|отвечал\w*|прокомментировал\w*|комментиру\w+|стал\w* (?:комментировать|отвечать))|отказал\w* (?:от комментари|комментировать|отвечать)|"
    r"воздержал\w* от коммент|без (?:ответа|комментари)|(?:did|does|has|have) not (?:immediately )?(?:respond|repl|comment|answer)\w*|declined to (?:comment|answer)|"
    r"no comment|unavailable for comment"
)
_GIVEN = re.compile(
    r"(?:поручил[аи]?|поручени\w+|поруча\w+|обязал[аи]?|предложил[аи]?|рекомендовал[аи]?|потребовал[аи]? от|призвал[аи]?|"
    r"instruct(?:ed|s)?|order(?:ed|s)?|told|asked|urg(?:ed|es)) (?:\S+ ){0,2}$"
)
_NO_BILL = re.compile(
    r"законопроект\w* (?:пока |ещ[её] )?(?:нет|не )|(?:проект|документ)\w*(?: с \w+ \w+)? (?:пока |ещ[её] )?(?:нет\b|не (?:готов|внес|подготов|существ))|не внес|"
    r"не (?:обсужда|знаком)\w+|(?:лишь|только) идея|ещ[её] не готов|подготовлен ли|no (?:such )?bill|bill (?:has )?not|not (?:yet )?(?:been )?(?:introduced|drafted)|"
    r"письменных предложений нет"
)
"""A deputy's idea, with no draft behind it, is no word of the chamber."""
_REGISTER = re.compile(r"(?:реестр\w*|перечн\w*|список|списк\w+|учет\w*|регистраци\w+|regist\w+|list)(?: \S+){0,2} (?:в |у |of |with )?$")
_KEEPS = re.compile(r" (?:ведет|вел|уже вел|keeps|maintains) ?(?:\w+ )?(?:реестр|перечень|список|regist|list)|ведет ?$")
_DEFENDANT = re.compile(r"(?:\bиск\w*|\bжалоб\w*|заявлени\w+|lawsuit|complaint|sue[sd]?)(?: \S+){0,4} (?:к|на|против|against) (?:\S+ и )?$")
_PASSED = re.compile(r"прин(?:ял|ят)|одобр|pass|approv|adopt")
_DAY = re.compile(r"\b\d{1,2}(?:-го)?(?: (?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*)?\b")

_COURTS = re.compile(r"суд(?:ы|ам|ов|ами|ах)|courts")
_INSTITUTION = (
    r"(?:министерств|ведомств|госорган|\w*орган[аоы]|прокуратур|школ|больниц|поликлиник|вуз|университет|банк|учреждени|полици|нотариус|пристав|налогов|"
    r"администраци|чиновник|госслуж|муниципал|ministr|agenc|schools|hospitals|banks|prosecutor|police|officials|universit|bailiffs)"
)
_AMONG = re.compile(rf"{_INSTITUTION}\w*(?: \w+)?(?:,| и| или| and| or)(?: \w+)? $")
_AND = re.compile(rf"(?:,| и| или| and| or)(?: \w+)? {_INSTITUTION}")
_DUTY = re.compile(
    r"обя[зж]|должн|запре[тщ]|нельзя|пере(?:й|вед|вест|еха|ход)|распростран|касает|коснет|must|have to|required|ban|move to|switch"
)
_MUST = re.compile(r"обя[зж]\w+ (?:\w+ )?$")
_BOUND = re.compile(r" (?:тоже |также )?(?:обязаны|должны|обяжут|перевед|перейд|перешли|must|have to)")


def bystander(seen: View, name: str, stage: str) -> bool:
    """True if an authority certainly does not act: wherever it is named, it is silent, told what to do, sued, bound, or was there before; the Union where its Commission acts."""
    hits = [(row.folded, mention) for row in seen.sentences for mention in seen.regulators[row.number] if mention.name == name]
    first = min(row.number for row in seen.sentences if any(mention.name == name for mention in seen.regulators[row.number]))
    return (
        (name == "Суд" and _bound(hits))
        or _all(hits, lambda before, after: bool(_SILENT.search(before[-30:]) or _SILENT.search(after)))
        or _all(hits, lambda before, after: bool(_REGISTER.search(before) or _KEEPS.match(after)))
        or _all(hits, lambda before, _: bool(_GIVEN.search(before)))
        or _all(hits, lambda before, _: bool(_DEFENDANT.search(before)))
        or (name == "Евросоюз" and any(mention.name == "Европейская комиссия" for row in seen.regulators[:4] for mention in row))
        or (name in CHAMBERS and any(_NO_BILL.search(row.folded) for row in seen.sentences))
        or (name in CHAMBERS and stage == "adopted" and first > 0 and _others(seen, name) and _all(hits, _passed_it))
    )


def _others(seen: View, name: str) -> bool:
    return any(mention.name != name for row in seen.regulators for mention in row)


def _passed_it(before: str, after: str) -> bool:
    """True if a chamber passed on a day named what another body now signs or approves."""
    return bool(_PASSED.search(before[-40:] + after)) and bool(_DAY.search(before[-20:] + after))


def _all(hits: Sequence[tuple[str, Mention]], holds: Callable[[str, str], bool]) -> bool:
    """True if what stands before and after each mention within its sentence is as asked."""
    return all(
        holds(folded[max(0, mention.start - 100) : mention.start], folded[mention.stop : mention.stop + 60]) for folded, mention in hits
    )


def _bound(hits: Sequence[tuple[str, Mention]]) -> bool:
    """True if courts are named only among those whom the measure touches: «министерства, суды и школы обязаны»."""
    return all(
        _COURTS.fullmatch(folded[mention.start : mention.stop])
        and _DUTY.search(folded)
        and (
            _AMONG.search(folded[: mention.start])
            or _AND.match(folded[mention.stop :])
            or _MUST.search(folded[: mention.start])
            or _BOUND.match(folded[mention.stop :])
        )
        for folded, mention in hits
    )
