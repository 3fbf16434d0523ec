"""Candidates for the one sentence that tells an article, and what speaks for each of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.analyse import lexicon
from bot.analyse.clean import alone, clean, sentence_end, tie
from bot.analyse.features import ACTIONS, View
from bot.analyse.lexicon import fold
from bot.analyse.text import WORD, lemmas, proper
from bot.model import Facts

LIMIT = 300
_MOST = 260
_CLAUSE = re.compile(
    r"(?<=[^\d\s])(?:,\s+(?=(?:а|но|и|чтобы|что|котор\w+|поскольку|так как|где|когда|хотя|однако|в том числе|из-за|после|который|who|which|that|because|as|but|and|while|although|with|citing|saying|if)\b)|;\s+|\s+—\s+|:\s+)"
)
_QUESTION = re.compile(
    r"^(?:как|почему|зачем|кому|что|чем|можно ли|заблокируют ли|угрожает ли|will|why|how|what|can|is|are|should)\b", re.IGNORECASE
)
_REASON = re.compile(r"\b(?:за|из-за|чтобы|для|ради|поскольку|в связи|по причине|for|because|over|citing|after|to)\b")
_TAIL = re.compile(
    r"\s(?:за (?:отказ|неудален|наруш|неисполн|повторн|невыполн|пропаганд|использован)\w*|из-за|чтобы|ради|в связи с|for (?:fail|refus|break|violat)\w*|over|citing|to (?:fight|curb|prevent))\s[^.;:—]{8,110}$"
)
_MARKED = re.compile(r"\b(?:напомн|ранее|раньше|ему|ей|им|его|ее|её|их|он|она|они|это|such|it|he|she|they|this|that|его)\b", re.IGNORECASE)
_SPEECH = re.compile(r"сообщ|заяв|сказал|пиш|рассказ|отмет|утвержда|\bsaid|\bsays|report")
_SIZES = (6, 8, 10, 12, 14, 16, 19, 22, 26, 32)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible summary; `parts` are the numbers of the sentences it was made of, `kind` is how."""

    text: str
    kind: str
    parts: tuple[int, ...]


def candidates(seen: View, facts: Facts, when: str) -> list[Candidate]:  # noqa: C901 - one way of wording after another
    """The title, the first sentences whole and cut at clauses, and joins of two; none that points outside itself."""
    title = clean(seen.page.title.text).rstrip(" .")
    wholes = [(sentence.number, resolve(clean(sentence.text), facts)) for sentence in seen.page.body[:6]]
    asks = title.endswith("?") or bool(_QUESTION.match(title))
    found: dict[str, Candidate] = {}

    def add(text: str, kind: str, *parts: int) -> None:
        ended = sentence_end(text.rstrip(" ,;:—–-"))
        if 25 <= len(ended) <= _MOST and alone(ended) and _balanced(ended):
            found.setdefault(ended, Candidate(ended, kind, parts))

    if title:
        add(title, "title", 0)
    for number, whole in wholes[:4]:
        add(whole, "lead" if number == 1 else "later", number)
        for match in _CLAUSE.finditer(whole):
            if match.start() >= 35:
                add(whole[: match.start()], "lead-cut" if number == 1 else "later-cut", number)
    bases = [candidate for candidate in found.values() if candidate.kind in ("title", "lead", "lead-cut")]
    for base in bases:
        stem = base.text.rstrip(".…")
        if when and not re.search(r"[,:;«—]|\d", stem) and not (asks and base.kind == "title"):
            add(f"{stem} {when}", f"{base.kind}-dated", *base.parts)
        if asks and base.kind == "title":
            continue
        told = set(lemmas(fold(stem)))
        for number, whole in wholes:
            if number in base.parts or not alone(whole):
                continue
            tails = [whole, *(whole[: match.start()] for match in _CLAUSE.finditer(whole) if match.start() >= 35)]
            for tail in tails:
                fresh = set(lemmas(fold(tail)))
                if len(fresh & told) > 0.25 * len(fresh) or _MARKED.search(tail):
                    continue
                add(f"{stem}; {_lowered(tail)}", f"{'title' if base.kind == 'title' else 'lead'}-join", *base.parts, number)
    if title and not asks and seen.page.body:
        reason = _TAIL.search(clean(seen.page.body[0].text).rstrip("."))
        if reason and not _REASON.search(fold(title)) and len(set(lemmas(fold(reason[0]))) & set(lemmas(fold(title)))) < 2:
            add(f"{title} {reason[0].strip()}", "title-reason", 0, 1)
    if (
        title
        and not asks
        and facts.regulators
        and facts.regulators[0] not in title
        and seen.page.russian
        and not seen.regulators[0]
        and ":" not in title
    ):
        add(f"{facts.regulators[0]}: {_lowered(title)}{' ' + when if when else ''}", "title-by", 0)
    return list(found.values())


def features(seen: View, facts: Facts, candidate: Candidate, counts: Counter[str]) -> dict[str, float]:
    """What a candidate is judged by."""
    folded = fold(candidate.text)
    size = len(WORD.findall(folded))
    words = lemmas(folded)
    own = set(words)
    title, lead = set(lemmas(seen.page.title.folded)), set(lemmas(seen.page.body[0].folded)) if seen.page.body else set()
    present = set().union(*(seen.cues[number] for number in candidate.parts)) & _JUDGED
    cues = {name for name in present if lexicon.cues()[name].search(folded)}
    mentioned = {mention.name for mention in lexicon.messengers().find(folded, _named(seen.messengers))}
    authorities = lexicon.regulators().find(folded, _named(seen.regulators) | set(facts.regulators))
    bucket = next((limit for limit in _SIZES if size <= limit), 99)
    given = {
        f"kind:{candidate.kind}": 1.0,
        f"size:{bucket}": 1.0,
        "size": size / 20,
        "size2": (size / 20) ** 2,
        "title": len(own & title) / (1 + len(title)),
        "lead": len(own & lead) / (1 + len(lead)),
        "fresh": len(own - title) / (1 + len(own)),
        "central": sum(counts[word] for word in own) / (1 + len(own)) / 3,
        "mass": sum(min(counts[word], 4) - 1 for word in own) / 10,
        "repeats": (len(words) - len(own)) / (1 + len(words)),
        "messenger": float(bool(mentioned & set(facts.messengers)) or not facts.messengers),
        "messengers-all": float(set(facts.messengers) <= mentioned),
        "authority": float(any(mention.name in facts.regulators for mention in authorities)),
        "authority-first": float(bool(authorities) and authorities[0].start < 15),
        "stranger": float(any(mention.name not in facts.regulators for mention in authorities)),
        "acts": float(bool(cues & set(ACTIONS))),
        "earlier": float("earlier" in cues),
        "outage": float(bool(cues & {"outage", "numbers"})),
        "poll": float("poll" in cues),
        "reason": float(bool(_REASON.search(folded))),
        "speech": float(bool(_SPEECH.search(folded))),
        "question": float(candidate.text.endswith("?.") or "?" in candidate.text or bool(_QUESTION.match(candidate.text))),
        "tie": float(tie(candidate.text)),
        "number": float(any(char.isdigit() for char in candidate.text)),
        "quote": float("«" in candidate.text or '"' in candidate.text),
        "colon": float(": " in candidate.text),
        "far": float(max(candidate.parts) >= 3),
        "second": float(2 in candidate.parts),
        f"audience-words:{min(2, len(cues & {'banks', 'commerce', 'telecom', 'state_body', 'education', 'military'}))}": 1.0,
    }
    if facts.effective_date:
        given["dated"] = float(
            bool(
                re.search(
                    r"\d{1,2} [а-я]|20\d\d|с [а-я]+(?:бря|реля|арта|юня|юля|аля)|january|february|march|april|june|july|august|september|october|november|december",
                    folded,
                )
            )
        )
    return {key: value for key, value in given.items() if value}


_JUDGED = frozenset(ACTIONS) | {
    "earlier",
    "outage",
    "numbers",
    "poll",
    "banks",
    "commerce",
    "telecom",
    "state_body",
    "education",
    "military",
}


def _named(found: tuple[tuple[lexicon.Mention, ...], ...]) -> frozenset[str]:
    return frozenset(mention.name for row in found for mention in row)


def counted(seen: View) -> Counter[str]:
    """How many sentences of the article hold each lemma."""
    counts: Counter[str] = Counter()
    for sentence in seen.sentences[:10]:
        counts.update(set(lemmas(sentence.folded)))
    return counts


def when(seen: View, facts: Facts) -> str:
    """The effective date as words that can follow a sentence, or nothing."""
    if not facts.effective_date or facts.effective_date[:4] == "0000":
        return ""
    months = _MONTHS if seen.page.russian else _ENGLISH
    parts = facts.effective_date.split("-")
    month = months[int(parts[1]) - 1]
    if seen.page.russian:
        return f"с {int(parts[2])} {month} {parts[0]} года" if len(parts) == 3 else f"с {month} {parts[0]} года"
    return f"from {int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"from {month} {parts[0]}"


_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


_MASCULINE = frozenset({"Роскомнадзор", "Минфин", "Банк России", "Суд", "Минстрой", "Минздрав", "Ofcom"})
_NEUTER = frozenset({"Минцифры", "Минобороны", "Минпросвещения", "МВД", "Минобрнауки", "Правительство РФ", "Правительство Москвы"})
_INSIDE = {
    "Роскомнадзор": "В Роскомнадзоре",
    "Минцифры": "В Минцифры",
    "ФСБ": "В ФСБ",
    "ФАС": "В ФАС",
    "Кремль": "В Кремле",
    "Минфин": "В Минфине",
    "Госдума": "В Госдуме",
    "МВД": "В МВД",
}


def resolve(text: str, facts: Facts) -> str:
    """The text with the name in place of «регулятор», «ведомство», «мессенджер» at its beginning, where only one can be meant."""
    if len(facts.regulators) == 1:
        name = facts.regulators[0]
        if name in _MASCULINE:
            text = re.sub(r"^Регулятор(?= \w+(?:л|ет|ит)\b)", name, text)
        if name in _NEUTER:
            text = re.sub(r"^(?:Ведомство|Министерство)(?= \w+(?:ло|ет|ит)\b)", name, text)
        if name in _INSIDE:
            text = re.sub(r"^В (?:ведомстве|министерстве|регуляторе|службе)(?= )", _INSIDE[name], text)
        text = re.sub(r"^The (?:regulator|watchdog|ministry|agency)(?= )", name, text)
    if len(facts.messengers) == 1:
        text = re.sub(r"^(?:Мессенджер|Сервис)(?= \w+(?:л|ет|ит|ен|ют)\b)", facts.messengers[0], text)
        text = re.sub(r"^The (?:app|messenger|service)(?= )", facts.messengers[0], text)
    return text


def _lowered(text: str) -> str:
    """The text as a clause: its first letter small, unless the word is a name."""
    first = WORD.match(text)
    if first is None:
        return text
    word = first[0]
    if word.isascii():
        return text[0].lower() + text[1:] if word.lower() in _COMMON else text
    if (
        any(char.isupper() for char in word[1:])
        or re.match(r"\w+ск(?:ий|ая|ое|ие|ого|ой)\s+(?:\w+\s+){0,2}?(?:суд|кра|област|район|округ|думы?)", text)
        or lexicon.regulators().any.match(fold(text))
    ):
        return text
    return text if proper(word.lower()) else text[0].lower() + text[1:]


_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "users",
        "critics",
        "experts",
        "officials",
        "companies",
        "lawmakers",
        "access",
        "messages",
        "people",
        "restrictions",
        "failure",
        "under",
        "after",
        "it",
        "all",
        "each",
        "no",
    ]
)


def _balanced(text: str) -> bool:
    return text.count("«") == text.count("»") and text.count("(") == text.count(")")
