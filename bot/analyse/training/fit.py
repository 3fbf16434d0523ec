"""Logistic regressions on the features of the labelled articles, as plain weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.analyse.facts import audiences, effective, naming
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled, folds
from bot.model import Group

STRENGTH = {
    "relevance": 0.5,
    "measure": 0.05,
    "stage": 0.05,
    "regulator": 0.2,
    "messenger": 0.5,
    "audience": 0.12,
    "audience-users": 0.15,
    "audience-platforms": 0.1,
    "date": 0.5,
    "pair": 1.0,
}
"""Inverse strength of regularisation."""
THRESHOLD = {
    "relevance": 0.6,
    "regulator": 0.4,
    "messenger": 0.5,
    "audience": 0.42,
    "audience-users": 0.38,
    "audience-platforms": 0.4,
    "date": 0.42,
    "pair": 1.0,
}
SEEN_AT_LEAST = 2


def fit(articles: Sequence[Labelled]) -> dict[str, Linear]:  # noqa: C901 - one model after another  # noqa: C901
    """All models. Deterministic: the same articles give the same weights."""
    scored = [item for item in articles if item.relevant is not None]
    models = {"relevance": binary([item.relevance for item in scored], [bool(item.relevant) for item in scored], "relevance")}
    told = [item for item in articles if item.facts]
    models["measure"], models["stage"] = _courses(told)
    believed = _believed(told)
    rows: list[dict[str, float]] = []
    marks: list[bool] = []
    for item in told:
        for measure, stage in believed[item.id]:
            for name in dict.fromkeys(mention.name for found in item.view.regulators for mention in found):
                rows.append(naming.regulator(item.view, name, measure, stage))
                marks.append(name in label(item, "regulators"))
    models["regulator"] = binary(rows, marks, "regulator")
    rows, marks = [], []
    for item in told:
        for measure, _ in believed[item.id]:
            for name in dict.fromkeys(mention.name for found in item.view.messengers for mention in found):
                rows.append(naming.messenger(item.view, name, measure))
                marks.append(name in label(item, "messengers"))
    models["messenger"] = binary(rows, marks, "messenger")
    for name, groups in (
        *((f"audience-{group}", [group]) for group in sorted(audiences.BROAD)),
        ("audience", [group for group in Group if group not in audiences.BROAD]),
    ):
        rows, marks = [], []
        for item in told:
            for measure, stage in believed[item.id]:
                for group in groups:
                    rows.append(audiences.audience(item.view, item.document, measure, stage, group))
                    marks.append(group in label(item, "audiences"))
        models[name] = binary(rows, marks, name)
    rows, marks = [], []
    for item in told:
        for measure, stage in believed[item.id]:
            for found in effective.candidates(item.view, item.published, measure, stage, every=True):
                rows.append(found.features)
                marks.append(bool(label(item, "effective_date")) and same_date(found.date.value, label(item, "effective_date")))
    models["date"] = binary(rows, marks, "date")
    return models


def label(item: Labelled, name: str) -> Any:
    """A label of a relevant article."""
    assert item.facts is not None  # noqa: S101 - callers choose relevant articles
    return item.facts[name]


def same_date(said: str, true: str) -> bool:
    """True if a date is the labelled one, or the month of it."""
    return said == true or (said[:7] == true[:7] and 7 in (len(said), len(true)))


def _believed(told: Sequence[Labelled]) -> dict[str, list[tuple[str, str]]]:
    """The measure and stage each article is read with: the labelled ones, and those that a model blind to its story would say."""
    believed = {item.id: [(label(item, "measure"), label(item, "stage"))] for item in told}
    for rest, held in folds(told, 5, seed=1):
        measure, stage = _courses(rest)
        for item in held:
            said = measure.choose(item.measured)
            believed[item.id].append((said, stage.choose(item.staged(said))))
    return believed


def binary(rows: Sequence[Mapping[str, float]], marks: Sequence[bool], kind: str) -> Linear:
    """A model of one yes-or-no question."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    keep = np.asarray((matrix != 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    fitted = LogisticRegression(C=STRENGTH[kind], max_iter=2000, tol=1e-8).fit(matrix[:, keep], np.array(marks))
    names = [name for name, kept in zip(vectorizer.get_feature_names_out(), keep, strict=True) if kept]
    weights = {name: (round(float(weight), 3),) for name, weight in zip(names, fitted.coef_[0], strict=True) if abs(weight) >= 0.001}
    return Linear(("true",), (round(float(fitted.intercept_[0]), 3),), weights, THRESHOLD[kind])


def several(rows: Sequence[Mapping[str, float]], labels: Sequence[str], kind: str) -> Linear:
    """A model of one choice among several classes: a linear support vector machine for each class against the rest."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    keep = np.asarray((matrix != 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    fitted = LinearSVC(C=STRENGTH[kind], dual=False, tol=1e-6, max_iter=5000).fit(matrix[:, keep], labels)
    names = [name for name, kept in zip(vectorizer.get_feature_names_out(), keep, strict=True) if kept]
    table = {name: tuple(round(float(weight), 3) for weight in fitted.coef_[:, index]) for index, name in enumerate(names)}
    return Linear(tuple(fitted.classes_), tuple(round(float(value), 3) for value in fitted.intercept_), table)


def _courses(told: Sequence[Labelled]) -> tuple[Linear, Linear]:
    """The models of the measure and of the stage."""
    measures = [label(item, "measure") for item in told]
    return (
        several([item.measured for item in told], measures, "measure"),
        several(
            [item.staged(measure) for item, measure in zip(told, measures, strict=True)], [label(item, "stage") for item in told], "stage"
        ),
    )
