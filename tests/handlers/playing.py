"""Plays a conversation script against one platform."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PATIENCE = 5.0
FOLDER = Path(__file__).parent / "scripts"
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True)
class Line:
    """One line of a script, with where it stands."""

    number: int
    sign: str
    text: str
    only: str = ""
    """The platform on which alone it is so."""


def read(path: Path) -> Iterator[Line]:
    """The lines of a script that mean something."""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        only = re.match(r"\((telegram|vk)\) ", raw)
        raw = raw[only.end() :] if only else raw
        text = raw.strip()[1:-1] if raw.startswith("[") else raw[1:].strip()
        yield Line(number, raw[0], text, only.group(1) if only else "")


class Player:
    """Does what the person does and checks what they see."""

    def __init__(self, stage: Any, person: Any) -> None:
        self.stage, self.person = stage, person
        self.seen: Any = None
        self.press: Any = None
        self.before = 0
        """How many messages there were when the person last did something."""

    async def play(self, lines: list[Line], name: str) -> None:
        """Every line in turn; the one that fails is named."""
        for line in lines:
            if line.only not in ("", self.stage.platform):
                continue
            try:
                await self._line(line)
            except Exception as error:
                raise AssertionError(f"{name}:{line.number}: {line.sign} {line.text}\n{error}") from error
        self._leads_on()

    def _leads_on(self) -> None:
        """Whatever was written last offers something to press: no answer is a dead end."""
        assert not self.person.messages or self.person.messages[-1].buttons, f"a dead end: {self.person.messages[-1].text!r}"

    async def _line(self, line: Line) -> None:
        if line.sign in ">[":
            self._leads_on()
            self.before = len(self.person.messages)
        match line.sign:
            case ">":
                choices = re.split(r"\s\|\s", line.text)
                words = choices[-1] if self.stage.platform == "vk" else choices[0]
                self.person.say(words.replace("{site}", self.stage.site))
            case "[":
                await self.stage.emulator.watch.until(lambda: self._has(line.text), PATIENCE)
                self.press = self.person.press(line.text)
            case "<":
                self.seen = await self.person.expect(lambda message: line.text in flat(message.text))
            case "@":
                self._act(*line.text.partition(" ")[::2])
            case _:
                await self._check(line)

    async def _check(self, line: Line) -> None:
        """What is true of the message last seen, of the button last pressed, of all that was said."""
        match line.sign:
            case "b":
                have = self.seen.buttons
                for label in line.text.split(", "):
                    assert any(one.startswith(label) for one in have), f"no {label!r} among {have}"
            case "x":
                assert not any(one.startswith(line.text) for one in self.seen.buttons), self.seen.buttons
            case "+":
                assert line.text in flat(self.seen.text), self.seen.text
            case "n":
                assert line.text not in flat(self.seen.text)
            case "!":
                every = [text for message in self.person.messages for text in (message.text, *(edit.text for edit in message.edits))]
                assert not [text for text in every if line.text in flat(text)]
            case "f":
                name, _, text = line.text.partition(": ")
                sent = await self.stage.emulator.watch.until(lambda: self._file(name), PATIENCE)
                assert text in sent, sent
            case "e":
                assert self.seen.edits, f"not edited: {self.seen.text!r}"
            case "t":
                assert line.text in await self.press.answered()
            case _:
                raise AssertionError("an unknown line")

    def _file(self, name: str) -> str | None:
        """What a file holds that came since the person's last act."""
        new = [message.file for message in self.person.messages[self.before :] if message.file is not None]
        return next((file.content.decode() for file in reversed(new) if file.name == name), None)

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
            case "pdf":
                name, _, text = words.partition(": ")
                self.person.send_file(name, pdf(text))
            case "clock":
                step = dt.timedelta(**{_UNITS[words[-1]]: int(words[1:-1])})
                self.stage.clock.move_to(self.stage.clock.now() + step)
            case "language" | "empty" | "admin" | "alarms":
                pass
            case _:
                raise AssertionError("an unknown act")


def pdf(text: str) -> bytes:
    """A page with a sentence a line; Latin letters only."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    lines = b" ".join(f"({line}.) Tj T*".encode() for line in text.rstrip(".").split(". "))
    stream.set_data(b"BT /F1 12 Tf 50 700 Td 14 TL " + lines + b" ET")
    page[NameObject("/Contents")] = writer._add_object(stream)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def flat(text: str) -> str:
    """The text without what only a renderer sees: word joiners and hard spaces."""
    return text.replace("\u2060", "").replace("\u00a0", " ")
