"""What is done in a sentence: the deeds by kind, whether they are done, to come, thought of or denied."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse.language import lexicon
from bot.analyse.language.text import WORD, lemma, stopwords
from bot.analyse.verify.acting import roles
from bot.analyse.verify.actors import Name, listed, tags

DONE, NOW, NOUN, WILL, MAY = "done", "now", "noun", "will", "may"
"""How far a deed is: past, present, named without being told of, to come, only thought of."""
_NOT = re.compile(
    r"(?<!\w)(?:не|ни|нет|not|never|no|cannot|nor|\w+n't|опроверг\w*|отверг\w*|отклон\w*|отказ\w*|refus\w+|den(?:y|ies|ied)|reject\w*|declin\w+|rul(?:es|ed) out|против|against)(?!\w)"
    r"(?! (?:только|лишь|исключ\w+|менее|более|меньше|больше|позднее|позже|ранее|раньше|просто|сразу|only|less|more|later|rule out|ruled out))"
)
"""What turns the next deed round."""
_WITHOUT = re.compile(r"(?<!\w)(?:без|without)(?: \w+)? $")
_NOT_AFTER = re.compile(
    r"(?: \S+){0,6} (?:не|not|won't) (?:be )?(?:планир|буд|гроз|предусм|рассматр|обсужда|ввод|намеч|ожида|предполаг|ид[её]т|косн|кас|послед|plan|expect|consider|follow|propos|appl|introduc)"
)
"""After a noun that is told not to be: «штрафов закон не предусматривает»."""
_UNREAL = re.compile(
    r"(?<!\w)(?:предлож\w*|предлаг\w*|план\w*|намер\w*|хоч\w+|хот(?:ят|ел\w*|им)|собира\w*|готов\w*|подготов\w*|мо(?:г|гу|жет|жно|гла|гло|гли|гут)|смо(?:жет|гут)|возмож\w*|вероят\w*|рассм\w+|обсу\w+|законопроект\w*|проект\w*|инициатив\w*|прос(?:ит|ят|ил\w*)|попрос\w*|призв\w+|призыв\w*|потреб\w+|треб\w+|груз\w+|гроз\w+|пригроз\w*|предупре\w+|угро\w+|если|случае|бы|якобы|слух\w*|поруч\w*|распоряд\w*|велел\w*|предпис\w*|обяз\w+|обяж\w+|допуска\w*|допустил\w*|исключ\w+|ожида\w*|риск\w*|чтобы|ради|для|обвин\w+|подозр\w+|заподозр\w*|долж\w+|нужно|может|намек\w*|совет\w+|рекоменд\w*|против|выступ\w+|поддерж\w*|критик\w*|раскритик\w*"
    r"|propos\w*|plan\w*|may|might|could|would|should|want\w*|consider\w*|intend\w*|draft\w*|bills?|call\w* for|urg\w+|demand\w*|threat\w*|if|unless|seek\w*|sought|expect\w*|likely|possibl\w+|alleg\w+|reportedly|rumou?r\w*|risk\w*|fac(?:e|es|ed|ing)|warn\w*|order\w*|direct\w*|told|ask\w*|requir\w*|accus\w+|suspect\w*|mull\w*|weigh\w*|can|must|prepar\w*|against|talks?|power\w*|support\w*|backs?|backed|oppos\w+|critici\w+|calls?)(?!\w)"
)
"""What makes what stands after it a thought, not a deed."""
_UNREAL_ANYWHERE = re.compile(
    r"(?<!\w)(?:бы|если|чтобы|якобы|мо(?:г|жет|гла|гло|гли|гут)(?= быть| \w+ть)|возможно|вероятно|предположительно|по слухам|по законопроекту|согласно (?:законо)?проекту|allegedly|reportedly|could|may|might|would|should|possibly|probably|if|unless)(?!\w)"
)
_UNREAL_AFTER = re.compile(
    r"(?: \S+){0,3} (?:планир|предлаг|предлож|мо(?:жет|гут)\b|хот(?:ят|ел)|хоч|намер|обсужда|рассматр|возмож|may\b|could\b|might\b|(?:is|are|was|were) (?:planned|proposed|considered|discussed))"
)
_BILL = re.compile(r"(?<!\w)(?:законопроект|проект|инициатива|поправк[аи]|(?:the |a )?(?:draft|bill|proposal)(?: law| bill)?)(?!\w)")
_BEGUN = re.compile(
    r"(?<!\w)(?:нача\w+|начина\w+|продолж(?:ил|а)\w+|удал\w+|смог(?:ла|ло|ли)?|стал[аио]?|began|begun|start(?:s|ed)|continu(?:es|ed)|manag(?:es|ed)) (?:\S+ ){0,3}$"
)
_BEGUN_AFTER = re.compile(r"^(?: \S+){0,6} (?:нача(?:л|ла|ло|ли)|продолж(?:ил|ила|ило|или|ает))(?!\w)")
_VOTED = re.compile(r"(?<!\w)voted (?:\S+ ){0,6}to $")
_PROMISED = re.compile(r"(?:^|(?:said|says|promised|vowed|announced)(?: that)?) (?:\S+ ){1,5}would (?:\w+ly )?(?:not )?$")
_COMING = re.compile(r"(?<!\w)(?:буд[еу]т|станут|станет|will|shall|won't|(?:is|are|was) (?:set|due|going|about) to|'ll)(?!\w)")
_AUXILIARY = re.compile(r"(?<!\w)(?:will|would|may|might|could|can|should|must|cannot|won't|didn't|doesn't|don't|did|does|do) (?:not )?$")
_BE = re.compile(r"(?<!\w)(?:be|been|being|is|are|was|were|gets?|got) (?:\w+ly )?(?:not )?(?:\w+ly )?$")
_TO = re.compile(
    r"(?<!\w)(?:to|will|would|may|might|could|can|should|must|shall|not|won't|cannot|didn't|doesn't|don't|did|does|do) (?:\w+ly )?(?:not )?$"
)
_IRREGULAR = "left quit kept lost won sold gave got met led paid told took sought upheld barred fell rose grew shut cut said wrote taken came went entered unpaid forbade forbidden withdrew"
_MOST = 24
"""Deeds of a sentence that are looked at."""
Mark = tuple[int, int, str, str]
"""Where a deed begins and ends in its folded sentence, its kind and its word."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done, or may be, or is not; agents and patients are names of the same clause."""

    kind: str
    word: str
    start: int
    no: bool
    level: str
    agents: frozenset[str]
    patients: frozenset[str]
    named: bool
    """It is named by a noun, or by an English word that may be one."""


@functools.cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, lexicon.union(list(forms))) for kind, forms in lexicon.table("verify")["deeds"].items())


def like(kind: str) -> frozenset[str]:
    """The kinds as which sources may tell of a deed of a kind."""
    return frozenset([kind, *str(lexicon.table("verify")["deeds_like"].get(kind, "")).split()])


def marks(folded: str, named: Sequence[Name]) -> list[Mark]:
    """The words of a sentence that tell of something done: where they stand, of which kind; a verb of no kind is its own."""
    found: list[Mark] = []
    taken = [(name.start, name.stop) for name in named if name.kind != "w"]
    for match in WORD.finditer(folded):
        if any(start <= match.start() < stop for start, stop in taken):
            continue
        word = match[0]
        for kind, form in _kinds():
            hit = form.match(folded, match.start())
            if hit:
                if kind != "none":
                    found.append((match.start(), hit.end(), kind, word))
                taken.append((match.start(), max(hit.end(), match.end())))
                break
        else:
            if {word, lemma(word)} & listed("plain"):
                continue
            if _verb(word, folded[max(0, match.start() - 24) : match.start()]):
                found.append((match.start(), match.end(), f"={lemma(word)}", word))
    return found[:_MOST]


def _verb(word: str, before: str) -> bool:
    """True if a word of no kind is a verb, as far as its form and what stands before it tell."""
    if word.isascii():
        return (
            len(word) > 2 and word not in stopwords() and ((word.endswith("ed") and len(word) > 4) or _AUXILIARY.search(before) is not None)
        )
    return tags(word)[0] in ("VERB", "INFN", "PRTS", "GRND") and len(word) > 3


def form_of(word: str, before: str) -> str:
    """The form of a deed's word: `past`, `now`, `will`, `to`, `passive`, `noun`."""
    if word.isascii():
        if word.endswith("ed") or word in _IRREGULAR.split():
            return "passive" if _BE.search(before) else "past"
        return "to" if _TO.search(before) else "noun"
    pos, grammemes = tags(word)
    if pos == "PRTS":
        return "passive"
    if pos == "INFN":
        return "to"
    if pos == "VERB":
        return "past" if "past" in grammemes else "will" if "futr" in grammemes else "now"
    if pos in ("GRND", "PRTF"):
        return "now"
    return "noun"


def deed(folded: str, start: int, stop: int, mark: Mark, names: Sequence[Name]) -> Deed:
    at, end, kind, word = mark
    before = folded[start:at]
    form = form_of(word, before)
    level = _level(before, folded[end:stop], form)
    if level == MAY and kind in ("adopt", "reject") and _VOTED.search(before):
        level = DONE
    agents, patients = roles(folded, start, mark, form, names)
    return Deed(
        kind,
        word,
        at,
        _denied(before, folded[end:stop], word, form),
        level,
        agents,
        patients,
        form == "noun",
    )


def _denied(before: str, after: str, word: str, form: str) -> bool:
    """True if what stands before a deed in its clause turns it round, with no other deed between; twice is not at all."""
    turned = word.startswith(("неудал", "невыпол", "неиспол", "несоблюд", "неуплат", "неоплач", "unpaid", "non-"))
    if form == "noun" and (_WITHOUT.search(before) or _NOT_AFTER.match(after)):
        turned = not turned
    for match in _NOT.finditer(before):
        between = before[match.end() :]
        if len(between.split()) <= 5 and not any(
            form.match(between, one.start())
            for one in WORD.finditer(between)
            for name, form in _kinds()
            if name not in ("plan", "consider", "tell", "propose")
        ):
            turned = not turned
    return turned


def _level(before: str, after: str, form: str) -> str:
    if form == "to":
        if _BEGUN.search(before) or _BEGUN_AFTER.search(after):
            return DONE
        if _PROMISED.search(before):
            return WILL
        return WILL if _COMING.search(before) and not _UNREAL.search(_COMING.split(before)[-1]) else MAY
    if form == "noun":
        if _UNREAL.search(before) or _UNREAL_AFTER.match(after):
            return MAY
        return WILL if _COMING.search(before) else NOUN
    if _PROMISED.search(before):
        return WILL
    if _UNREAL_ANYWHERE.search(before) or _UNREAL_ANYWHERE.search(after) or (form in ("now", "will") and _BILL.match(before.strip(" ,"))):
        return MAY
    if form == "will" or _COMING.search(before):
        return WILL
    return NOW if form == "now" else DONE
