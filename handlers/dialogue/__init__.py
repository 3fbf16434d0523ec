"""What a person can ask: `Request` → `Reply`s, the same for every platform."""

from handlers.dialogue.answer import Dialogue
from handlers.dialogue.request import Attachment, ChatKind, Event, File, Found, Own, Place, Reply, Request

__all__ = ["Attachment", "ChatKind", "Dialogue", "Event", "File", "Found", "Own", "Place", "Reply", "Request"]
