"""Plays a conversation script against one platform."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 5.0
FOLDER = Path(__file__).parent / "scripts"
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True)
class Line:
    """One line of a script, with where it stands."""

    number: int
    sign: str
    text: str


def read(path: Path) -> Iterator[Line]:
    """The lines of a script that mean something."""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        if raw.startswith("["):
            yield Line(number, "[", raw.strip()[1:-1])
        else:
            yield Line(number, raw[0], raw[1:].strip())


class Player:
    """Does what the person does and checks what they see."""

    def __init__(self, stage: Any, person: Any) -> None:
        self.stage, self.person = stage, person
        self.seen: Any = None
        self.press: Any = None

    async def play(self, lines: list[Line], name: str) -> None:
        """Every line in turn; the one that fails is named."""
        for line in lines:
            try:
                await self._line(line)
            except Exception as error:
                raise AssertionError(f"{name}:{line.number}: {line.sign} {line.text}\n{error}") from error

    async def _line(self, line: Line) -> None:
        match line.sign:
            case ">":
                choices = re.split(r"\s\|\s", line.text)
                self.person.say(choices[-1] if self.stage.platform == "vk" else choices[0])
            case "[":
                await self.stage.emulator.watch.until(lambda: self._has(line.text), PATIENCE)
                self.press = self.person.press(line.text)
            case "<":
                self.seen = await self.person.expect(lambda message: line.text in flat(message.text))
            case "b":
                have = self.seen.buttons
                for label in line.text.split(", "):
                    assert any(one.startswith(label) for one in have), f"no {label!r} among {have}"
            case "n":
                assert line.text not in flat(self.seen.text)
            case "e":
                assert self.seen.edits, f"not edited: {self.seen.text!r}"
            case "t":
                assert line.text in await self.press.answered()
            case "@":
                self._act(*line.text.partition(" ")[::2])
            case _:
                raise AssertionError("an unknown line")

    def _has(self, label: str) -> bool:
        """Whether the button is there yet."""
        return any(message.keyboard is not None and message.keyboard.find(label) for message in self.person.messages)

    def _act(self, what: str, words: str) -> None:
        match what:
            case "place":
                self.person.share_location(*map(float, words.split()))
            case "forward":
                self.person.forward(words)
            case "file":
                name, _, text = words.partition(": ")
                self.person.send_file(name, text.encode())
            case "clock":
                step = dt.timedelta(**{_UNITS[words[-1]]: int(words[1:-1])})
                self.stage.clock.move_to(self.stage.clock.now() + step)
            case "language" | "empty" | "admin" | "alarms":
                pass
            case _:
                raise AssertionError("an unknown act")


def flat(text: str) -> str:
    """The text without what only a renderer sees: word joiners and hard spaces."""
    return text.replace("\u2060", "").replace("\u00a0", " ")
