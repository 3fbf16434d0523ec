"""Candidates for the text that tells an article: its title and sentences, cut, reworded, dated and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.analyse.features import View
from bot.analyse.language.clean import alone, clean, sentence_end
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import Sentence, lemmas
from bot.analyse.summaries import wording
from bot.model import Facts, Stage

LIMIT = 290
"""Characters of a candidate at most."""
WORDS = 30
"""Words of two joined sentences at most: the ideal says what matters in about fourteen."""
_LIKE = 0.34
"""The share of a second sentence's words that the first may have said already."""
_QUESTION = re.compile(
    r"^(?:как|почему|зачем|кому|что|чем|можно ли|заблокируют ли|угрожает ли|will|why|how|what|can|is|are|should)\b", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:за|из-за|чтобы|для|ради|поскольку|в связи|по причине|for|because|over|citing|after|to)\b")
_BECAUSE = re.compile(
    r"\s(?:за (?:отказ|неудален|наруш|неисполн|повторн|невыполн|пропаганд|использован)\w*|из-за|чтобы|ради|в связи с|for (?:fail|refus|break|violat)\w*|over|citing|to (?:fight|curb|prevent))\s[^.;:—]{8,110}$"
)
_MARKED = re.compile(
    r"\b(?:напомн\w*|ранее|раньше|ему|ей|им|его|ее|её|их|он|она|они|это|такие|such|it|he|she|they|this|that)\b", re.IGNORECASE
)
_DATABLE = re.compile(
    r"^(?!.*\b(?:назва|раскритик|счита|оцени|заяви|сообщи|уточни|объясни|обсуд|обсужд|поддерж|отказ)).*\b(?:запре[тщ]\w+|нельзя|обяж\w+|обязать|обязан\w*|ограничат|ограничить|перевед\w+|перевести|перейд\w+|перейти|переезжа\w+|заблокируют|"
    r"заблокировать|отключат|отключить|разрешат|разрешить|введ[уё]т|ввести|смогут|закроют|закрыть|долж\w+|must|will|to (?:ban|block|require|restrict|stop|start))\b",
    re.IGNORECASE,
)
"""A sentence that a date may follow: it tells what will be done, not what somebody thinks of it."""
_HEDGED = re.compile(
    r"\b(?:мо(?:жет|гут|гла|гло|гли|г)|можно было бы|предл[ао]\w+|хо(?:чет|тят)|планир\w+|намерен\w*|источник\w*|якобы|слух\w*|возможн\w+|may|might|could|propos\w+|plans?|sources?|rumou?rs?)\b",
    re.IGNORECASE,
)
"""What is only wished, planned or rumoured."""
_NEGATED = re.compile(r"\b(?:не|not|no|never|won't)\b", re.IGNORECASE)
_FORCE = re.compile(
    r"вступ\w+ в силу|вступ\w+ .{0,20}в силу|заработа|(?:начн[её]т|начнут|будет|станет) (?:действ|работ|примен)|действ(?:ует|овать)|(?:takes?|into|in) (?:effect|force)|срок|этой даты"
)
_CURBS = re.compile(r"огранич|заблокир|замедл|закры|оштраф")
_REPORTS = re.compile(r"объясн|подтверд|сообщ|заяв")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible summary; `parts` are the numbers of the sentences it was made of, the title being 0."""

    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A wording of one sentence without its full stop; `follows` is the actor whose sentence it can continue, `*` for a cause."""

    text: str
    number: int
    follows: str = ""
    said: bool = False
    words: frozenset[str] = frozenset()
    size: int = 0


def candidates(seen: View, facts: Facts) -> list[Candidate]:
    """The title and sentences that stand alone, and joins of two; at most 290 characters each, none pointing outside itself."""
    title = clean(seen.page.title.text)
    asks = "?" in title or bool(_QUESTION.match(title))
    date = when(seen, facts) if facts.stage in (Stage.PLANNED, Stage.ADOPTED, Stage.PASSING) else ""
    telling = _telling(seen, facts) if date else []
    hedged = bool(telling) and all(_HEDGED.search(row.folded) for row in telling)
    units = _units(seen, facts)
    found: dict[str, Candidate] = {}

    def add(text: str, *parts: int) -> bool:
        ended = sentence_end(text)
        if not (25 <= len(ended) <= LIMIT and _balanced(ended) and alone(ended) and not ended.endswith("?")):
            return False
        found.setdefault(ended, Candidate(ended, parts))
        return True

    bases: list[_Unit] = []
    for unit in units:
        if unit.follows or unit.number > 3 or (unit.number == 0 and asks):
            continue
        if add(unit.text, unit.number) and unit.number < 2:
            bases.append(unit)
            if (
                date
                and (_HEDGED.search(unit.text) or not hedged)
                and _DATABLE.search(unit.text)
                and not _NEGATED.search(unit.text)
                and _of_one(unit, telling, facts)
                and not re.search(r"[,:;«—]|\d", unit.text)
                and add(f"{unit.text} {date}", unit.number)
            ):
                bases.append(_unit(f"{unit.text} {date}", unit.number))
    reason = _reason(seen)
    for base in bases:
        if base.number == 0 and reason and _open(base, reason):
            add(f"{base.text}{',' * reason.startswith('чтобы')} {reason}", 0, 1)
        for unit in units:
            if joined := _joined(base, unit):
                add(joined, base.number, unit.number)
    return list(found.values())


def _telling(seen: View, facts: Facts) -> list[Sentence]:
    """The sentences that give the effective date."""
    year, month, *_ = (facts.effective_date or "").split("-")
    stem = MONTHS[int(month) - 1][:-1] if seen.page.russian else _ENGLISH[int(month) - 1].lower()
    return [sentence for sentence in seen.sentences if stem in sentence.folded or year in sentence.folded]


def _of_one(unit: _Unit, telling: list[Sentence], facts: Facts) -> bool:
    """True if a wording tells what the date is given for: the same sentence, a rule's beginning, or one of the same words beside the messengers' names."""
    names = _stems(lemmas(fold(" ".join(facts.messengers))))
    told = _stems(unit.words) - names
    return not telling or any(
        row.number == unit.number or _FORCE.search(row.folded) or told & _stems(lemmas(row.folded)) for row in telling
    )


def _stems(words: Iterable[str]) -> set[str]:
    """The first five letters of words, so that «запретить» and «запрет» are one."""
    return {word[:5] for word in words if len(word) > 3}


def _reason(seen: View) -> str:
    """The end of the first sentence that says why, or nothing."""
    found = _BECAUSE.search(clean(seen.page.body[0].text).rstrip(" .")) if seen.page.body else None
    said = found[0].strip() if found else ""
    verb = any(" " not in word and wording.tags(word)[0].startswith("VERB") for word in _WORD.findall(fold(said)) if not word.isascii())
    return "" if verb and not said.startswith("чтобы") else said  # what goes on behind the reason is no part of it


def _open(base: _Unit, reason: str) -> bool:
    """True if a wording gives no reason yet and does not hold this one."""
    return ":" not in base.text and not _REASON.search(fold(base.text)) and len(base.words.intersection(lemmas(fold(reason)))) < 2


def _units(seen: View, facts: Facts) -> list[_Unit]:
    """Every sentence of the beginning in each of its wordings."""
    found: dict[str, _Unit] = {}
    body = wording.actor(seen, facts.regulators) if seen.page.russian else None
    for sentence in seen.sentences[:7]:
        for text, follows, said in _wordings(seen, sentence, body):
            cuts = (match.start() for match in wording.CLAUSE.finditer(text) if match.start() >= 30)
            pieces = [text, *(text[:cut] for cut in cuts if not wording.hollow(text[:cut], text[cut:]))]
            for piece in pieces:
                bare = piece.strip(" ,;:—–-").rstrip(".").strip()
                if len(bare) >= 20 and bare not in found:
                    found[bare] = _unit(bare, sentence.number, follows, said=said)
    return list(found.values())


def _wordings(seen: View, sentence: Sentence, body: wording.Body | None) -> Iterator[tuple[str, str, bool]]:
    """A sentence in its wordings: the text, whom it can follow, whether it begins with its speaker."""
    text, number = clean(sentence.text).rstrip(" ."), sentence.number
    if number == 0:
        text = wording.told(text)
    if number > 1:
        name, addition = wording.added(text, seen, number)
        yield addition, name, False
        yield wording.cause(text), "*", False
    if number:
        text = wording.resolve(text, seen, number)
    if seen.page.russian:
        text = wording.short(text)
        yield wording.spoken(text), "", True
        if number < 2:
            yield wording.did(text), "", False
            yield wording.by(text, body) if body else "", "", False
    else:
        text = wording.brief(text)
    yield text, "", False


def _unit(text: str, number: int, follows: str = "", *, said: bool = False) -> _Unit:
    folded = fold(text)
    return _Unit(text, number, follows, said, frozenset(lemmas(folded)), len(_WORD.findall(folded)))


def _joined(base: _Unit, unit: _Unit) -> str:
    """Two wordings as one text, or nothing: what repeats, points outside or has another actor is not joined."""
    if unit.number in (0, base.number) or base.size + unit.size > WORDS:
        return ""
    common = len(unit.words & base.words)
    if unit.follows == "*":
        folded = fold(base.text)
        fits = (
            common <= 1
            and not re.search("[,—:]", base.text)
            and _CURBS.search(folded)
            and not _REASON.search(folded)
            and not _REPORTS.search(folded)
        )
        return f"{base.text} {unit.text}" if fits else ""
    if common > _LIKE * len(unit.words) or unit.text.endswith("?"):
        return ""
    if unit.follows:
        acts = base.text.startswith(f"{unit.follows} ") and not base.said
        return f"{base.text}, {unit.text}" if acts else ""
    return "" if _MARKED.search(unit.text) or not alone(f"{unit.text}.") else f"{base.text}. {unit.text}"


def when(seen: View, facts: Facts) -> str:
    """The effective date as words that can follow a sentence, or nothing."""
    if not facts.effective_date or facts.effective_date[:4] == "0000":
        return ""
    months = MONTHS if seen.page.russian else _ENGLISH
    parts = facts.effective_date.split("-")
    month = months[int(parts[1]) - 1]
    if seen.page.russian:
        return f"с {int(parts[2])} {month} {parts[0]} года" if len(parts) == 3 else f"с {month} {parts[0]} года"
    return f"from {int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"from {month} {parts[0]}"


MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _balanced(text: str) -> bool:
    return text.count("«") == text.count("»") and text.count("(") == text.count(")")
