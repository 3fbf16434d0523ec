"""A story told from its readings: headline, summary, facts, timeline, importance, and what is new in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from bot.analyse.features import MEASURE_CUES
from bot.analyse.language import lexicon
from bot.analyse.language.clean import tie
from bot.analyse.language.lexicon import fold
from bot.analyse.language.text import WORD, lemma
from bot.analyse.stories import merge, progress
from bot.analyse.stories.importance import weigh
from bot.analyse.stories.news import developments
from bot.analyse.stories.placing import cosine, moment, vector
from bot.analyse.summaries import covering
from bot.analyse.summaries.wording import tags
from bot.model import Facts, Reading, Source, Step, Story

replace = dataclasses.replace


def tell(
    readings: Sequence[Reading], *, id: str, thread: str, now: dt.datetime, previous: Story | None = None, related: Sequence[Story] = ()
) -> Story:
    """Tells a story.

    `readings` are all the story was told from, `previous` is the story as it stood, `related` are the other stories of its thread. The revision grows
    and `updated` moves only when there is something a reader would call news. Raises ValueError if there are no relevant readings.
    """
    told = sorted((reading for reading in readings if reading.relevant), key=lambda reading: (moment(reading) or now, reading.article_id))
    if not told:
        raise ValueError("a story needs at least one relevant reading")
    facts = merge.facts(told, previous.facts.stage if previous else None)
    language = max(("ru", "en"), key=lambda tongue: sum(reading.language == tongue for reading in told))
    headline = _headline(told, language, facts)
    sources = tuple(_source(reading) for reading in told)
    moments = [found for reading in told if (found := moment(reading)) is not None]
    first = min([*moments, *([previous.first_seen] if previous else [])], default=now)
    confirmed, lag = _confirmation(told)
    importance, reasons = weigh(told, facts, confirmed=confirmed, now=now)
    story = Story(
        id=id,
        thread=thread,
        headline=headline,
        summary=covering.cover(told, language, headline, facts),
        facts=facts,
        evidence=merge.evidence(told, facts),
        positions=merge.positions(told),
        timeline=_timeline(id, headline, facts, told, related, previous),
        disagreements=merge.disagreements(told),
        sources=sources,
        confirmed=confirmed,
        confirmation_lag=lag,
        importance=importance,
        importance_reasons=reasons,
        language=language,
        first_seen=min(first, now),
        updated=previous.updated if previous else min(now, max(moments, default=now)),
        revision=previous.revision if previous else 0,
        retracted=previous.retracted if previous else False,
    )
    if previous is None:
        return story
    new = developments(previous, story, now)
    if not new:
        return replace(story, developments=previous.developments)
    return replace(story, developments=(*previous.developments, *new), revision=previous.revision + 1, updated=now)


def in_thread(story: Story, others: Sequence[Story]) -> Story:
    """The story with the steps of the other stories of its thread as they stand now beside its own."""
    steps = [*_own(story), *(step for one in others if one.id != story.id and not one.retracted for step in _own(one))]
    return replace(story, timeline=progress.onward(steps))


def _own(story: Story) -> tuple[Step, ...]:
    """The steps of a story itself; where its timeline left them out as a way back, the one that its facts tell."""
    if own := tuple(step for step in story.timeline if step.story_id == story.id):
        return own
    f, day = story.facts, story.first_seen.date()
    return (Step(stage=f.stage, status=f.status, date=day, story_id=story.id, headline=story.headline),) if f.stage else ()


def _source(reading: Reading) -> Source:
    return Source(
        article_id=reading.article_id,
        outlet=reading.outlet,
        url=reading.url,
        title=reading.title,
        published=reading.published,
        official=reading.official,
        language=reading.language,
    )


def _confirmation(told: Sequence[Reading]) -> tuple[bool, dt.timedelta | None]:
    official = [reading for reading in told if reading.official]
    if not official:
        return False, None
    times = [found for reading in told if (found := moment(reading)) is not None]
    first = min((found for reading in official if (found := moment(reading)) is not None), default=None)
    return True, max(first - min(times), dt.timedelta()) if first is not None else None


_COY = ("почему", "как ", "кому", "что ", "чем ", "за неделю", "за месяц", "за год", "why", "how", "what")
_OPINION = re.compile(r"\b(?:считает|считают|уверен[аы]?|по мнению|мнение|колонка|thinks?|believes?|opinion)\b")
_PROMISES = re.compile(
    r"\b(?:назва|объясни|рассказа|уточни|прокомментирова|раскры|оцени|высказа)\w*(?: \S+){0,2} (?:услови\w*|причин\w*|почему|подробност\w*|границ\w*|мнени\w*|о|об|про|запрет|блокировк\w*)(?![\w-])"
)
"""A title that promises to tell rather than tells."""
_MORE = re.compile(r"\bи (?:еще|другие|др\.)|\band (?:more|others)\b|: что известно|подробности")


def _headline(told: Sequence[Reading], language: str, facts: Facts) -> str:
    """The title nearest to all others that tells the measure, neither a question nor a riddle nor the news of a week, of a length that reads well."""
    own = covering.looked_at([reading for reading in told if reading.language == language])
    vectors = {reading.article_id: vector(reading.terms) for reading in own}

    def worth(reading: Reading) -> float:
        title = reading.headline
        folded = fold(title)
        value = sum(cosine(vectors[reading.article_id][1], vectors[other.article_id][0]) for other in own) / len(own)
        value -= 0.35 * title.endswith("?") + 0.2 * (":" in title) + 0.3 * bool(tie(title))
        value -= 0.2 * folded.startswith(_COY) + 0.2 * bool(_MORE.search(folded))
        value -= 0.3 * bool(_OPINION.search(folded))
        value -= abs(len(title) - 75) / 400
        value -= 0.12 * bool(_PROMISES.search(folded)) + 0.15 * _elsewhere(folded, reading, own)
        named = {mention.name for mention in lexicon.messengers().find(folded)}
        value += 0.08 * bool(named & set(facts.messengers)) - 0.15 * bool(facts.messengers and named - set(facts.messengers))
        value += 0.06 * any(mention.name in facts.regulators for mention in lexicon.regulators().find(folded))
        value += 0.08 * bool(facts.measure and lexicon.cues().present(folded) & set(MEASURE_CUES[facts.measure]))
        return value + 0.05 * reading.official

    return max(own, key=lambda reading: (worth(reading), reading.article_id)).headline


def _elsewhere(folded: str, reading: Reading, own: Sequence[Reading]) -> bool:
    """True if a title names a place that fewer than half of the other articles name: the news of a town is not that of the country."""
    others = [{term.lstrip("^") for term in other.terms} for other in own if other.article_id != reading.article_id]
    places = {lemma(word) for word in WORD.findall(folded) if "Geox" in tags(word)[0]} - {"россия", "рф"}
    return any(2 * sum(place in said for said in others) < len(others) for place in places)


def _timeline(
    id: str, headline: str, facts: Facts, told: Sequence[Reading], related: Sequence[Story], previous: Story | None
) -> tuple[Step, ...]:
    """The rungs of the thread in time: those of the related stories, and those of this one that are confirmed."""
    steps = {(step.story_id, step.stage): step for story in related if story.id != id and not story.retracted for step in _own(story)}
    if facts.stage is None:
        return progress.onward(steps.values())
    kept = {step.stage: step for step in previous.timeline if step.story_id == id} if previous is not None else {}
    steps |= {(id, stage): step for stage, step in kept.items() if progress.ahead(stage, facts.stage)}
    for stage in {*progress.confirmed(told, previous.facts.stage if previous else None), facts.stage}:
        said = [reading for reading in told if reading.facts.stage == stage]
        times = [found.date() for reading in said if (found := moment(reading)) is not None]
        date = min([*times, *([before] if stage in kept and (before := kept[stage].date) else [])], default=None)
        status = facts.status if stage is facts.stage else merge.status_of(said)
        steps[id, stage] = Step(stage=stage, status=status, date=date, story_id=id, headline=headline)
    return progress.onward(steps.values())
