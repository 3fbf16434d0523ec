"""The facts of an article, each with the sentence it was taken from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.analyse import effective, features, papers, rules
from bot.analyse.features import View
from bot.analyse.lexicon import Mention
from bot.analyse.linear import Features, Linear, Models
from bot.analyse.text import Sentence
from bot.model import Evidence, Facts, Group, Measure, Stage, Status

_AUDIENCE_CUES = {
    Group.COMMERCE: "commerce",
    Group.BANKS: "banks",
    Group.TELECOM: "telecom",
    Group.STATE: "state_body",
    Group.MEDIA: "media",
    Group.ADVERTISING: "advertising",
    Group.EDUCATION: "education",
    Group.HOUSING: "housing",
    Group.MILITARY: "military",
    Group.PLATFORMS: "platforms",
    Group.DEVICES: "devices",
    Group.BUSINESS: "business",
    Group.USERS: "users",
}
_STAGE_CUES = {
    Stage.PLANNED: ("propose", "intend", "draft", "threat", "modal", "pending", "rumour"),
    Stage.PASSING: ("reading",),
    Stage.ADOPTED: ("final", "sign", "decree", "willforce"),
    Stage.ACTIVE: ("done", "force", "decided", "confirm"),
    Stage.STATEMENT: ("state",),
    Stage.CANCELLED: ("dismiss",),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Facts with their evidence."""

    facts: Facts
    evidence: tuple[Evidence, ...]


def read(seen: View, document: Features, models: Models, published: dt.date | None, article_id: str) -> Found:
    """All facts of a relevant article."""
    measure = Measure(models["measure"].choose(document, rules.hints(seen.page, "measure", features.core(seen))))
    stage_hints = rules.hints(seen.page, "stage", features.core(seen))
    stage = Stage(models["stage"].choose(staged(document, measure), stage_hints))
    if stage is Stage.STATEMENT and measure not in (Measure.STATEMENT, Measure.OTHER) and stage_hints[2] == Stage.PLANNED:
        stage = Stage.PLANNED  # reactions to a measure that the text itself tells as proposed
    status = _status(seen, stage, measure)
    evidence: list[Evidence] = []

    def cite(name: str, value: str, sentence: Sentence) -> None:
        evidence.append(Evidence(field=name, value=value, sentence=sentence.text, article_id=article_id))

    regulators: list[str] = []
    for name in _names(seen.regulators):
        hits = [number for number, row in enumerate(seen.regulators) if any(mention.name == name for mention in row)]
        if len(regulators) and hits[0] >= 3 and all("earlier" in seen.cues[number] for number in hits):
            continue  # what it did before is the background of what another does now
        if models["regulator"].probability(features.regulator(seen, name, measure, stage)) >= models["regulator"].threshold:
            regulators.append(name)
            cite("regulators", name, _first(seen, seen.regulators, name))
    messengers = []
    for name in _names(seen.messengers):
        if models["messenger"].probability(features.messenger(seen, name, measure)) >= models["messenger"].threshold:
            messengers.append(name)
            cite("messengers", name, _first(seen, seen.messengers, name))
    audiences = []
    for group in Group:
        sentence = _cued(seen, (_AUDIENCE_CUES[group],))
        model = judged(models, group)
        if model.probability(audience(seen, document, measure, stage, group)) >= model.threshold:
            audiences.append(group)
            cite("audiences", group, sentence or seen.sentences[min(1, len(seen.sentences) - 1)])
    cite("measure", measure, _cued(seen, features.MEASURE_CUES[measure]) or seen.sentences[0])
    cite("stage", stage, _cued(seen, _STAGE_CUES[stage]) or seen.sentences[0])
    cite("status", status, _cued(seen, _STAGE_CUES[stage]) or seen.sentences[0])
    date = effective_date(seen, models, published, measure, stage)
    if date is not None:
        cite("effective_date", date.date.value, seen.sentences[date.number])
    documents = papers.documents(seen.sentences)
    penalties = papers.penalties(seen.sentences)
    for paper in (*documents, *penalties):
        cite("documents" if paper in documents else "penalties", paper.value, paper.sentence)
    territory = papers.territory(seen)
    facts = Facts(
        regulators=tuple(regulators),
        messengers=tuple(messengers),
        measure=measure,
        audiences=tuple(audiences),
        status=status,
        stage=stage,
        effective_date=date.date.value if date else None,
        documents=tuple(paper.value for paper in documents),
        penalties=tuple(paper.value for paper in penalties),
        territory=territory,
    )
    return Found(facts, tuple(item for item in evidence if item.sentence))


def staged(document: Features, measure: str) -> dict[str, float]:
    """What the stage is judged by: the document and the measure."""
    return {**document, f"measure:{measure}": 1.0}


def audience(seen: View, document: Features, measure: str, stage: str, group: str) -> dict[str, float]:
    """What an audience is judged by: where its words stand, in which company, and what the measure is."""
    cue = _AUDIENCE_CUES[Group(group)]
    own = {key: value for key, value in document.items() if key.endswith(f":{cue}")}
    if group in BROAD:
        shared = {key: document[key] for key in _SHARED if key in document}
        pairs = {f"measure:{measure}&{'has' if f'a:{cue}' in document else 'no'}": 1.0}
        return {**own, **shared, **pairs, f"measure:{measure}": 1.0, f"stage:{stage}": 1.0, f"measure:{measure}&stage:{stage}": 1.0}
    numbers = [number for number in range(min(len(seen.sentences), 12)) if cue in seen.cues[number]]
    features: dict[str, float] = {f"group:{group}": 1.0}
    if not numbers:
        return {**features, f"group:{group}&none": 1.0, "none": 1.0, f"group:{group}&measure:{measure}&none": 1.0}
    others = {name for key, name in _AUDIENCE_CUES.items() if key not in BROAD and key != group}
    for key in own:
        features[f"own:{key[0]}"] = features[f"group:{group}&{key[0]}"] = features[f"measure:{measure}&{key[0]}"] = 1.0
    features[f"group:{group}&measure:{measure}"] = features[f"measure:{measure}"] = features[f"stage:{stage}"] = 1.0
    features["count"] = min(len(numbers), 4) / 4
    features["about"] = float(any(seen.about(number) for number in numbers))
    features["acts"] = float(any(seen.cues[number] & _TOUCHING for number in numbers))
    features["acts-about"] = float(any(seen.cues[number] & _TOUCHING and seen.about(number) for number in numbers))
    features["listed"] = float(any(len(seen.cues[number] & others) >= 2 for number in numbers))
    features["earlier"] = float(all("earlier" in seen.cues[number] for number in numbers))
    features["late"] = float(numbers[0] >= 3)
    features["crowd"] = float(sum(bool(f"a:{name}" in document) for name in others) >= 3)
    return {key: value for key, value in features.items() if value}


BROAD = frozenset({Group.USERS, Group.PLATFORMS})
"""Touched by the kind of measure as much as by what the text says."""
_TOUCHING = frozenset(
    {
        "forbid",
        "duty",
        "work",
        "restrict",
        "block",
        "register",
        "storage",
        "ident",
        "chats",
        "preinstall",
        "national",
        "advert",
        "fine",
        "willforce",
    }
)


def judged(models: Models, group: str) -> Linear:
    """The model of an audience: its own for the broad ones, one for all others."""
    return models[f"audience-{group}"] if group in BROAD else models["audience"]


_SHARED = tuple(
    f"{where}:{cue}"
    for where in ("a", "t", "l")
    for cue in [
        "fine",
        "fined",
        "work",
        "chats",
        "bloggers",
        "military",
        "ident",
        "storage",
        "scan",
        "preinstall",
        "danger",
        "advert",
        "business",
        "platforms",
        "users",
        "register",
        "bank_sms",
        "children",
        "forbid",
        "outage",
        "calls",
        "antitrust",
    ]
)


def effective_date(seen: View, models: Models, published: dt.date | None, measure: str, stage: str) -> effective.Candidate | None:
    """The most probable effective date, if it is probable enough."""
    model = models["date"]
    scored = [(model.probability(found.features), -found.number, found) for found in effective.candidates(seen, published, measure, stage)]
    if not scored:
        return None
    best = max(scored, key=lambda row: row[:2])
    if best[0] < model.threshold:
        return None
    if len(best[2].date.value) == 7:  # the day itself, where another sentence gives it
        for probability, _, found in scored:
            if found.date.value.startswith(best[2].date.value) and len(found.date.value) == 10 and probability >= 0.15:
                return found
    return best[2]


def _status(seen: View, stage: Stage, measure: Measure) -> Status:
    top = set().union(*seen.cues[:3])
    if stage is Stage.PLANNED:
        if "introduce" in top and "draft" in top:
            return Status.BILL_INTRODUCED
        return Status.DRAFT if "draft" in top else Status.PROPOSED
    if stage is Stage.ADOPTED:
        return Status.SIGNED if "sign" in top else Status.ADOPTED
    if stage is Stage.ACTIVE:
        if measure in (Measure.FINE, Measure.COURT_RULING):
            return Status.RULING
        if measure in (Measure.BLOCKING, Measure.RESTRICTION, Measure.SLOWDOWN, Measure.EASING):
            return Status.ENFORCED
        return Status.IN_FORCE
    return {Stage.PASSING: Status.ADOPTED_READING, Stage.STATEMENT: Status.STATEMENT, Stage.CANCELLED: Status.CANCELLED}[stage]


def _names(found: tuple[tuple[Mention, ...], ...]) -> list[str]:
    return list(dict.fromkeys(mention.name for row in found for mention in row))


def _first(seen: View, found: tuple[tuple[Mention, ...], ...], name: str) -> Sentence:
    numbers = [number for number, row in enumerate(found) if any(mention.name == name for mention in row)]
    return seen.sentences[next((number for number in numbers if number), numbers[0])]


def _cued(seen: View, cues: tuple[str, ...]) -> Sentence | None:
    ranked = [
        (sum(cue in seen.cues[number] for cue in cues) + seen.about(number), -number)
        for number in range(len(seen.sentences))
        if seen.cues[number] & set(cues)
    ]
    return seen.sentences[-max(ranked)[1]] if ranked else None
