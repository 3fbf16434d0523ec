"""What people write when they search: words, and filters named among them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Group
from handlers.dialogue.query import Query, read_query
from handlers.dialogue.stories import read_asked


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Штрафы Viber", Query(words="Штрафы Viber")),
        ("штрафы для банков за неделю", Query(words="штрафы", audience="banks", days=7)),
        ("штраф за 3 дня", Query(words="штраф", days=3)),
        ("штраф за отказ", Query(words="штраф за отказ")),
        ("закон для всех", Query(words="закон для всех")),
        ("штраф, стадия: действует", Query(words="штраф", stage="active")),
        ("Стадия: проект; мессенджер: телега", Query(stage="planned", messenger="Telegram")),
        ("запрет кому: СМИ период: месяц", Query(words="запрет", audience="media", days=30)),
        ("стадия: неведомая", Query(words="стадия: неведомая")),
        ("законы, сначала подходящие", Query(words="законы", order="best")),
        ("fines for banks in the last month, most relevant first", Query(words="fines", audience="banks", days=30, order="best")),
        ("fines stage: in force messenger: WhatsApp", Query(words="fines", stage="active", messenger="WhatsApp")),
        ("стадия: действует штрафы", Query(words="штрафы", stage="active")),
        ("стадия: принят в чтении законы", Query(words="законы", stage="adopted")),
        ("мессенджер: VK Мессенджер звонки", Query(words="звонки", messenger="VK Мессенджер")),
        ("период: 3 дня штрафы", Query(words="штрафы", days=3)),
        ("кому: банкам, СМИ штрафы", Query(words="штрафы", audience="banks")),
        ("telegram сегодня", Query(words="telegram", days=1)),
        ("штрафы на этой неделе", Query(words="штрафы", days=7)),
        ("fines this month", Query(words="fines", days=30)),
        ("последние новости про Telegram", Query(words="Telegram")),
        ("что нового о штрафах", Query(words="штрафах")),
        ("latest news about WhatsApp", Query(words="WhatsApp")),
        ("новости", Query(words="новости")),
        ("", Query()),
        ("…", Query()),
    ],
)
def test_filters_are_read_among_words(text: str, query: Query) -> None:
    """In both languages, with and without names; what only looks like a filter stays a word."""
    assert read_query(text) == query


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_makes_a_query_that_is_remembered(text: str) -> None:
    """No text breaks the reading, and what is remembered is what was read."""
    query = read_query(text)
    assert Query.load(query.dump()) == query


@pytest.mark.parametrize(
    ("name", "value"),
    [("stage", "x"), ("audience", "all"), ("messenger", "99"), ("messenger", "²"), ("days", "3"), ("order", ""), ("", ""), ("all", "1")],
)
def test_a_forged_filter_is_none(name: str, value: str) -> None:
    """Only what a button offers can be chosen."""
    assert Query(words="штраф").narrowed(name, value) is None


@pytest.mark.parametrize(
    ("text", "groups", "days"),
    [
        ("банки за месяц", (Group.BANKS,), 30),
        ("по банкам и СМИ за 3 дня", (Group.BANKS, Group.MEDIA), 3),
        ("для школ", (Group.EDUCATION,), 7),
        ("banks for a month", (Group.BANKS,), 30),
        ("media in the last 2 weeks", (Group.MEDIA,), 14),
        ("for schools", (Group.EDUCATION,), 7),
        ("слоны", (), 7),
    ],
)
def test_a_digest_is_asked_for_by_groups_and_period(text: str, groups: tuple[Group, ...], days: int) -> None:
    """In both languages; a week where no period is named."""
    assert read_asked(text) == (groups, dt.timedelta(days=days))
