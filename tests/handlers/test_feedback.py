"""«Неверно» under a story: the administrators hear of it at once, and the operator's command lists it with the evidence."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from acting import Stage, fill

from bot.cli import run
from bot.model import Group
from handlers.dialogue.feedback import A_DAY


async def test_what_a_reader_calls_wrong_is_listed(
    stage: Stage, valkey: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The field, the value and the sentence behind it; an administrator of the bot sees it in the chat too; a flood of them is stopped."""
    await fill(stage.newsroom, stage.clock, ("d015", "d011"))
    person, admin = stage.person(), stage.person(1)
    person.say("/search Viber")
    await person.expect("Поиск: Viber")
    person.press("1")
    await person.expect("Источники")
    person.press("Неверно")
    asked = await person.expect("Что здесь неверно?")
    person.press(next(label for label in asked.buttons if label.startswith("что именно")), message=asked)
    await person.expect("Передал администраторам")
    await stage.emulator.watch.until(lambda: stage.alarms or None, 5)
    assert "что именно делают: блокировка" in stage.alarms[0]
    monkeypatch.setenv("VESTNIK_REDIS_URL", valkey)
    capsys.readouterr()
    assert await asyncio.to_thread(run, ["feedback", "--json"]) == 0
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert (line["field"], line["value"]) == ("measure", "blocking")
    assert "Viber" in line["headline"]
    assert "Viber" in line["evidence"]
    person.press("Неверно")
    asked = await person.expect("Что здесь неверно?")
    person.press("пересказ", message=asked)
    await person.expect("Передал администраторам")
    await stage.emulator.watch.until(lambda: stage.alarms[1:] or None, 5)
    assert "Взято из: —" not in stage.alarms[1], "a summary has sentences behind it too"
    admin.say("отзывы")
    assert "что именно делают: блокировка" in (await admin.expect("Что читатели назвали неверным")).text
    for _ in range(A_DAY - 1):
        person.press("Неверно")
        asked = await person.expect("Что здесь неверно?")
        press = person.press("пересказ", message=asked)
        said = await press.answered()
    assert "На сегодня хватит" in said


async def test_every_fact_of_a_card_can_be_called_wrong(stage: Stage) -> None:
    """The document and the place too: each line that a card shows has its button, and no keyboard overflows."""
    await fill(stage.newsroom, stage.clock, ("d015",))
    (story,) = await stage.store.stories.recent(1)
    facts = replace(
        story.facts,
        regulators=("Роскомнадзор",),
        audiences=(Group.BANKS,),
        effective_date="2026-09-01",
        documents=("149-ФЗ",),
        penalties=("1 млн ₽",),
        territory="Kazakhstan",
    )
    cluster = await stage.store.stories.cluster(story.id)
    assert cluster is not None
    await stage.store.stories.put(replace(cluster, story=replace(story, facts=facts)), previous=cluster)
    person = stage.person()
    person.say("найди Viber")
    await person.expect("Поиск: Viber")
    person.press("1")
    await person.expect("Источники")
    person.press("Неверно")
    asked = await person.expect("Что здесь неверно?")
    assert len(asked.buttons) == 10
    person.press("в каком документе", message=asked)
    await person.expect("Передал администраторам")
    await stage.emulator.watch.until(lambda: stage.alarms or None, 5)
    assert "в каком документе: 149-ФЗ" in stage.alarms[0]
