"""Who talks with the bot, and about what, stays out of the log at its usual level."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from acting import Stage, fill

from bot.logs import configure_logs

NUMBER = 987650123
WORDS = "Сиреневый дирижабль"


async def test_neither_numbers_nor_words_are_logged(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings, searches, summaries, refusals, forged buttons, a block, a return: none of them names the person or repeats the words."""
    configure_logs(style="json", level="INFO", secrets=[])
    try:
        await fill(stage.newsroom, stage.clock)
        person = stage.person(NUMBER)
        for said, answer in (
            ("/start", "Вестник следит"),
            ("/subscribe", "Готово"),
            (f"скрытые слова {WORDS}", "сиреневый дирижабль"),
            (f"/search {WORDS}", "ничего не нашлось"),
            (f"кратко {WORDS} " * 8, "не о регулировании"),
            (f"http://127.0.0.1/{NUMBER}", "Такие адреса"),
            ("/export", "всё, что я о вас храню"),
        ):
            person.say(said)
            message = await person.expect(answer)
        forged = "card:../../x" if stage.platform == "telegram" else json.dumps({"action": "card:../../x"})
        await person.press_data(forged, message).answered()
        person.block()
        person.unblock()
        person.say("/forget")
        await person.expect("Удалить подписку")
        person.press("Да, удалить всё")
        await person.expect("Удалил всё")
        await stage.end()
        logged = capsys.readouterr().err
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers.clear()
    assert "refused" in logged
    assert str(NUMBER) not in logged
    assert "ирижабл" not in logged
