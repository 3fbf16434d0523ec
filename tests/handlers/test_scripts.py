"""Conversations that read as scripts, played on both platforms from one list."""

from __future__ import annotations

import pytest
from acting import Stage, fill
from playing import FOLDER, Player, read

SCRIPTS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", SCRIPTS)
async def test_the_conversation_goes_as_written(stage: Stage, name: str) -> None:
    """What the person does gives what they see, on either platform."""
    lines = list(read(FOLDER / f"{name}.txt"))
    marks = {line.text.partition(" ")[0]: line.text.partition(" ")[2] for line in lines if line.sign == "@"}
    if "empty" not in marks:
        await fill(stage.newsroom, stage.clock)
    await Player(stage, stage.person(1 if "admin" in marks else 7, language=marks.get("language", "ru"))).play(lines, name)
    await stage.end()  # what follows an answer is done then too
    assert len(stage.alarms) == int(marks.get("alarms", 0))
