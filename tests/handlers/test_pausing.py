"""An administrator pauses and resumes a source, by words and by a button; anybody else is not understood."""

from __future__ import annotations

from acting import Stage

from bot.store.polls import PollState


async def test_a_source_is_paused_and_resumed(stage: Stage) -> None:
    """A failing source is offered to be paused; a paused one to be resumed; for an unknown one similar ones are named."""
    polls, now = stage.store.polls, stage.clock.now()
    await polls.register(["interfax", "tass"], now)
    await polls.put_state("tass", PollState(failures=3, failing_since=now, error="timeout"))
    admin, anna = stage.person(1), stage.person(7)
    anna.say("приостановить tass")
    await anna.expect("Я умею дайджест")
    assert await polls.paused() == {}
    admin.say("источники")
    assert "tass: с сегодня в 09:00 — timeout" in (await admin.expect("с ошибками: 1")).text
    admin.press("Приостановить tass")
    await admin.expect("не опрашиваю")
    assert await polls.paused() == {"tass": now}
    admin.say("источники")
    assert "tass: на паузе с сегодня в 09:00" in (await admin.expect("с ошибками: 0")).text
    admin.press("Возобновить tass")
    await admin.expect("опрашиваю снова")
    assert await polls.paused() == {}
    admin.say("приостановить vesti")
    await admin.expect("Такого источника нет. Всего источников 2, например: interfax и tass.")
    admin.say("приостановить Interfaks")
    await admin.expect("Такого источника нет. Похожие: interfax.")
