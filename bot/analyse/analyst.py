"""The analyst: reads an article, places its reading among stories, tells a story."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import replace

from bot.analyse import features, gate, linear
from bot.analyse.facts import facts, rules
from bot.analyse.features import View
from bot.analyse.language import meaning, terms, text
from bot.analyse.language.clean import clean
from bot.analyse.linear import Features, Linear, Models
from bot.analyse.speech import people, positions
from bot.analyse.stories import placing as stories
from bot.analyse.stories import telling
from bot.analyse.stories.placing import Joiner, Placement
from bot.analyse.summaries import summary
from bot.model import Article, Cluster, Facts, Reading, Reason, Story

_SPOKEN = {
    "block",
    "access",
    "full",
    "restrict",
    "slow",
    "fine",
    "fined",
    "forbid",
    "duty",
    "national",
    "register",
    "storage",
    "ident",
    "court",
    "preinstall",
    "scan",
    "antitrust",
    "draft",
    "threat",
    "calls",
}


_DOUBTFUL = 0.05
"""From this relevance on an article is read in full: whoever asks for it all the same gets its facts."""


_FIRM = 0.8
"""From this relevance on an article may vouch for another that does not say enough for itself."""


class Analyst:
    """Pure and synchronous; loads its models once and may be shared by threads that only read."""

    def __init__(self, models: Models | None = None) -> None:
        self._models = models or linear.load()
        self._joiner = Joiner(self._models["pair"])

    @property
    def models(self) -> Models:
        return self._models

    def read(self, article: Article) -> Reading:
        """What an article says of messenger regulation. Text that names neither a messenger nor a measure passes at little cost."""
        given, article = article, text.bounded(article)
        if not gate.worth_reading(article.title, article.text):
            return self._irrelevant(article, 0.0, (Reason(code="no-messenger"),))
        page = text.page(article)
        seen = features.view(page)
        document = {**features.document(seen), **meaning.content(seen)}
        model: Linear = self._models["relevance"]
        relevance = round(model.probability(features.relevance(seen, document, rules.hints(page, "measure", ""))), 3)
        if relevance < min(model.threshold, _DOUBTFUL):
            return self._irrelevant(article, relevance, self._why_not(seen))
        return _as_written(self._told(article, seen, document, relevance), given)

    def again(self, article: Article, reading: Reading, beside: Sequence[Reading]) -> Reading:
        """A reading in the light of the other articles of its story: in doubt they decide, and an undated one came out when they did."""
        given, article = article, text.bounded(article)
        seen = features.view(text.page(article))
        days = [other.published.date().toordinal() for other in beside if other.published]
        published = dt.date.fromordinal(int(statistics.median(days))) if days else None
        document = {**features.document(seen), **meaning.content(seen)}
        told = _as_written(self._told(article, seen, document, reading.relevance, published, [other.facts for other in beside]), given)
        return replace(told, relevant=reading.relevant, reasons=reading.reasons if reading.relevant != told.relevant else told.reasons)

    def _told(
        self,
        article: Article,
        seen: View,
        document: Features,
        relevance: float,
        around: dt.date | None = None,
        beside: Sequence[Facts] = (),
    ) -> Reading:
        """What a page says in full; `around`: the day an undated one came out on, as far as its story knows."""
        published = article.published.date() if article.published else around
        found = facts.read(seen, document, self._models, published, article.id, beside)
        relevant = relevance >= self._models["relevance"].threshold
        persons = _persons(seen)
        best = summary.best_sentences(seen)
        told, parts = summary.summarise(seen, best, found.facts, self._models)
        reading = Reading(
            article_id=article.id,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            published=article.published,
            seen=article.fetched,
            official=article.official,
            language="ru" if seen.page.russian else "en",
            relevant=relevant,
            relevance=relevance,
            reasons=self._why(seen, found.facts.regulators) if relevant else self._why_not(seen),
            facts=found.facts,
            evidence=(*found.evidence, *summary.origins(seen, told, parts, best, article.id)),
            positions=positions.positions(seen, article.id, persons),
            headline=clean(article.title) or article.title,
            summary=told,
            sentences=tuple(dict.fromkeys(summary.cleaned(sentence, seen) for sentence in best)),
            terms=terms.terms(seen, persons, published),
            teaser_only=article.teaser_only,
            revision=article.revision,
        )
        return _with_keys(reading)

    def place(self, reading: Reading, candidates: Sequence[Cluster]) -> Placement:
        """The story among `candidates` that a reading tells, or the thread it continues, or neither; of a doubtful one only the story."""
        if not reading.relevant and not stories.doubtful(reading):
            return Placement(story=None, thread=None)
        placement = self._joiner.place(reading, candidates)
        if reading.relevant:
            return placement
        home = next((one.readings for one in candidates if one.story.id == placement.story), ())
        return Placement(story=placement.story if _vouches(home) else None, thread=None)

    def cluster(self, readings: Sequence[Reading]) -> list[str | None]:
        """A story's name for each reading, None for the irrelevant; the same name: the same story. A doubtful reading that gets a name is relevant."""
        names = stories.named(self._joiner, readings)
        told: dict[str | None, list[Reading]] = {}
        for reading, name in zip(readings, names, strict=True):
            told.setdefault(name, []).append(reading)
        return [name if reading.relevant or _vouches(told[name]) else None for reading, name in zip(readings, names, strict=True)]

    def tell(
        self,
        readings: Sequence[Reading],
        *,
        id: str,
        thread: str,
        now: dt.datetime,
        previous: Story | None = None,
        related: Sequence[Story] = (),
    ) -> Story:
        """One story from all its readings; see `bot.analyse.telling`. Raises ValueError without readings."""
        return telling.tell(readings, id=id, thread=thread, now=now, previous=previous, related=related)

    def _irrelevant(self, article: Article, relevance: float, reasons: tuple[Reason, ...]) -> Reading:
        russian = text.is_russian(f"{article.title} {article.text[:500]}")
        return Reading(
            article_id=article.id,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            published=article.published,
            seen=article.fetched,
            official=article.official,
            language="ru" if russian else "en",
            relevant=False,
            relevance=relevance,
            reasons=reasons,
            headline=clean(article.title) or article.title,
            summary=summary.plain(article),
            teaser_only=article.teaser_only,
            revision=article.revision,
        )

    def _why(self, seen: View, regulators: tuple[str, ...]) -> tuple[Reason, ...]:
        reasons = []
        named = list(dict.fromkeys(mention.name for row in seen.messengers for mention in row))
        if named:
            reasons.append(Reason(code="messenger", detail=", ".join(named[:4])))
        else:
            reasons.append(Reason(code="messengers-at-large"))
        if regulators:
            reasons.append(Reason(code="authority", detail=", ".join(regulators[:3])))
        about = [number for number in range(len(seen.sentences)) if seen.about(number)]
        ranked: dict[str, float] = {}
        for number in about:
            for cue in seen.cues[number] & _SPOKEN:
                ranked[cue] = ranked.get(cue, 0.0) + 1.0 / (1 + number)
        reasons.extend(Reason(code=f"cue-{cue}") for cue in sorted(ranked, key=lambda cue: (-ranked[cue], cue))[:2])
        return tuple(reasons)

    def _why_not(self, seen: View) -> tuple[Reason, ...]:
        weights: dict[str, float] = {}
        for number in range(len(seen.sentences)):
            for cue in seen.cues[number] & set(features.AGAINST):
                weights[cue] = weights.get(cue, 0.0) + (3.0 if number == 0 else 1.0)
        about = sorted(weights, key=lambda cue: (-weights[cue], cue))[:2]
        reasons = [Reason(code=f"against-{cue}") for cue in about]
        return tuple(reasons) or (Reason(code="no-measure"),)


def _vouches(readings: Sequence[Reading]) -> bool:
    """True if a story is surely about our subject: one doubtful article makes no other relevant."""
    return any(reading.relevant and reading.relevance >= _FIRM for reading in readings)


def _as_written(reading: Reading, article: Article) -> Reading:
    """A reading that cites its article as it was given."""
    return replace(
        reading,
        evidence=tuple(dict.fromkeys(replace(item, sentence=text.as_written(item.sentence, article)) for item in reading.evidence)),
        positions=tuple(replace(item, sentence=text.as_written(item.sentence, article)) for item in reading.positions),
    )


def _persons(seen: View) -> dict[int, list[tuple[str, int, int]]]:
    if not seen.page.russian:
        return {sentence.number: people.english_people(sentence.text) for sentence in seen.sentences[:25]}
    joined, starts = "", []
    for sentence in seen.sentences[:25]:
        starts.append((len(joined), sentence.number))
        joined += sentence.text + "\n"
    found: dict[int, list[tuple[str, int, int]]] = {}
    for kind, surface, start, stop in people.names(joined):
        if kind == "PER":
            base, number = max(row for row in starts if row[0] <= start)
            found.setdefault(number, []).append((surface, start - base, stop - base))
    return found


def _with_keys(reading: Reading) -> Reading:
    return replace(reading, keys=stories.keys(reading))
