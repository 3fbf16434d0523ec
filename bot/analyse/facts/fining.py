"""How far a penalty has come: reminded of, threatened, imposed, annulled."""

from __future__ import annotations

import re

from bot.analyse.facts import bygone
from bot.analyse.features import View

_IMPOSED = re.compile(
    r"оштрафова(?!ть)\w*|штраф\w* (?:\w+ ){0,2}(?:составил|назнач|налож)|(?:назнач|налож|получ|выпис)\w* (?:\w+ ){0,4}штраф|взыска(?!ть|ни)\w*|признал\w* винов|наказал|наказан|заплатит|уплат|взыщут"
    r"|обязан\w* (?:у|вы)платить|(?<!be )(?<!been )\bfined\b|\bfines (?!of )(?:\w+ ){1,3}[$€£\d]|court fines|impos|ordered to pay|upheld|penali[sz]ed|вступ\w+ в силу|в силе|took effect|in force"
)
"""A penalty imposed, or a rule that holds."""
_THREATENED = re.compile(
    r"грозит|грозят|пригрозил|(?:могут|может|хотят|предлож\w+) (?:быть )?(?:оштраф|штраф)|предупред\w* .{0,30}штраф|faces? (?:a )?(?:\w+ )?fines?|(?:could|may|might|would|to) be fined|risks? (?:a )?fines?|threat\w* .{0,30}fine"
)
_REMINDED = re.compile(r"(?:напомн|разъясн)\w* .{0,30}штраф|remind\w* .{0,40}fine")
_COURT = r"(?:суд\w*|вс|кассаци\w+|апелляци\w+|\w*инстанци\w+|коллеги\w+|court\w*|judges?|tribunal\w*|appeals? panel)"
_UNDID = r"(?:отменил[аои]?|аннулировал[аои]?|признал[аои]? (?:\w+ )?(?:незаконн\w+|недействительн\w+)|снял[аои]?|снимает|отменяет)"
_UNDONE = r"(?:отменен[аы]?|отменили|аннулирован[аы]?|аннулировали|признан[аы]? (?:незаконн|недействительн)\w+|снят[аы]?|сняли)"
_VOIDS = r"(?:overturn(?:s|ed)|annul(?:s|led)|quash(?:es|ed)|cancel(?:s|led|ed)|scrap(?:s|ped)|revers(?:es|ed)|void(?:s|ed)|nullif(?:ies|ied)|rescind(?:s|ed)|revok(?:es|ed)|str(?:ikes|uck) down|sets? aside|thr(?:ows|ew) out|toss(?:es|ed)(?: out)?|lift(?:s|ed))"
_VOIDED = (
    r"(?:overturned|annulled|quashed|cancell?ed|scrapped|reversed|voided|nullified|rescinded|revoked|struck down|set aside|thrown out)"
)
_ANNULLED = re.compile(
    rf"(?<!не ){_UNDID} (?P<gap>(?:\S+ ){{0,5}}?)(?:штраф(?:а|у|ом)?\b|взыскани[ея]\b|постановлени[ея] о (?:\w+ )?(?:штраф|взыскан|наказан))"
    rf"|{_COURT} (?:\S+ ){{0,4}}?(?<!не ){_UNDID} (?P<gap2>(?:\S+ ){{0,4}}?)штраф\w*"
    rf"|(?<!\w)штраф[аы]?(?P<gap3> (?:[^\s,;]+ ){{0,7}}?)(?:\w+ )?(?<!не ){_UNDONE}\b"
    rf"|(?<!to )(?<!not )\b{_VOIDS} (?P<gap4>(?:\S+ ){{0,6}}?)(?:fine|penalty)\b"
    rf"|{_COURT} (?:\S+ ){{0,3}}?{_VOIDS} (?P<gap5>(?:\S+ ){{0,6}}?)(?:fines|penalties)\b"
    rf"|\b(?:fine|penalty)(?P<gap6> (?:[^\s;]+ ){{0,8}}?)(?:is|was|were|has been|have been|gets?) {_VOIDED}"
    r"|\bwins? (?:\w+ )?(?:appeal|case|fight|battle) (?:against|over) (?P<gap7>(?:\S+ ){0,4}?)fine\b"
)
_ELSE = re.compile(
    r"отмене|снижени|прекращени|отказ|запрет|блокиров|ограничен|жалоб|апелляци|обжал|иск\b|\bно\b|\bи\b|\bчтобы\b|\bза\b.{0,40}\bкто|\bbut\b|\band\b|uphe?ld|upholds|appeal\b|\bban\b|block|suspension|restriction|\bbid\b|proposal|bill\b|reduc|increase|cut\b"
)
"""What is undone, if not the penalty."""
_IN_PART = re.compile(
    r"частичн|в части|снизил|сниж|уменьш|заменил|назначил нов|новый штраф|\bи (?:\w+ )?(?:назначил|оштрафовал)|partly|partially|in part\b|reduc|lower|replac|new fine|instead"
)


_HALTED = re.compile(
    r"\bсуд(?:ья|ом)?\b (?:[^\s,;]+ ){0,5}?приостанов(?:ил|ила|лен[оа]?)\b (?:[^\s,;]+ ){0,5}?(?:запрет|блокиров|решени|распоряжени|приказ|указ|закон|ограничени)"
    r"|\b(?:court|judge|justice|tribunal)\b (?:[^\s,;]+ ){0,4}?(?:suspend|halt|paus|stay|freez|froze)\w* (?:[^\s,;]+ ){0,5}?(?:directive|order|ban|block|decree|rule|law)\b"
)


def threatened(seen: View) -> str:
    """`planned` where an article only warns of a penalty, `statement` where it only reminds of one, empty where one is imposed."""
    top = [sentence.folded for sentence in seen.sentences[:7] if sentence.number < 2 or not bygone.reminds(sentence.folded)]
    if any(_IMPOSED.search(folded) for folded in top):
        return ""
    if any(_REMINDED.search(folded) for folded in top[:2]):
        return "statement"
    return "planned" if any(_THREATENED.search(folded) for folded in top) else ""


def annulled(seen: View) -> bool:
    """True if the title or the first sentence tells that a penalty was undone, as a whole: «суд отменил штраф», "court quashes fine"."""
    return any(_undone(sentence.folded) for sentence in seen.sentences[:2]) and not any(
        _IN_PART.search(sentence.folded) for sentence in seen.sentences[:2]
    )


def halted(seen: View) -> bool:
    """True if the title or the first sentence tells that a court suspended an order or a rule: «суд приостановил запрет», "court halts ban"."""
    return any(_HALTED.search(sentence.folded) for sentence in seen.sentences[:2])


def _undone(folded: str) -> bool:
    for match in _ANNULLED.finditer(folded):
        gap = " ".join(value for key, value in match.groupdict().items() if value)
        if not _ELSE.search(gap) and not bygone.earlier(folded[max(0, match.start() - 25) : match.start()]):
            return True
    return False
