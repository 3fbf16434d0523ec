"""«Неверно» under a story: the administrators hear of it at once, and the operator's command lists it with the evidence."""

from __future__ import annotations

import asyncio
import json

import pytest
from acting import Stage, fill

from bot.cli import run
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
