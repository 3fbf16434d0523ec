"""The table of figures with bootstrap intervals, and the worst cases with reasons."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence

from bot.analyse.evaluate.crossval import cases
from bot.analyse.evaluate.score import FIGURES, Case, lead
from bot.analyse.training.data import SETS, read
from bot.analyse.training.summaries import worth

FOLDS = 6


def report(*, resamples: int = 1000, worst: int = 20, as_json: bool = False, seed: int = 0) -> str:
    """The report as text or JSON. The same code and data give the same report."""
    found = cases(read(SETS[0]), read(*SETS[1:]), count=FOLDS, seed=seed)
    table = [(name, asked, figure(found), *interval(found, name, resamples)) for name, asked, figure in FIGURES]
    bad = worst_cases(found, worst)
    if as_json:
        rows = [{"figure": name, "asked": asked, "value": value, "low": low, "high": high} for name, asked, value, low, high in table]
        return json.dumps(
            {"figures": rows, "worst": [{"id": case.gold["id"], "reasons": reasons} for case, reasons in bad]}, ensure_ascii=False
        )
    lines = [
        f"{len(found)} articles, {FOLDS}-fold cross-validation over stories; 95 % intervals from {resamples} resamples of the stories",
        "",
    ]
    lines.append(f"{'figure':<30}{'asked':>8}{'reached':>10}   95 % interval")
    for name, asked, value, low, high in table:
        lines.append(f"{name:<30}{asked:>8.2f}{value:>10.3f}   {low:.3f} … {high:.3f}  {'' if value >= asked else 'below'}".rstrip())
    lines += ["", f"The worst {len(bad)} cases", ""]
    for case, reasons in bad:
        lines.append(f"{case.gold['id']}  {case.gold['title']}")
        lines.extend(f"      {reason}" for reason in reasons)
    return "\n".join(lines)


def interval(found: Sequence[Case], name: str, resamples: int) -> tuple[float, float]:
    """The middle 95 % of a figure over resampled stories: articles of one story are not independent."""
    figure = next(function for label, _, function in FIGURES if label == name)
    if not resamples:
        value = figure(found)
        return value, value
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        groups[str(case.gold["story"])].append(case)
    stories = sorted(groups)
    chance = random.Random(20240101)
    count = min(resamples, 200) if "pairs" in name or "cubed" in name else resamples
    values = []
    for _ in range(count):
        drawn = [
            Case(
                {**case.gold, "story": f"{number}:{case.gold['story']}"},
                {**case.said, "story": case.said["story"] and f"{case.said['story']}"},
            )
            for number, story in enumerate(chance.choices(stories, k=len(stories)))
            for case in _apart(groups[story], number)
        ]
        values.append(figure(drawn))
    values.sort()
    return values[int(0.025 * count)], values[min(count - 1, int(0.975 * count))]


def _apart(group: Sequence[Case], number: int) -> list[Case]:
    """A story drawn again is another story, so its answers are named apart too."""
    return [Case(case.gold, {**case.said, "story": case.said["story"] and f"{number}:{case.said['story']}"}) for case in group]


def worst_cases(found: Sequence[Case], count: int) -> list[tuple[Case, list[str]]]:
    """The cases with most that is wrong, each with what was said and what is labelled."""
    ranked = []
    for case in found:
        penalty, reasons = _faults(case)
        if reasons:
            ranked.append((-penalty, str(case.gold["id"]), case, reasons))
    return [(case, reasons) for _, _, case, reasons in sorted(ranked, key=lambda row: row[:2])[:count]]


def _faults(case: Case) -> tuple[float, list[str]]:
    gold, said = case.gold, case.said
    if gold["relevant"] != "borderline" and bool(gold["relevant"]) != said["relevant"]:
        return 5.0, [f"relevant: said {said['relevant']} ({said['relevance']:.2f}), labelled {gold['relevant']}"]
    if not (case.told and said["relevant"]):
        return 0.0, []
    penalty, reasons = 0.0, []
    for field, weight in (("measure", 2.0), ("stage", 2.0), ("effective_date", 1.5)):
        true, answer = gold["facts"][field], said["facts"][field]
        if true != answer:
            penalty += weight
            reasons.append(f"{field}: said {answer}, labelled {true}")
    for field in ("regulators", "messengers", "audiences"):
        true, answer = set(gold["facts"][field]), set(said["facts"][field])
        if true != answer:
            penalty += 0.5 * len(true ^ answer)
            reasons.append(f"{field}: missed {', '.join(sorted(true - answer)) or '–'}; too many {', '.join(sorted(answer - true)) or '–'}")
    loss = sum(worth(lead(gold), gold["summary"])) - sum(worth(said["summary"], gold["summary"]))
    if loss > 0.5:
        penalty += loss
        reasons.append(f"summary worse than the lead: {said['summary']}")
    return penalty, reasons
