"""Logistic regressions on the features of the labelled articles, as plain weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.analyse import audiences, effective, features
from bot.analyse.linear import Linear
from bot.analyse.training.data import Labelled, folds
from bot.model import Group

STRENGTH = {
    "relevance": 0.5,
    "measure": 0.3,
    "stage": 0.3,
    "regulator": 0.5,
    "messenger": 0.5,
    "audience": 0.12,
    "audience-users": 0.15,
    "audience-platforms": 0.1,
    "date": 0.5,
    "pair": 1.0,
}
"""Inverse strength of regularisation."""
THRESHOLD = {
    "relevance": 0.5,
    "regulator": 0.35,
    "messenger": 0.5,
    "audience": 0.42,
    "audience-users": 0.38,
    "audience-platforms": 0.4,
    "date": 0.4,
    "pair": 1.0,
}
SEEN_AT_LEAST = 2
HINTS = 3


def fit(articles: Sequence[Labelled]) -> dict[str, Linear]:  # noqa: C901 - one model after another  # noqa: C901
    """All models. Deterministic: the same articles give the same weights."""
    scored = [item for item in articles if item.relevant is not None]
    models = {"relevance": binary([item.relevance for item in scored], [bool(item.relevant) for item in scored], "relevance")}
    told = [item for item in articles if item.facts]
    models["measure"] = several(told, [item.document for item in told], [label(item, "measure") for item in told], "measure")
    models["stage"] = several(
        told, [item.staged(label(item, "measure")) for item in told], [label(item, "stage") for item in told], "stage"
    )
    believed = _believed(told)
    rows: list[dict[str, float]] = []
    marks: list[bool] = []
    for item in told:
        for measure, stage in believed[item.id]:
            for name in dict.fromkeys(mention.name for found in item.view.regulators for mention in found):
                rows.append(features.regulator(item.view, name, measure, stage))
                marks.append(name in label(item, "regulators"))
    models["regulator"] = binary(rows, marks, "regulator")
    rows, marks = [], []
    for item in told:
        for measure, _ in believed[item.id]:
            for name in dict.fromkeys(mention.name for found in item.view.messengers for mention in found):
                rows.append(features.messenger(item.view, name, measure))
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
        measure = several(rest, [item.document for item in rest], [label(item, "measure") for item in rest], "measure")
        stage = several(rest, [item.staged(label(item, "measure")) for item in rest], [label(item, "stage") for item in rest], "stage")
        for item in held:
            said = measure.choose(item.document, item.hints["measure"])
            believed[item.id].append((said, stage.choose(item.staged(said), item.hints["stage"])))
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


def several(items: Sequence[Labelled], rows: Sequence[Mapping[str, float]], labels: Sequence[str], kind: str) -> Linear:
    """A model of one choice among several classes; what the rules say is weighed once for all classes, what the words say a class."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    keep = np.asarray((matrix != 0).sum(axis=0)).ravel() >= SEEN_AT_LEAST
    matrix = matrix[:, keep]
    classes = sorted(set(labels))
    truth = np.array([classes.index(label) for label in labels])
    hinted = np.zeros((HINTS, len(items), len(classes)))
    for row, item in enumerate(items):
        for number, hint in enumerate(item.hints[kind]):
            if hint in classes:
                hinted[number, row, classes.index(hint)] = 1.0
    width, count = matrix.shape[1], len(classes)
    onehot = np.eye(count)[truth]

    def loss(flat: Any) -> tuple[float, Any]:
        weights, bias, trust = flat[: width * count].reshape(width, count), flat[width * count : -HINTS], flat[-HINTS:]
        scores = matrix @ weights + bias + np.tensordot(trust, hinted, 1)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        chances = powers / powers.sum(axis=1, keepdims=True)
        apart = chances - onehot
        value = (
            -np.log(chances[np.arange(len(truth)), truth] + 1e-12).sum() + (weights**2).sum() / (2 * STRENGTH[kind]) + (bias**2).sum() / 1
        )
        slope = np.concatenate(
            [
                (matrix.T @ apart + weights / STRENGTH[kind]).ravel(),
                apart.sum(axis=0) + bias / 0.5,
                np.tensordot(hinted, apart, ([1, 2], [0, 1])),
            ]
        )
        return float(value), slope

    found = minimize(
        loss, np.zeros(width * count + count + HINTS), jac=True, method="L-BFGS-B", options={"maxiter": 3000, "ftol": 1e-12, "gtol": 1e-7}
    ).x
    weights, bias, trust = found[: width * count].reshape(width, count), found[width * count : -HINTS], found[-HINTS:]
    names = [name for name, kept in zip(vectorizer.get_feature_names_out(), keep, strict=True) if kept]
    table = {name: tuple(round(float(weight), 3) for weight in weights[index]) for index, name in enumerate(names)}
    return Linear(
        tuple(classes), tuple(round(float(value), 3) for value in bias), table, 0.5, tuple(round(float(value), 3) for value in trust)
    )
