"""What can be asked, by words and by buttons: which topic answers, what changes a chat, what mailings may carry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Final

from handlers.dialogue import admin, calendar, feedback, linking, people, searching, settings, stories, summary
from handlers.dialogue.choices import SETTINGS
from handlers.dialogue.request import Reply
from handlers.dialogue.talk import Talk


def _name_and_value(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name, value


Topic = Callable[[Talk, str], AsyncIterator[Reply]]

# Words and commands.
TOPICS: Final[dict[str, Topic]] = {
    "start": lambda talk, _: people.start(talk),
    "subscribe": lambda talk, _: people.subscribe(talk),
    "unsubscribe": lambda talk, _: people.unsubscribe(talk),
    "digest": lambda talk, text: stories.show_digest(talk, text),
    "digests": lambda talk, _: stories.choose(talk),
    "search": lambda talk, text: searching.search(talk, text),
    "calendar": lambda talk, text: calendar.show(talk, text),
    "following": lambda talk, _: stories.following(talk),
    "settings": lambda talk, text: settings.show(talk, text),
    "help": lambda talk, _: people.help_(talk),
    "privacy": lambda talk, _: people.privacy(talk),
    "forget": lambda talk, _: people.forget(talk),
    "export": lambda talk, _: people.export(talk),
    "cancel": lambda talk, _: people.cancel(talk),
    "thanks": lambda talk, _: people.thanks(talk),
    "link": lambda talk, text: linking.link(talk, text),
    "unlink": lambda talk, _: linking.unlink(talk),
    "stats": lambda talk, text: admin.answer(talk, "stats", text),
    "sources": lambda talk, text: admin.answer(talk, "sources", text),
    "feedback": lambda talk, text: admin.answer(talk, "feedback", text),
    "errors": lambda talk, text: admin.answer(talk, "errors", text),
    "announce": lambda talk, text: admin.answer(talk, "announce", text),
    "retract": lambda talk, text: admin.answer(talk, "retract", text),
    "correct": lambda talk, text: admin.answer(talk, "correct", text),
    "pause": lambda talk, text: admin.answer(talk, "pause", text),
    "resume": lambda talk, text: admin.answer(talk, "resume", text),
    "russian": lambda talk, _: settings.speak(talk, "ru"),
    "english": lambda talk, _: settings.speak(talk, "en"),
    "place": lambda talk, text: settings.named_place(talk, text),
    "wrong": lambda talk, _: feedback.how(talk),
}

# Buttons.
PRESSES: Final[dict[str, Topic]] = {
    "start": lambda talk, _: people.start(talk),
    "subscribe": lambda talk, _: people.subscribe(talk, pressed=True),
    "unsubscribe": lambda talk, _: people.unsubscribe(talk, pressed=True),
    "digest": lambda talk, text: stories.show_digest(talk, text, pressed=True),
    "leaf": lambda talk, text: stories.leaf(talk, text),
    "digests": lambda talk, text: stories.choose(talk, text, pressed=True),
    "card": lambda talk, text: stories.show_card(talk, text),
    "facts": lambda talk, text: stories.show_facts(talk, text),
    "ics": lambda talk, _: calendar.file(talk),
    "follow": lambda talk, text: stories.follow(talk, text),
    "unfollow": lambda talk, text: stories.unfollow(talk, text),
    "following": lambda talk, text: stories.following(talk, text),
    "mute": lambda talk, text: stories.mute(talk, text),
    "wrong": lambda talk, text: feedback.wrong(talk, text),
    "doubt": lambda talk, text: feedback.doubt(talk, text),
    "link": lambda talk, _: linking.link(talk, ""),
    "prefer": lambda talk, _: linking.prefer(talk),
    "unlink": lambda talk, _: linking.unlink(talk),
    "admin": lambda talk, text: admin.pressed(talk, "admin", text),
    "announce": lambda talk, text: admin.pressed(talk, "announce", text),
    "amend": lambda talk, text: admin.pressed(talk, "amend", text),
    "correct": lambda talk, text: admin.pressed(talk, "correct", text),
    "retract": lambda talk, text: admin.pressed(talk, "retract", text),
    "pause": lambda talk, text: admin.pressed(talk, "pause", text),
    "resume": lambda talk, text: admin.pressed(talk, "resume", text),
    "search": lambda talk, text: searching.search(talk, text, pressed=True),
    "refine": lambda talk, text: searching.refine(talk, text),
    "narrow": lambda talk, text: searching.narrow(talk, text),
    "calendar": lambda talk, text: calendar.show(talk, text, pressed=True),
    "settings": lambda talk, text: settings.show(talk, text, pressed=True),
    "place": lambda talk, _: settings.ask_place(talk),
    "set": lambda talk, text: settings.pressed(talk, *_name_and_value(text)),
    "proofs": lambda talk, text: summary.proofs(talk, text),
    "retell": lambda talk, text: summary.again(talk, text),
    "help": lambda talk, _: people.help_(talk),
    "privacy": lambda talk, _: people.privacy(talk),
    "forget": lambda talk, text: people.forget(talk, text, pressed=True),
    "export": lambda talk, _: people.export(talk),
    "cancel": lambda talk, _: people.cancel(talk, pressed=True),
}

CHANGING: Final = frozenset(
    {
        "subscribe",
        "unsubscribe",
        "set",
        "follow",
        "unfollow",
        "mute",
        "forget",
        "export",
        "prefer",
        "unlink",
        "russian",
        "english",
        *SETTINGS,
    }
)
"""What changes a chat: in a group only its administrators may."""

MAILED: Final = frozenset({"card", "follow", "unfollow", "mute", "digest", "leaf", "calendar", "ics", "settings"})
"""What buttons of messages to many may do. Their seal is good in every chat, so none of them confirms, deletes or rules anything."""
