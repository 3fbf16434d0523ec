"""The figures of docs/evaluation.md from labelled rows and answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from bot.analyse.language.clean import alone
from bot.analyse.training.summaries import worth

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article and what was said of it."""

    gold: Row
    said: Row

    @property
    def told(self) -> bool:
        """A relevant article with labelled facts."""
        return self.gold["relevant"] is True and bool(self.gold["facts"])


def f1(hits: float, wrong: float, missed: float) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0


def relevance(cases: Sequence[Case]) -> float:
    """F1 of `relevant`; borderline articles are not scored."""
    scored = [case for case in cases if case.gold["relevant"] != "borderline"]
    hits = sum(bool(case.gold["relevant"] and case.said["relevant"]) for case in scored)
    wrong = sum(bool(not case.gold["relevant"] and case.said["relevant"]) for case in scored)
    return f1(hits, wrong, sum(bool(case.gold["relevant"]) for case in scored) - hits)


def bcubed(cases: Sequence[Case]) -> float:
    """B-cubed F1 over the relevant articles."""
    true, said = _stories(cases)
    groups_true, groups_said = _groups(true), _groups(said)
    if not true:
        return 0.0
    precision = sum(len(groups_true[true[i]] & groups_said[said[i]]) / len(groups_said[said[i]]) for i in true) / len(true)
    recall = sum(len(groups_true[true[i]] & groups_said[said[i]]) / len(groups_true[true[i]]) for i in true) / len(true)
    return 2 * precision * recall / (precision + recall)


def pairs(cases: Sequence[Case]) -> float:
    """F1 of pairs of the same story."""
    true, said = _stories(cases)
    hits = wrong = missed = 0
    for a, b in combinations(true, 2):
        together, claimed = true[a] == true[b], said[a] == said[b]
        hits += together and claimed
        wrong += claimed and not together
        missed += together and not claimed
    return f1(hits, wrong, missed)


def _stories(cases: Sequence[Case]) -> tuple[dict[int, str], dict[int, str]]:
    numbered = [(number, case) for number, case in enumerate(cases) if case.gold["relevant"] is True]
    return {i: str(case.gold["story"]) for i, case in numbered}, {i: str(case.said.get("story") or f"alone:{i}") for i, case in numbered}


def _groups(stories: Mapping[int, str]) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for number, story in stories.items():
        groups[story].add(number)
    return groups


def names(field: str) -> Callable[[Sequence[Case]], float]:
    """Micro F1 of a list of names."""

    def score(cases: Sequence[Case]) -> float:
        hits = wrong = missed = 0
        for case in cases:
            if case.told:
                true, said = ({str(name).casefold() for name in row["facts"][field]} for row in (case.gold, case.said))
                hits, wrong, missed = hits + len(true & said), wrong + len(said - true), missed + len(true - said)
        return f1(hits, wrong, missed)

    return score


def accuracy(field: str) -> Callable[[Sequence[Case]], float]:
    """Share of right single values."""

    def score(cases: Sequence[Case]) -> float:
        rows = [case for case in cases if case.told and case.gold["facts"][field]]
        return float(sum(case.said["facts"][field] == case.gold["facts"][field] for case in rows) / max(1, len(rows)))

    return score


def date(case: Case) -> float:
    """1 for the labelled date, a half for its month."""
    true, said = case.gold["facts"]["effective_date"], case.said["facts"]["effective_date"]
    if not (true and said):
        return 0.0
    return 1.0 if true == said else 0.5 if true[:7] == said[:7] and 7 in (len(true), len(said)) else 0.0


def date_precision(cases: Sequence[Case]) -> float:
    """Precision of the effective date."""
    said = [date(case) for case in cases if case.told and case.said["facts"]["effective_date"]]
    return sum(said) / max(1, len(said))


def date_f1(cases: Sequence[Case]) -> float:
    """F1 of the effective date."""
    told = [case for case in cases if case.told]
    hits = sum(date(case) for case in told)
    return f1(
        hits,
        sum(bool(case.said["facts"]["effective_date"]) for case in told) - hits,
        sum(bool(case.gold["facts"]["effective_date"]) for case in told) - hits,
    )


def lead(row: Row) -> str:
    """The first sentence of a text: up to the first stop before a capital."""
    return re.split(r"(?<=[.!?…])\s+(?=[«\"A-ZА-ЯЁ0-9])", row["text"], maxsplit=1)[0]


def above_lead(which: int) -> Callable[[Sequence[Case]], float]:
    """How much ROUGE (0: -1, 1: -2, 2: -L) of the summary exceeds that of the first sentence."""

    def score(cases: Sequence[Case]) -> float:
        rows = [case for case in cases if case.gold["relevant"] is True and case.gold["summary"]]
        return sum(
            worth(case.said["summary"], case.gold["summary"])[which] - worth(lead(case.gold), case.gold["summary"])[which] for case in rows
        ) / max(1, len(rows))

    return score


def stands(cases: Sequence[Case]) -> float:
    """Share of summaries of relevant articles that have at most 300 characters and no dangling word."""
    rows = [case for case in cases if case.gold["relevant"] is True and case.said["relevant"]]
    return sum(0 < len(case.said["summary"]) <= 300 and alone(case.said["summary"]) for case in rows) / max(1, len(rows))


def letter_for_letter(cases: Sequence[Case]) -> float:
    """Share of evidence sentences found in the source as they are."""
    found = [
        item["sentence"] in case.gold["title"] or item["sentence"] in case.gold["text"] for case in cases for item in case.said["evidence"]
    ]
    return sum(found) / max(1, len(found))


FIGURES: tuple[tuple[str, float, Callable[[Sequence[Case]], float]], ...] = (
    ("relevance F1", 0.95, relevance),
    ("stories, B-cubed F1", 0.92, bcubed),
    ("stories, pairs F1", 0.85, pairs),
    ("regulators, micro F1", 0.90, names("regulators")),
    ("messengers, micro F1", 0.95, names("messengers")),
    ("audiences, micro F1", 0.82, names("audiences")),
    ("measure, accuracy", 0.80, accuracy("measure")),
    ("stage, accuracy", 0.82, accuracy("stage")),
    ("effective date, precision", 0.95, date_precision),
    ("effective date, F1", 0.86, date_f1),
    ("ROUGE-1 above the lead", 0.06, above_lead(0)),
    ("ROUGE-2 above the lead", 0.05, above_lead(1)),
    ("ROUGE-L above the lead", 0.06, above_lead(2)),
    ("summaries that stand alone", 1.0, stands),
    ("evidence letter for letter", 1.0, letter_for_letter),
)
"""What is measured, what is asked, and how."""
