"""The lines that digests and cards share: whom a story touches, from when, how far it has come, who tells it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from bot.digest.render.document import Span, italic, link
from bot.locales import Words
from bot.locales.words import head_and_rest, sentence
from bot.model import Development, Disagreement, Facts, Group, Measure, Source, Stage, Status, Story

SEPARATOR: Final = " · "
_REGULATORS: Final = {
    "Роскомнадзор": "rkn",
    "Минцифры": "digital",
    "Госдума": "duma",
    "Совет Федерации": "council",
    "Правительство РФ": "government",
    "Президент РФ": "president",
    "Кремль": "kremlin",
    "ФСБ": "fsb",
    "МВД": "mvd",
    "Банк России": "bank",
    "ФАС": "fas",
    "Минфин": "minfin",
    "Минстрой": "minstroy",
    "Минпросвещения": "education",
    "Минобороны": "defence",
    "Генпрокуратура": "prosecutor",
    "Суд": "court",
    "Правительство Москвы": "government-moscow",
    "Евросоюз": "eu",
    "Европейская комиссия": "commission",
}
_SPEAKS: Final = re.compile(
    r"сообщил|сообщила|сообщило|сообщили|заяв|подтверд|объяви|объявл|предупред|поясни|уточни|утвержда|обвини|пригроз|приступил|"
    r"\bsaid\b|\bsays\b|confirm|announc|warn|declar"
)
"""How a sentence tells that an authority itself has spoken."""
_SCALES: Final = {"тыс": 10**3, "thous": 10**3, "млн": 10**6, "милли": 10**6, "mill": 10**6, "млрд": 10**9, "billi": 10**9}
_CURRENCIES: Final = {"руб": "₽", "rub": "₽", "rou": "₽", "₽": "₽", "долл": "$", "doll": "$", "евро": "€", "euro": "€"}
_PAYER: Final = re.compile(r"\s*\(([^()]+)\)$")
PAYERS: Final = {
    "граждане": "individuals",
    "individuals": "individuals",
    "должностные лица": "officials",
    "officials": "officials",
    "юрлица": "companies",
    "companies": "companies",
    "ИП": "sole-traders",
    "рекламодатели": "advertisers",
    "advertisers": "advertisers",
    "операторы связи": "operators",
    "блогеры": "bloggers",
}
"""Who is to pay a penalty, as the analysis writes it in either language."""
_MONEY: Final = re.compile(
    r"(?P<amount>\d[\d\s\u00a0.,]*\d|\d)\s*(?P<scale>(?:тыс|млн|милли|млрд|thous|mill|billi)\w*\.?)?\s*"
    r"(?P<currency>руб\w*\.?|ro?ubles?|rub\b|₽|долл\w*\.?|dollars?|евро|euros?)",
    re.IGNORECASE,
)


_MESSENGERS: Final = {"VK Мессенджер": "vk", "Сферум": "sferum", "ТамТам": "tamtam"}


def regulator(name: str, say: Words) -> str:
    """A regulator's name in the reader's language; a body that the vocabulary does not list keeps its own."""
    key = _REGULATORS.get(name)
    return say.say(f"regulator-{key}") if key else name


def messenger(name: str, say: Words) -> str:
    """A messenger's name in the reader's language; nearly all have one name everywhere."""
    key = _MESSENGERS.get(name)
    return say.say(f"messenger-{key}") if key else name


def messengers(names: Iterable[str], say: Words) -> str:
    return ", ".join(messenger(name, say) for name in names)


def regulators(names: Iterable[str], say: Words) -> str:
    return ", ".join(regulator(name, say) for name in names)


def groups(facts: Facts, say: Words, *, first: Iterable[Group] = ()) -> str:
    """Whom a measure touches, the reader's own groups first."""
    return ", ".join(say.say(f"group-{group}") for group in ordered(facts.audiences, first))


def ordered(groups: Iterable[Group], first: Iterable[Group] = ()) -> list[Group]:
    """The groups in the order of the vocabulary, those of `first` before the rest."""
    known, own = frozenset(groups), frozenset(first)
    return [group for group in Group if group in known & own] + [group for group in Group if group in known - own]


def standing(facts: Facts, say: Words) -> str:
    """How far a measure has come, in its most exact word; empty if nobody says."""
    if facts.status:
        return say.say(f"status-{facts.status}")
    return say.say(f"stage-{facts.stage}") if facts.stage else ""


def since(date: str | None, say: Words) -> str:
    """«с 1 сентября 2026»; empty if there is no date that can be read."""
    return say.since(date) if date and is_date(date) else ""


def is_date(text: str) -> bool:
    """True for `YYYY-MM-DD` and `YYYY-MM` that name a real day or month."""
    if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
        return False
    try:
        dt.date.fromisoformat(text if len(text) > len("YYYY-MM") else text + "-01")
    except ValueError:
        return False
    return True


def facts_line(story: Story, say: Words, *, first: Iterable[Group] = (), whole: bool = False) -> str:
    """«Кого касается: банки · С 1 сентября 2026 · Проект».

    Before it stands «Запрет · Минцифры» if it is to be `whole`, or if the headline does not speak the reader's language. That something
    is a statement is said by the section it stands in.
    """
    facts, parts = story.facts, []
    fined = facts.penalties and facts.measure is Measure.FINE
    if whole or story.language != say.language:
        spoken = facts.measure not in (None, Measure.OTHER, Measure.STATEMENT) and not fined
        parts += [sentence(say.say(f"measure-{facts.measure}")) if spoken else "", sentence(regulators(facts.regulators[:2], say))]
    if whom := groups(facts, say, first=first):
        parts.append(say.say("facts-whom", groups=whom))
    if fined:
        parts.append(say.say("facts-penalty", penalty=money(facts.penalties[0], say)))
    if where := abroad(facts, say):
        parts.append(say.say("facts-territory", territory=where))
    said = facts.status is Status.STATEMENT or (facts.status is None and facts.stage is Stage.STATEMENT)
    parts += [sentence(since(facts.effective_date, say)), "" if said else sentence(standing(facts, say))]
    return SEPARATOR.join(part for part in parts if part)


def abroad(facts: Facts, say: Words) -> str:
    """Where a measure applies, unless it is Russia as a whole: that goes without saying."""
    return say.territory(facts.territory) if facts.territory and say.territory(facts.territory) != say.territory("Russia") else ""


def money(text: str, say: Words) -> str:
    """A penalty with its sums as people write them, «до 4 млн ₽», and its payers in the reader's words; other words stay."""
    payer = _PAYER.search(text)
    key = PAYERS.get(payer[1]) if payer else None
    whom = f" ({say.say(f'payer-{key}')})" if key else ""
    return _MONEY.sub(lambda found: _sum(found, say), text[: payer.start()] if payer and key else text) + whom


def _sum(found: re.Match[str], say: Words) -> str:
    digits = re.sub(r"[\s\u00a0]", "", found["amount"])
    if not found["scale"]:
        digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", digits)  # 50,000 roubles are no fifty
    digits = digits.replace(",", ".")
    if digits.count(".") > 1:
        return found[0]
    scale = next((value for stem, value in _SCALES.items() if (found["scale"] or "").lower().startswith(stem)), 1)
    name = found["currency"].lower()
    return say.sum(float(digits) * scale, next(sign for stem, sign in _CURRENCIES.items() if name.startswith(stem)))


def outlets(story: Story) -> tuple[Source, ...]:
    """One source an outlet, an authority's own first, then in the story's order."""
    seen: dict[str, Source] = {}
    for source in sorted(story.sources, key=lambda source: not source.official):
        seen.setdefault(source.outlet.casefold(), source)
    return tuple(seen.values())


def sources_spans(story: Story, say: Words, *, shown: int) -> list[Span]:
    """«Интерфакс, НСН и ещё 4 · на английском · источники расходятся: …», the outlets as links."""
    listed = outlets(story)
    _, rest = head_and_rest([source.outlet for source in listed], shown)
    head = listed[: len(listed) - rest]
    spans: list[Span] = []
    for source in head:
        spans += [Span(text=", "), link(source.outlet, source.url)] if spans else [link(source.outlet, source.url)]
    if rest:
        spans.append(Span(text=say.say("and-more", first="", count=rest)))
    if story.language != say.language:
        spans.append(Span(text=(SEPARATOR if spans else "") + language(story.language, say)))
    if story.disagreements:
        fields = ", ".join(disputed(disagreement, say) for disagreement in story.disagreements)
        spans += [Span(text=SEPARATOR)] if spans else []
        spans.append(italic(say.say("facts-disagree", fields=fields)))
    return spans


def confirmation(story: Story, say: Words) -> str:
    """«официально подтверждено», «заявлено официально: ФСБ» where an authority is quoted as saying it, or that nobody official has yet."""
    if story.confirmed:
        return say.say("card-confirmed")
    speaking = [
        item.value
        for item in story.evidence
        if item.field == "regulators" and item.value in story.facts.regulators and _speaks(item.sentence)
    ]
    stated = story.facts.stage is Stage.STATEMENT or (story.facts.status is not None and story.facts.status.stage is Stage.STATEMENT)
    named = list(dict.fromkeys([*speaking, *(story.facts.regulators if stated else ())]))
    return say.say("card-stated", who=regulators(named[:2], say)) if named else say.say("card-unconfirmed")


def _speaks(text: str) -> bool:
    return bool(_SPEAKS.search(text.casefold()))


def language(code: str, say: Words) -> str:
    """«на английском»."""
    key = f"language-{code.lower()[:2]}"
    return say.say(key if say.has(key) else "language-other")


def field(name: str, say: Words) -> str:
    """What a field of the facts answers: «с какого числа»."""
    return say.say(f"field-{name}") if say.has(f"field-{name}") else name


def disputed(item: Disagreement, say: Words) -> str:
    """What the sources differ on: «с какого числа», «касается ли бизнеса»."""
    return say.say("field-scope") if _is_scope(item) else field(item.field, say)


def disputed_values(item: Disagreement, say: Words) -> list[tuple[str, tuple[str, ...]]]:
    """Each value in words, with the outlets that give it."""
    scope = _is_scope(item)
    return [(say.say(f"scope-{raw}") if scope else value(item.field, raw, say), names) for raw, names in item.values]


def _is_scope(item: Disagreement) -> bool:
    """True if some outlets speak of business and others of authorities alone."""
    return item.field == "audiences" and {raw for raw, _ in item.values} == {Group.BUSINESS, Group.STATE}


def value(name: str, raw: str, say: Words) -> str:
    """A field's value in words: codes become labels, dates become dates, the rest stays."""
    if name == "effective_date" and is_date(raw):
        return say.date(raw)
    if name == "regulators":
        return regulator(raw, say)
    if name == "penalties":
        return money(raw, say)
    if name == "territory":
        return say.territory(raw)
    family = {"audiences": "group", "stage": "stage", "status": "status", "measure": "measure"}.get(name)
    return ", ".join(_coded(family, part.strip(), say) for part in raw.split(",")) if family else raw


def _coded(family: str, code: str, say: Words) -> str:
    key = f"{family}-{code}"
    return say.say(key) if code.isascii() and " " not in code and say.has(key) else code


def rung(code: str, say: Words) -> str:
    """A stage or a status, whichever code it is, in words; the text itself if it is neither."""
    if code in set(Status):
        return say.say(f"status-{code}")
    return say.say(f"stage-{code}") if code in set(Stage) else code


def headline_news(news: Iterable[Development]) -> Development | None:
    """The change that a headline can carry as «(было: …)»: the last step on the ladder, with what stood before the first."""
    steps = [item for item in news if item.kind == "stage" and item.before and item.before != item.after]
    return dataclasses.replace(steps[-1], before=steps[0].before) if steps else None


def change(kind: str, raw: str, say: Words) -> str:
    """The value before or after a change, in words."""
    if kind == "stage":
        return rung(raw, say)
    if kind == "effective_date" or (kind == "correction" and is_date(raw)):
        return since(raw, say) or raw
    if kind == "official":
        return regulator(raw, say)
    return money(raw, say) if kind == "penalty" else raw
