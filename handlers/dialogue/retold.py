"""What was retold a while ago, so that the buttons under it still have something to show and to report."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Final

from bot import digest
from bot.errors import BadInput
from bot.model import Evidence, Reading
from handlers.dialogue.talk import MEMORY, Talk

REMEMBERED: Final = 5
"""Pieces of one chat: as many as one person may have retold within a minute."""
_PROOFS: Final = 60
_NAME: Final = "proofs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """One piece as it was told: what its buttons need, and no text of the person's."""

    headline: str
    summary: str
    url: str
    items: tuple[tuple[str, str, str], ...]
    """Field, value and the sentence behind it."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The same as the renderer takes it."""
        return tuple(Evidence(field=field, value=value, sentence=sentence) for field, value, sentence in self.items)


async def remember(talk: Talk, reading: Reading, told: str) -> str:
    """Keeps what was told of the latest pieces of this chat for a while; gives the code of this one."""
    code = secrets.token_hex(4)
    items = tuple((item.field, item.value, item.sentence) for item in digest.backing(reading))[:_PROOFS]
    piece = Retold(headline=reading.headline or reading.title, summary=told, url=reading.url, items=items)
    latest = [*(await _all(talk)).items(), (code, asdict(piece))][-REMEMBERED:]
    await talk.desk.store.sessions.put(talk.recipient, _NAME, json.dumps(dict(latest), ensure_ascii=False), lifetime=MEMORY)
    return code


async def recall(talk: Talk, code: str) -> Retold:
    """The piece under a code. Raises BadInput if it is forgotten."""
    kept = (await _all(talk)).get(code)
    if kept is None:
        raise BadInput("an old or a foreign button", key="stale-button")
    return Retold(**{**kept, "items": tuple(map(tuple, kept["items"]))})  # type: ignore[arg-type]


async def _all(talk: Talk) -> dict[str, dict[str, str | list[list[str]]]]:
    return dict(json.loads(await talk.desk.store.sessions.get(talk.recipient, _NAME) or "{}"))
