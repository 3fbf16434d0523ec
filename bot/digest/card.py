"""Writes the card of one story: facts, ladder, positions, disagreements, sources, and the sentence behind every fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.digest import compose, labels
from bot.digest.marks import marked
from bot.digest.render.document import Block, Button, Document, Kind, Span, block, bold, italic, link
from bot.locales import Words, words
from bot.locales.words import sentence
from bot.model import LADDER, Evidence, Facts, Position, Stage, Stance, Status, Step, Story

_SOURCES: Final = 12
_POSITIONS: Final = 6
_RELATED: Final = 5
_LEAST: Final = 25
"""Characters of a position at least, where it is cut."""
_ANOTHER: Final = re.compile(
    r"(?:[;.»]|,)\s+(?:а|но|тогда как|в то время как|в свою очередь|while|but)?\s*(?:[а-яёa-z-]+ ){0,4}"
    r"(?P<name>[А-ЯЁA-Z][а-яёa-z]+ [А-ЯЁA-Z][а-яёa-z]+(?:-[А-ЯЁA-Z][а-яёa-z]+)?)"
    r"(?= (?:[а-яё]+ ){0,2}(?:заяв|сказа|счита|отме|доба|пояс|уточн|назва|возра|ответ|напомн|said|says|added|replied|called))"
)
"""Where a second person takes the word in one sentence."""
_OPEN, _DONE = "○", "●"


def card(
    story: Story,
    *,
    language: str = "ru",
    timezone: str = "Europe/Moscow",
    related: Sequence[Story] = (),
    quotes: bool = True,
    buttons: bool = True,
    followed: bool = False,
) -> Document:
    """All that is known of a story. `related` are other stories of its thread, newest first.

    Without `quotes` the sentences behind the facts are left to `evidence`, which a button opens.
    """
    say = words(language)
    blocks = [block(Kind.TITLE, bold(story.headline))]
    if story.retracted:
        blocks.append(block(Kind.NOTE, say.say("card-retracted"), gap=False))
    blocks.append(block(Kind.TEXT, story.text, gap=False))
    blocks += facts_blocks(story.facts, say)
    if line := ladder(story, say):
        blocks.append(block(Kind.FACTS, bold(say.say("card-ladder")), " " + line, gap=False))
    blocks += positions(story.positions, say)
    blocks += _disagreements(story, say)
    blocks += sources(story, say)
    if related:
        blocks.append(block(Kind.SOURCES, bold(say.say("card-related")), " ", *_related(related, say, timezone)))
    quoted = quote_block(_proved(story, say), say)
    if quotes and quoted:
        blocks.append(quoted)
    updated = story.updated.astimezone(ZoneInfo(timezone)).date()
    blocks.append(block(Kind.FOOTER, say.say("card-updated", when=say.date(updated))))
    rows: list[tuple[Button, ...]] = []
    if buttons:
        rows.append(compose.story_buttons(story.id, say, details=False, followed=followed))
        proof = (Button(text=say.say("button-facts"), action=f"facts:{story.id}"),) if quoted and not quotes else ()
        rows.append((*proof, Button(text=say.say("button-wrong"), action=f"wrong:{story.id}")))
    return marked(Document(blocks=tuple(item for item in blocks if item.text.strip()), buttons=tuple(rows)), language)


def evidence(story: Story, *, language: str = "ru") -> Document:
    """Every fact of a story with the sentence it was taken from, as a document of its own."""
    say = words(language)
    quoted = quote_block(_proved(story, say), say)
    blocks = [block(Kind.TITLE, bold(story.headline)), quoted or block(Kind.TEXT, say.say("card-empty"), gap=False)]
    back = Button(text=say.say("button-details"), action=f"card:{story.id}")
    return marked(Document(blocks=tuple(blocks), buttons=((back,),)), language)


def facts_blocks(facts: Facts, say: Words) -> list[Block]:
    """«Что: запрет · Кто: Минцифры · …» and, on a line of their own, documents and penalties."""
    date = facts.effective_date if facts.effective_date and labels.is_date(facts.effective_date) else ""
    whole = len(date) > len("YYYY-MM")
    pairs = [
        ("card-what", say.say(f"measure-{facts.measure}") if facts.measure else ""),
        ("card-who", labels.regulators(facts.regulators, say)),
        ("card-messengers", labels.messengers(facts.messengers, say)),
        ("card-whom", labels.groups(facts, say)),
        ("card-from" if whole else "card-from-month", say.date(date) if date else ""),
        ("card-stage", labels.standing(facts, say)),
        ("card-where", labels.abroad(facts, say)),
    ]
    blocks = [block(Kind.FACTS, *_pairs(pairs, say))] if any(text for _, text in pairs) else []
    more = [
        ("card-documents", "; ".join(facts.documents)),
        ("card-penalties", "; ".join(labels.money(item, say) for item in facts.penalties)),
    ]
    return [*blocks, *(block(Kind.FACTS, *_pairs([pair], say), gap=not blocks) for pair in more if pair[1])]


def ladder(story: Story, say: Words) -> str:
    """«● проект 9 дек 2024 → ○ Госдума → ○ подписан → ○ действует»; empty for what climbs no ladder.

    A rung that nobody reported is left out once it is passed; parliament is not foretold where the measure is not one of the whole country.
    """
    steps: dict[Stage, Step] = {}
    for step in story.timeline:
        steps.setdefault(step.stage, step)
    current = story.facts.status.stage if story.facts.status else story.facts.stage
    reached = {stage for stage in LADDER if stage in steps or stage is current}
    if not reached or reached == {Stage.ACTIVE}:
        return ""
    top = max(LADDER.index(stage) for stage in reached)
    local = bool(labels.abroad(story.facts, say))
    rungs = []
    for number, stage in enumerate(LADDER):
        if stage not in reached and (number <= top or (local and stage is Stage.PASSING)):
            continue
        found = steps.get(stage)
        status = found.status if found else story.facts.status if stage is current else None
        plain = Status.ADOPTED in (status, None if stage in reached or not local else Status.ADOPTED)
        name = say.say("status-adopted" if stage is Stage.ADOPTED and plain else f"rung-{stage}")
        when = " " + say.short_date(found.date) if found and found.date else ""
        rungs.append(f"{_DONE if number <= top else _OPEN} {name}{when}")
    if current is Stage.CANCELLED:
        rungs.append(f"{_DONE} {say.say('rung-cancelled')}")
    return " → ".join(rungs)


def sources(story: Story, say: Words) -> list[Block]:
    """«Источники (6). НСН · Интерфакс · … (официального подтверждения пока нет)»."""
    if not story.sources:
        return []
    listed = labels.outlets(story)
    spans: list[Span | str] = [bold(say.say("card-sources", count=len(listed)))]
    for number, source in enumerate(listed[:_SOURCES]):
        spans += [labels.SEPARATOR if number else " ", link(source.outlet, source.url)]
    if len(listed) > _SOURCES:
        spans.append(say.say("and-more", first="", count=len(listed) - _SOURCES))
    if story.language != say.language:
        spans.append(labels.SEPARATOR + labels.language(story.language, say))
    spans.append(f" ({labels.confirmation(story, say)})")
    return [block(Kind.SOURCES, *spans)]


def quote_block(items: Iterable[tuple[str, str, str]], say: Words) -> Block | None:
    """One expandable quotation of (field, value, sentence): over each sentence what was taken from it; None if there is nothing.

    The values of a field stand together; the sentences behind the summary, of which no fact was taken, come last under one heading.
    """
    taken: dict[str, dict[str, list[str]]] = {}
    spelt: dict[str, str] = {}
    for field, value, text in items:
        # A title has no full stop where the text that repeats it has one.
        values = taken.setdefault(spelt.setdefault(text.rstrip("."), text), {}).setdefault(field, [])
        if value and value not in values:
            values.append(value)
    if not taken:
        return None
    spans: list[Span | str] = [bold(say.say("card-evidence"))]
    facts = {text: {field: values for field, values in fields.items() if values} for text, fields in taken.items()}
    for text, fields in facts.items():
        if fields:
            lines = [say.say("card-evidence-of", field=field, value=", ".join(values)) for field, values in fields.items()]
            spans += ["\n\n", italic(sentence("; ".join(lines))), "\n" + _quoted(text, say)]
    rest = [text for text, fields in facts.items() if not fields]
    if rest:
        spans += ["\n\n", italic(say.say("card-evidence-summary")), *("\n" + _quoted(text, say) for text in rest)]
    return block(Kind.QUOTE, *spans)


def _quoted(text: str, say: Words) -> str:
    return f"«{text}»" if say.language == "ru" else f"“{text}”"


def proofs(items: Iterable[Evidence], say: Words) -> list[tuple[str, str, str]]:
    """(«с какого числа», «1 сентября 2026», the first sentence that says it) for each fact; then the sentences behind the summary."""
    listed = list(items)
    exact = any(item.field == "status" for item in listed)
    facts: dict[tuple[str, str], tuple[str, str, str]] = {}
    told: list[tuple[str, str, str]] = []
    for item in listed:
        if item.field == "summary":
            told.append((say.say("card-evidence-summary"), "", item.sentence))
        elif (item.field, item.value) not in facts and not (exact and item.field == "stage"):
            value = labels.value(item.field, item.value, say)
            field = labels.field("stage" if item.field == "status" else item.field, say)
            facts[item.field, item.value] = (field, value, item.sentence)
    return [*facts.values(), *told]


def _proved(story: Story, say: Words) -> list[tuple[str, str, str]]:
    facts = proofs((item for item in story.evidence if item.field != "summary"), say)
    return [*facts, *((say.say("card-evidence-summary"), "", item.source) for item in story.summary)]


def _pairs(pairs: Iterable[tuple[str, str]], say: Words) -> list[Span | str]:
    spans: list[Span | str] = []
    for key, text in pairs:
        if text:
            spans += [*([labels.SEPARATOR] if spans else []), bold(say.say(key)), " " + text]
    return spans


def positions(said: Sequence[Position], say: Words) -> list[Block]:
    """«Позиции. Против: …, … — «…». Поясняет: …», grouped by stance."""
    spans: list[Span | str] = []
    for stance in (Stance.FOR, Stance.AGAINST, Stance.EXPLAINS):
        for number, position in enumerate([item for item in said if item.stance is stance][: _POSITIONS // 2]):
            if number == 0:
                spans += [" ", italic(say.say(f"card-stance-{stance}"))]
            spans.append(" " + _said(position, say))
    return [block(Kind.TEXT, bold(say.say("card-positions")), *spans)] if spans else []


def _said(position: Position, say: Words) -> str:
    """«Александр Ефимов, председатель совета АУРЭК, — «…»»; a sentence that names the speaker itself stands alone."""
    text = _own(position)
    surname = position.who.split()[-1].casefold() if position.who.strip() else ""
    root = surname[: max(len(surname) - 2, 4)]  # without the ending of a case
    if root and any(word.startswith(root) for word in text.casefold().replace("«", " ").split()):
        return text if text.endswith((".", "!", "?", "…")) else text + "."
    text = text.strip('«»“”"').rstrip(".")
    key = "card-position" if position.role else "card-position-plain"
    params = {"who": position.who, "sentence": text} | ({"role": position.role} if position.role else {})
    return say.say(key, **params) + ("" if text.endswith(("!", "?", "…")) else ".")


def _own(position: Position) -> str:
    """The sentence up to where another named person begins to speak."""
    text, surname = position.sentence.strip(), position.who.split()[-1].casefold()[:4] if position.who.strip() else ""
    for match in _ANOTHER.finditer(text):
        if match.start() >= _LEAST and not match["name"].split()[-1].casefold().startswith(surname):
            cut = text[: match.start()].rstrip(" ,;—–-")
            return cut + "»" if cut.count("«") > cut.count("»") else cut
    return text


def _disagreements(story: Story, say: Words) -> list[Block]:
    """«Расхождения. С какого числа: 1 марта 2026 — Интерфакс; 1 сентября 2026 — НСН»."""
    if not story.disagreements:
        return []
    lines = []
    for item in story.disagreements:
        values = "; ".join(
            say.say("card-disagreement-value", value=said, outlets=say.outlets(outlets))
            for said, outlets in labels.disputed_values(item, say)
        )
        lines.append(say.say("card-disagreement", field=sentence(labels.disputed(item, say)), values=values) + ".")
    return [block(Kind.TEXT, bold(say.say("card-disagreements")), " " + " ".join(lines))]


def _related(related: Sequence[Story], say: Words, timezone: str) -> list[Span | str]:
    spans: list[Span | str] = []
    for story in related[:_RELATED]:
        when = say.short_date(story.first_seen.astimezone(ZoneInfo(timezone)).date())
        address = next((source.url for source in labels.outlets(story)), "")
        spans += [*(["; "] if spans else []), when + " — ", link(story.headline, address) if address else story.headline]
    return spans
