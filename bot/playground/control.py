"""Control over HTTP for an emulator that runs in a process of its own: `/_control/…`, JSON both ways."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from bot.errors import BadInput
from bot.playground.faults import Fault

if TYPE_CHECKING:
    from bot.playground.serving import Emulator


async def control(emulator: Emulator, request: web.BaseRequest) -> web.Response:
    """Answers `ledger`, `stats`, `faults`, `reset` and what people do; 400 with a line for a wrong request."""
    what = request.path.removeprefix("/_control/")
    try:
        body = orjson.loads(await request.read() or b"{}") if request.method != "GET" else dict(request.query)
        if not isinstance(body, dict):
            raise BadInput("a JSON object is expected")
        return _json(await _do(emulator, request.method, what, body))
    except (BadInput, orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        return _json({"error": f"{type(error).__name__}: {error}"}, status=400)


async def _do(emulator: Emulator, method: str, what: str, body: dict[str, object]) -> object:
    match method, what:
        case "GET", "ledger":
            return _ledger(emulator, body)
        case "GET", "stats":
            return {
                "calls": dict(emulator.ledger.calls),
                "refused": {str(code): count for code, count in emulator.ledger.refused.items()},
                "delivered": emulator.ledger.delivered,
                "over_limit": emulator.ledger.over_limit,
                "chats": len(emulator.ledger.chats),
                "sequence": emulator.ledger.sequence,
                "faults": {kind.value: count for kind, count in emulator.faults.hit.items()},
            }
        case "GET", "counts":
            return {str(chat): len(emulator.ledger.messages(chat)) for chat in emulator.ledger.chats}
        case "POST", "faults":
            return {"number": emulator.faults.add(Fault.read(body))}
        case "DELETE", "faults":
            if "number" in body:
                emulator.faults.remove(int(str(body["number"])))
            else:
                emulator.faults.clear()
            return {}
        case "POST", "reset":
            emulator.ledger.clear()
            emulator.faults.clear()
            return {}
        case "POST", action:
            return await emulator.act(action, body)
    raise BadInput(f"no {method} {what}")


def _ledger(emulator: Emulator, query: dict[str, object]) -> dict[str, object]:
    since, limit = int(str(query.get("since", 0))), int(str(query.get("limit", 10_000)))
    if "chat" in query:
        found = (m for m in emulator.ledger.conversation(int(str(query["chat"]))) if m.sequence > since)
    else:
        found = (m for m in emulator.ledger.since(since) if not m.deleted)
    return {"messages": [message.json() for message in itertools.islice(found, limit)]}


def _json(body: object, *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
