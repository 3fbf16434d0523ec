"""Faults on request: which call, to whom, how often and what goes wrong."""

from __future__ import annotations

import dataclasses
import enum
import random
from collections.abc import Mapping

from bot.errors import BadInput


class Kind(enum.StrEnum):
    """What goes wrong."""

    FLOOD = "flood"
    """Too many requests: Telegram's 429 with `seconds` as retry_after, VK's error `code` (6 unless given)."""
    ERROR = "error"
    """The platform's error object with `code` and `text`."""
    MIGRATE = "migrate"
    """Telegram: the group became the supergroup `new_id`."""
    PAGE = "page"
    """An HTML error page with the status `code` (502 unless given)."""
    GARBAGE = "garbage"
    """Status 200 and a body that is no JSON."""
    DROP = "drop"
    """The connection is cut before the call is accepted."""
    DROP_AFTER = "drop-after"
    """The call is accepted, then the connection is cut without an answer."""
    SLOW = "slow"
    """The call waits `seconds` before it is looked at."""
    SLOW_AFTER = "slow-after"
    """The call is accepted at once and answered after `seconds`."""
    FAILED = "failed"
    """VK: the long poll answers `failed` with `code` 1, 2 or 3."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One rule. Empty conditions match everything."""

    kind: Kind
    method: str = ""
    """A method's name, as `sendMessage` or `messages.send`; `send` stands for all that put a message into a chat."""
    chat: int | None = None
    times: int | None = 1
    """How many calls it spoils; None for all."""
    skip: int = 0
    """How many matching calls pass first."""
    probability: float = 1.0
    seconds: float = 0.0
    code: int = 0
    text: str = ""
    new_id: int = 0

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Fault:
        """A fault from JSON. Raises BadInput for an unknown key or kind."""
        try:
            return cls(**{**body, "kind": Kind(str(body.get("kind", "")))})  # type: ignore[arg-type]  # the values are JSON's
        except (TypeError, ValueError) as error:
            raise BadInput(f"no such fault: {error}") from error


@dataclasses.dataclass(slots=True)
class _Armed:
    fault: Fault
    left: int | None
    skip: int


class Faults:
    """The rules in force. The same seed spoils the same calls."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._armed: dict[int, _Armed] = {}
        self._next = 1
        self.hit: dict[Kind, int] = {}

    def add(self, fault: Fault) -> int:
        """Puts a rule in force and returns its number."""
        number, self._next = self._next, self._next + 1
        self._armed[number] = _Armed(fault, fault.times, fault.skip)
        return number

    def remove(self, number: int) -> None:
        """Takes a rule back; one that is already spent is no error."""
        self._armed.pop(number, None)

    def clear(self) -> None:
        """Takes all rules back."""
        self._armed.clear()

    @property
    def none(self) -> bool:
        """True if no rule is in force."""
        return not self._armed

    def draw(self, method: str, chat: int | None, *, sends: bool = False, of_chat: bool = False) -> dict[Kind, Fault]:
        """What goes wrong with this call, at most one fault of a kind; `of_chat` leaves out the rules that name no chat."""
        drawn: dict[Kind, Fault] = {}
        for number, armed in list(self._armed.items()):
            fault = armed.fault
            if (of_chat and fault.chat is None) or fault.kind in drawn or not _matches(fault, method, chat, sends=sends):
                continue
            if armed.skip:
                armed.skip -= 1
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            if armed.left is not None:
                armed.left -= 1
                if armed.left <= 0:
                    del self._armed[number]
            drawn[fault.kind] = fault
            self.hit[fault.kind] = self.hit.get(fault.kind, 0) + 1
        return drawn


def _matches(fault: Fault, method: str, chat: int | None, *, sends: bool) -> bool:
    if fault.chat is not None and fault.chat != chat:
        return False
    if not fault.method:
        return True
    return sends if fault.method == "send" else fault.method.lower() == method.lower()
