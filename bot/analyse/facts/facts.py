"""The facts of an article, each with the sentence it was taken from."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analyse import features
from bot.analyse.facts import audiences, bystanders, denial, effective, fining, naming, papers, penalties, places, rules
from bot.analyse.features import View
from bot.analyse.language.lexicon import Mention
from bot.analyse.language.text import Sentence
from bot.analyse.linear import Features, Models
from bot.model import Evidence, Facts, Group, Measure, Stage, Status

_STAGE_CUES = {
    Stage.PLANNED: ("propose", "intend", "draft", "threat", "modal", "pending", "rumour"),
    Stage.PASSING: ("reading",),
    Stage.ADOPTED: ("final", "sign", "decree", "willforce"),
    Stage.ACTIVE: ("done", "force", "decided", "confirm"),
    Stage.STATEMENT: ("state",),
    Stage.CANCELLED: ("dismiss",),
}


_TIPS = {"measure": 0.7, "stage": 0.7, "regulators": 1.0, "messengers": 0.8, "audiences": 0.3}
"""What the unanimous other articles of a story weigh, in the models' own scores; chosen by cross-validation over stories."""


_RULINGS = (Measure.FINE, Measure.COURT_RULING)
"""What is decided at once, whatever begins later."""
_HINDRANCES = (Measure.BLOCKING, Measure.BAN, Measure.RESTRICTION, Measure.SLOWDOWN)
"""What a court that suspends it does not do."""
_DAY_RATHER = 0.1
"""How much less probable a day may be than a month and still be told instead of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Facts with their evidence."""

    facts: Facts
    evidence: tuple[Evidence, ...]


def read(seen: View, document: Features, models: Models, published: dt.date | None, article_id: str, beside: Sequence[Facts] = ()) -> Found:
    """All facts of a relevant article; what the other articles of its story say, `beside`, tips the scales where it is in doubt itself."""
    measure, stage = _course(seen, document, models, published, beside)
    undone = denial.denied(seen) or fining.annulled(seen)
    date = None if undone else effective_date(seen, models, published, measure, stage)
    if stage is Stage.ACTIVE and date and measure is not Measure.COURT_RULING and effective.when(date.date, published) == "future":
        stage = Stage.ADOPTED  # what holds from a later day does not hold yet
    status = _status(seen, stage, measure)
    evidence: list[Evidence] = []
    documents, territory = papers.documents(seen.sentences), places.territory(seen, measure)
    fines = [] if undone else penalties.penalties(seen, published)

    def cite(name: str, value: str, sentence: Sentence) -> None:
        evidence.append(Evidence(field=name, value=value, sentence=sentence.text, article_id=article_id))

    regulators: list[str] = []
    for name in _names(seen.regulators):
        if bystanders.bystander(seen, name, stage):
            continue
        if models["regulator"].accepts(naming.regulator(seen, name, measure, stage), _lean("regulators", name, beside)):
            regulators.append(name)
            cite("regulators", name, _first(seen, seen.regulators, name))
    messengers = []
    for name in _names(seen.messengers):
        if models["messenger"].accepts(naming.messenger(seen, name, measure), _lean("messengers", name, beside)):
            messengers.append(name)
            cite("messengers", name, _first(seen, seen.messengers, name))
    groups = []
    for group in Group:
        sentence = _cued(seen, (audiences.CUES[group],))
        judged = audiences.audience(seen, document, measure, stage, group)
        if audiences.judged(models, group).accepts(judged, _lean("audiences", group, beside)):
            groups.append(group)
            cite("audiences", group, sentence or seen.sentences[min(1, len(seen.sentences) - 1)])
    cite("measure", measure, _cued(seen, features.MEASURE_CUES[measure]) or seen.sentences[0])
    cite("stage", stage, _cued(seen, _STAGE_CUES[stage]) or seen.sentences[0])
    cite("status", status, _cued(seen, _STAGE_CUES[stage]) or seen.sentences[0])
    if date is not None:
        cite("effective_date", date.date.value, seen.sentences[date.number])
    forms = [*(("documents", paper) for paper in documents), *(("penalties", paper) for paper in fines)]
    for name, paper in (*forms, *(("territory", paper) for paper in places.cited(seen, territory))):
        cite(name, paper.value, paper.sentence)
    facts = Facts(
        regulators=tuple(regulators),
        messengers=tuple(messengers),
        measure=measure,
        audiences=tuple(groups),
        status=status,
        stage=stage,
        effective_date=date.date.value if date else None,
        documents=tuple(paper.value for paper in documents),
        penalties=tuple(paper.value for paper in fines),
        territory=territory,
    )
    return Found(facts, tuple(item for item in evidence if item.sentence))


def _course(seen: View, document: Features, models: Models, published: dt.date | None, beside: Sequence[Facts]) -> tuple[Measure, Stage]:
    """What is done and how far it has come."""
    if denial.denied(seen):
        return Measure.STATEMENT, Stage.STATEMENT
    if fining.annulled(seen):
        return Measure.FINE, Stage.CANCELLED
    votes = _voted("measure", beside)
    if fining.halted(seen):
        votes |= dict.fromkeys(_HINDRANCES, -math.inf)
    if denial.kept(seen):
        votes[Measure.EASING] = -math.inf
    measure = Measure(models["measure"].choose(measured(seen, document), votes))
    votes = _voted("stage", beside)
    if measure not in _RULINGS and effective.course(seen, published, ("force",)) == "ahead":
        votes[Stage.ACTIVE] = -math.inf  # «вступит в силу через полгода»
    if denial.undecided(seen) or (measure is Measure.EASING and denial.asked(seen)):
        votes[Stage.ACTIVE] = -math.inf
    stage = Stage(models["stage"].choose(staged(seen, document, measure, published), votes))
    return measure, _warned(seen, stage, measure)


def _voted(field: str, beside: Sequence[Facts]) -> dict[str, float]:
    """How far the other articles of a story move the score of each value of a field: their shares, weighed."""
    counts = Counter(str(getattr(facts, field)) for facts in beside)
    return {value: _TIPS[field] * count / len(beside) for value, count in counts.items()}


def _lean(field: str, value: str, beside: Sequence[Facts]) -> float:
    """How far the other articles of a story move the log-odds of a name: up where most give it, down where most do not."""
    if not beside:
        return 0.0
    return _TIPS[field] * (2 * sum(value in getattr(facts, field) for facts in beside) / len(beside) - 1)


def measured(seen: View, document: Features) -> dict[str, float]:
    """What the measure is judged by: the document and what the rules say."""
    return {**document, **rules.spoken(rules.hints(seen.page, "measure", features.core(seen)))}


def staged(seen: View, document: Features, measure: str, published: dt.date | None) -> dict[str, float]:
    """What the stage is judged by: the document, what the rules say, the measure, and whether it is told to take effect later."""
    found = {**document, f"measure:{measure}": 1.0, **rules.spoken(rules.hints(seen.page, "stage", features.core(seen)))}
    if course := effective.course(seen, published):
        draft = "draft" if "a:draft" in document or "a:propose" in document else "plain"
        found |= {f"course:{course}": 1.0, f"course:{course}&{draft}": 1.0}
    return found


def effective_date(seen: View, models: Models, published: dt.date | None, measure: str, stage: str) -> effective.Candidate | None:
    """The most probable effective date, if it is probable enough; what is cancelled has none."""
    if stage == Stage.CANCELLED:
        return None
    model = models["date"]
    scored = [(model.probability(found.features), -found.number, found) for found in effective.candidates(seen, published, measure, stage)]
    if not scored:
        return None
    best = max(scored, key=lambda row: row[:2])
    if best[0] < model.threshold:
        return None
    if len(best[2].date.value) == 7:  # the day itself, where another sentence gives it, or a day about as probable
        days = [row for row in scored if len(row[2].date.value) == 10]
        for probability, _, found in days:
            if found.date.value.startswith(best[2].date.value) and probability >= 0.15:
                return found
        best = max((row for row in days if row[0] >= best[0] - _DAY_RATHER), key=lambda row: row[:2], default=best)
    return best[2]


def _warned(seen: View, stage: Stage, measure: Measure) -> Stage:
    """The stage, or the one of a fine that is only threatened: a warning of a fine is no fine."""
    if measure is not Measure.FINE or stage is not Stage.ACTIVE:
        return stage
    return Stage(fining.threatened(seen) or stage)


def _status(seen: View, stage: Stage, measure: Measure) -> Status:
    top = set().union(*seen.cues[:3])
    if stage is Stage.PLANNED:
        if "introduce" in top and "draft" in top:
            return Status.BILL_INTRODUCED
        return Status.DRAFT if "draft" in top else Status.PROPOSED
    if stage is Stage.ADOPTED:
        return Status.SIGNED if "sign" in top else Status.ADOPTED
    if stage is Stage.ACTIVE:
        if measure in _RULINGS:
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
        ("earlier" not in seen.cues[number], sum(cue in seen.cues[number] for cue in cues) + seen.about(number), -number)
        for number in range(len(seen.sentences))
        if seen.cues[number] & set(cues)
    ]
    return seen.sentences[-max(ranked)[2]] if ranked else None
