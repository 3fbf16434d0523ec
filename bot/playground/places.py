"""A chat as tests look at it: what the bot wrote, and waiting for what it will write."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.errors import BadInput
from bot.playground.ledger import Delivered, Key

if TYPE_CHECKING:
    from bot.playground.serving import Emulator

Wanted: TypeAlias = str | Callable[[Delivered], object]
PATIENCE: Final = 5.0
MOSCOW: Final = (55.7558, 37.6173)


def fits(message: Delivered, wanted: Wanted) -> bool:
    """True if the message has the words, or pleases the predicate."""
    return wanted in message.text if isinstance(wanted, str) else bool(wanted(message))


class Place:
    """One chat of an emulator."""

    def __init__(self, emulator: Emulator, number: int, name: str) -> None:
        self._emulator, self.id, self.name = emulator, number, name
        self._mark = 0

    @property
    def messages(self) -> tuple[Delivered, ...]:
        """What the bot wrote here, in order, as it stands now."""
        return self._emulator.ledger.messages(self.id)

    @property
    def last(self) -> Delivered:
        """The bot's newest message here. Raises BadInput if there is none."""
        message = self._emulator.ledger.last(self.id)
        if message is None:
            raise BadInput(f"nothing was written to {self.name} ({self.id})")
        return message

    def mark(self) -> None:
        """`expect` looks only at what changes from now on."""
        self._mark = self._emulator.ledger.sequence

    async def expect(self, wanted: Wanted = "", timeout: float = PATIENCE) -> Delivered:
        """The first of the bot's messages, new or edited since the last act or the last expectation, that fits. Raises TimeoutError."""

        def find() -> Delivered | None:
            changed = (m for m in self.messages if m.sequence > self._mark)
            return min((m for m in changed if fits(m, wanted)), key=lambda m: m.sequence, default=None)

        try:
            message = await self._emulator.watch.until(find, timeout)
        except TimeoutError:
            seen = [m.text[:200] for m in self.messages if m.sequence > self._mark]
            raise TimeoutError(f"{self.name} ({self.id}) waited for {wanted!r} and saw {seen}") from None
        self._mark = message.sequence
        return message

    def find_button(self, label: str, message: Delivered | None = None) -> tuple[Delivered, Key]:
        """The button with this text or data: on the message, else on the newest that has it. Raises BadInput."""
        candidates = [message] if message is not None else [m for m in reversed(self.messages) if m.keyboard is not None]
        for candidate in candidates:
            if candidate.keyboard and (key := candidate.keyboard.find(label)) is not None:
                return candidate, key
        raise BadInput(f"no button {label!r}; there are {[m.buttons for m in candidates[:3]]}")

    @property
    def reply_keyboard(self) -> tuple[str, ...]:
        """The labels of the keyboard in place of the person's own."""
        for message in reversed(self.messages):
            if message.keyboard is not None and not message.keyboard.inline:
                return message.buttons
        return ()
