"""Whatever the code asks for is there, however the key comes about: by name, from a table, or put together."""

from __future__ import annotations

import pytest

from bot.analyse.analyst import _SPOKEN
from bot.analyse.features import AGAINST
from bot.deliver.slots import WEEK
from bot.digest.editing import Field
from bot.digest.labels import _MESSENGERS, _REGULATORS, PAYERS
from bot.model import Group, Length, Measure, Platform, Stage, Stance, Status
from bot.store.search import Order
from handlers.dialogue import admin, feedback, searching
from handlers.dialogue.choices import SETTINGS
from handlers.telegram.menu import COMMANDS

from . import scan

DAYS = ("daily", "weekdays", "weekends", "mon", "fri", "monthly")
SAID = {name for name in SETTINGS if name not in ("time", "days", "week", "timezone", "length")}
FACTS = ("regulators", "messengers", "measure", "audiences", "status", "stage", "effective_date", "documents", "penalties", "territory")
KINDS = ("stage", "effective_date", "penalty", "source", "official", "disagreement", "revision", "correction")
WEIGHED = ("outlets", "confirmed", "stage", "measure", "breadth", "widely-used", "soon")

# Every key that is put together, and all that may stand in its gap.
BUILT: dict[str, set[str]] = {
    "admin-ask-{}": set(Field),
    "admin-button-{}": set(admin.MENU),
    "admin-field-{}": set(Field),
    "admin-{}": {feedback.KIND, admin.DEFECTS},
    "card-stance-{}": set(Stance),
    "command-{}": set(COMMANDS),
    "digest-empty-{}": {"day", "week", "month"},
    "field-{}": set(FACTS),
    "group-of-{}": set(Group),
    "group-{}": set(Group),
    "kind-{}": set(KINDS),
    "measure-{}": set(Measure),
    "payer-{}": set(PAYERS.values()),
    "messenger-{}": set(_MESSENGERS.values()),
    "now-length-{}": set(Length),
    "now-{}": SAID,
    "now-{}-off": SAID - {"language"},
    "platform-{}": set(Platform),
    "reason-{}": {
        *("same-story", "no-messenger", "no-measure", "messenger", "messengers-at-large", "authority"),
        *(f"cue-{cue}" for cue in _SPOKEN),
        *(f"against-{cue}" for cue in AGAINST),
        *WEIGHED,
    },
    "regulator-{}": set(_REGULATORS.values()),
    "rung-{}": set(Stage),
    "scope-{}": {"business", "state"},
    "search-any-{}": set(searching.FILTERS),
    "search-order-{}": set(Order),
    "search-{}": set(searching.FILTERS),
    "settings-days-{}": set(DAYS),
    "settings-except-{}": set(WEEK),
    "settings-length-{}": set(Length),
    "settings-on-{}": {"daily", "weekdays", "weekends", "monthly", "mon", "tue", "wed", "thu", "fri", "sat", "sun"},
    "settings-week-{}": set(WEEK),
    "settings-{}-hint": set(SETTINGS),
    "settings-{}-name": set(SETTINGS),
    "stage-{}": set(Stage),
    "status-{}": set(Status),
    "word-{}": {"forget", "subscribe", "export"},
    "{}-before": {"news-stage", "news-date", "news-penalty", "news-correction"},
}
FAMILIES = {
    "admin",
    "button",
    "calendar",
    "command",
    "digest",
    "error",
    "feedback",
    "link",
    "period",
    "reading",
    "search",
    "settings",
    "web",
}
"""Families whose keys also stand in tables: what looks like one of them in the code must be one."""


def test_every_shape_of_a_key_is_known() -> None:
    """Who puts a new kind of key together says here what may stand in it. Those of the pages are said whenever a page is drawn."""
    assert {shape for shape in scan.built() if not shape.startswith("web-")} == set(BUILT)


@pytest.mark.parametrize("shape", sorted(BUILT))
def test_every_key_that_may_be_put_together_is_there(shape: str) -> None:
    """Each value has its words."""
    assert sorted({shape.format(value) for value in BUILT[shape]} - set(scan.messages("ru"))) == []


def test_every_key_in_a_table_is_there() -> None:
    """A table of buttons and the like names only messages that exist."""
    assert sorted(scan.likely(FAMILIES) - set(scan.messages("ru"))) == []
