"""Every key of the store and its lifetime; a new key is one line here, under the heading of its room.

A key is a template with `%s` for each part that varies: `STORY("s1")`. The part in braces is the hash tag: keys that one script
touches share it, so that the same scripts run on a cluster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """A family of keys. `lifetime` None: kept until deleted on purpose."""

    template: str
    lifetime: dt.timedelta | None
    holds: str

    def __call__(self, *parts: object) -> str:
        """The key for these parts. Raises TypeError if their number is wrong."""
        return self.template % parts

    @property
    def pattern(self) -> str:
        """What all keys of the family match (a glob)."""
        return self.template.replace("%s", "*")

    @property
    def seconds(self) -> int:
        """The lifetime in seconds. Raises TypeError for a permanent key."""
        if self.lifetime is None:
            raise TypeError(f"{self.template} has no lifetime")
        return int(self.lifetime.total_seconds())


def permanent(template: str, holds: str) -> Key:
    """A family that stays until deleted on purpose; its size must be bounded by something else, or trimmed by its room."""
    return Key(template, None, holds)


def passing(template: str, lifetime: dt.timedelta, holds: str) -> Key:
    """A family whose every key is given a lifetime, at most this one, each time it is written."""
    return Key(template, lifetime, holds)


DAY: Final = dt.timedelta(days=1)
EVER: Final = dt.timedelta(days=36500)
"""The lifetime of what is kept for ever: every key still has one, and none ends before its reader."""
KEPT: Final = dt.timedelta(days=3650)
"""The most that `retention_days` is cut to: the lifetime of what is kept as long as the operator wishes."""

# ── the store itself ─────────────────────────────────────────────────────────────────────────────────────────────────

SCHEMA = permanent("vestnik:schema", "the number of the shape of the stored data")
SCHEMA_LOCK = passing("vestnik:schema:lock", dt.timedelta(minutes=1), "who brings the data to another shape just now")
SCHEMA_PROBE = passing("vestnik:schema:probe", dt.timedelta(minutes=1), "the shape of a backup that is about to be restored")
RESTORING = permanent("vestnik:restoring", "a backup is being put back; if nobody is at it, half of it is here")

WATCH_SINCE = permanent("vestnik:{watch}:since", "what the watch finds failing, and since when; at most a few names")
WATCH_TOLD = permanent("vestnik:{watch}:told", "of which of it the administrators were told")

# ── subscribers: shards by a checksum of platform and id ─────────────────────────────────────────────────────────────

SUBSCRIBERS = permanent("vestnik:{s%s}:who:%s", "a bucket of records; one goes with /forget")
SUBSCRIBERS_IN = permanent("vestnik:{s%s}:in:%s", "the active members of an audience, by id")
SUBSCRIBERS_SIZES = permanent("vestnik:{s%s}:sizes", "how many members of each audience are in the shard")
SUBSCRIBERS_COUNT = permanent("vestnik:{s%s}:count", "how many are in the shard, by platform and state")
AUDIENCES = permanent("vestnik:{audiences}:preferences", "what an audience's id stands for; one that stays empty is swept away")
AUDIENCES_EMPTY = permanent("vestnik:{audiences}:empty", "audiences by when nobody was found in them; gone once swept away")

# ── articles and stories: as long as `retention_days` says ───────────────────────────────────────────────────────────

ARTICLE = passing("vestnik:{a:%s}", KEPT, "an article and the digest of what is stored of it")
ARTICLE_OLD = passing("vestnik:{a:%s}:old", KEPT, "the texts that the article had before")
ARTICLE_STORY = passing("vestnik:{a:%s}:story", EVER, "the story that tells the article")
ARTICLE_APART = passing("vestnik:{a:%s}:apart", EVER, "stories that the operator said the article is not part of")
ADDRESS = passing("vestnik:{u:%s}", KEPT, "the article that stands at an address")
TEXT = passing("vestnik:{x:%s}", KEPT, "the article that has a text")
SEEN = passing("vestnik:{u:%s}:seen", 60 * DAY, "an address that was read and is of no interest")
STORY = passing("vestnik:{t:%s}", EVER, "a story, its readings, what it is filed under, and the digest of that")
STORY_ALIAS = passing("vestnik:{t:%s}:alias", EVER, "the story that this one was merged into")
STORIES_UPDATED = permanent("vestnik:{stories}:updated", "stories by their last change")
STORIES_EFFECTIVE = permanent("vestnik:{stories}:effective", "stories by the date from which they hold; trimmed with the stories")
STORIES_CHANGES = permanent("vestnik:{stories}:changes", "how many times a story was kept or taken away")
STORIES_DAY = passing("vestnik:{d:%s}", EVER, "the stories that last changed on a day, without what they are told with")
STORIES_LOCK = passing("vestnik:{stories}:lock", DAY, "who is placing an article just now")
STORIES_THREAD = passing("vestnik:{th:%s}", EVER, "the stories of a thread")
STORIES_BUCKET = passing("vestnik:{k:%s}", EVER, "the newest stories filed under a key of the clustering")
STORIES_WORD = passing("vestnik:{w:%s}", EVER, "stories that have a word, by their last change")
STORIES_SPELT = passing("vestnik:{v:%s}", EVER, "words of the search with a letter at one end and of a length, for slips of the finger")
RETELLING = passing("vestnik:{llm:%s}", 90 * DAY, "what a language model wrote, by what it was asked")

# ── sources ──────────────────────────────────────────────────────────────────────────────────────────────────────────

POLLS_DUE = permanent("vestnik:{polls}:due", "sources by the time of their next poll")
POLLS_STATE = permanent("vestnik:{polls}:state", "what is remembered of each source; one that is no longer listed is removed")
POLLS_PAUSED = permanent("vestnik:{polls}:paused", "sources that an administrator paused, and since when")
POLLS_VISITS = permanent("vestnik:{polls}:visits", "relevant pages by when they are read again; gone after the last reading")

# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────

SESSION = passing("vestnik:{p:%s}:kept:%s", 400 * DAY, "one small thing remembered of a conversation")
SESSION_NAMES = passing("vestnik:{p:%s}:names", 400 * DAY, "what is remembered of a person, so that it can be forgotten")
SESSION_COUNT = passing("vestnik:{p:%s}:count:%s", 31 * DAY, "when a person did something that is limited")
CODE = passing("vestnik:{c:%s}", 7 * DAY, "what a one-time code stands for")
BUDGET = passing("vestnik:{b:%s}:%s", 2 * DAY, "how much of a daily budget is spent")
FOLLOWERS = passing("vestnik:{f:%s}:followers", 400 * DAY, "who follows a story")
SEALS = permanent("vestnik:seals", "the keys that seal buttons, by number: the newest and the one before")
LINK = permanent("vestnik:{l:%s}:link", "the same person on the other platform; goes with /forget")
INBOX_BODIES = passing("vestnik:{inbox:%s}:bodies", DAY, "what people sent and nobody has answered yet")
INBOX_ORDER = passing("vestnik:{inbox:%s}:order", DAY, "the same by the time it came")
INBOX_OWNERS = passing("vestnik:{inbox:%s}:owners", DAY, "the process that answers each")
INBOX_TRIES = passing("vestnik:{inbox:%s}:tries", DAY, "how many processes died over each")
INBOX_SEEN = passing("vestnik:{inbox:%s}:seen", DAY, "numbers of the events of the last day, so that a repeated one is known")
INBOX_ALIVE = passing("vestnik:{inbox:%s}:alive", DAY, "the processes that answer, by when they count as dead")
JOURNAL = permanent("vestnik:{journal:%s}", "what readers called wrong, our own defects: at most 500 of a kind")


# ── delivery ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PACER = passing("{pacer:%s}", 2 * DAY, "of a platform: when the next call may be made, until when all wait, the learned rate")
PACER_LOG = passing("{pacer:%s}:log", DAY, "the moments of the calls of the last second")
PACER_CHATS = passing("{pacer:%s}:chats", DAY, "chats written to in the last second")
PACER_GROUP = passing("{pacer:%s}:group:%s", DAY, "when the last messages went to a group")
OUTAGE = passing("vestnik:{outage:%s}", DAY, "since when every call to a platform fails")
OUTBOX_JOBS = permanent("{outbox:%s}:jobs", "the stream of batches to send; a batch leaves it when it is done")
OUTBOX_URGENT = permanent("{outbox:%s}:urgent", "the same for alerts, which go ahead of mailings")
OUTBOX_DEAD = permanent("{outbox:%s}:dead", "the stream of batches that were given up, at most 10,000")
OUTBOX_PUSHED = passing("{outbox:%s}:pushed:%s", 7 * DAY, "how many batches of an edition are queued")
EDITION = passing("{edition:%s}", 7 * DAY, "what is sent, for whom, and the counts of outcomes")
EDITION_BATCHES = passing("{edition:%s}:batches", 7 * DAY, "the recipients of each batch")
EDITION_STATES = passing("{edition:%s}:states", 7 * DAY, "two bytes a recipient: how far delivery has come")
EDITION_OWNERS = passing("{edition:%s}:owners", 7 * DAY, "which worker has which batch")
EDITION_REASONS = passing("{edition:%s}:reasons", 7 * DAY, "how many were refused, by reason")
EDITION_FAILING = passing("{edition:%s}:failing", 7 * DAY, "since when recipients cannot be reached, by batch and place in it")
EDITION_POSTS = passing("{edition:%s}:posts", 2 * DAY, "the messages of an edition in groups, channels and conversations, by chat and part")
EDITIONS_MADE = permanent("{agenda}:editions", "editions by the moment when they were made; those of more than a week ago leave it")
PICTURE = passing("vestnik:{picture:%s}", 7 * DAY, "a picture that editions carry, by a digest of it")
LEAVES = passing("vestnik:{leaves:%s}", 30 * DAY, "the pages of a long edition, by a digest of them")
PICTURE_HANDLE = passing("vestnik:{picture:%s}:at:%s", 7 * DAY, "what a platform that has the picture calls it")
STORY_FIXES = passing("vestnik:{t:%s}:fixes", EVER, "what an administrator corrected in a story")
STORY_POSTS = passing("vestnik:{t:%s}:posts", 2 * DAY, "editions that tell a story in a group, a channel or a conversation")
AGENDA_DUE = permanent("{agenda}:due", "audiences by their next slot; an audience without members leaves it")
AGENDA_CLAIMED = permanent("{agenda}:claimed", "audiences whose edition is being made, by its slot; one whose edition is queued leaves it")
AGENDA_HELD = permanent("{agenda}:held", "audiences with alerts held, by the end of their quiet hours")
AGENDA_LATER = permanent("{agenda}:later", "followers with a development held, and of which story, by the end of their quiet hours")
AGENDA_SINCE = permanent("{agenda}:since", "the same, with the moment since which they know nothing new")
AGENDA_AHEAD = permanent("{agenda}:ahead", "audiences by the moment when their dates are looked at next; one without members leaves it")
AGENDA_CORRECTIONS = permanent("{agenda}:corrections", "corrections not queued to the end yet, by when another process goes on")
AGENDA_TOLD = passing("audience:{%s}:told", 60 * DAY, "stories that an audience was told, and their revisions")
AGENDA_STATE = passing("audience:{%s}:agenda", 400 * DAY, "until when an audience was told the news")
AGENDA_ALARMS = passing("audience:{%s}:alarms", 3 * DAY, "alerts of each day")
AGENDA_HOLDS = passing("audience:{%s}:holds", 3 * DAY, "stories held until the quiet hours end")
AGENDA_REMINDED = passing("audience:{%s}:reminded", 400 * DAY, "dates that an audience was reminded of, and how far ahead")
AGENDA_RECALLED = passing("audience:{%s}:recalled", 400 * DAY, "the same of those who came from another audience, by recipient")
AGENDA_MOVED = passing("audience:{%s}:moved", 40 * DAY, "recipients who came from another audience since its last edition")


def unexpected(found: Iterable[tuple[str, int]]) -> list[str]:
    """The keys of `found` (key, answer to `TTL`) that live for ever without being listed here as permanent."""
    allowed = [value.pattern for value in globals().values() if isinstance(value, Key) and value.lifetime is None]
    return [key for key, ttl in found if ttl == -1 and not any(fnmatchcase(key, pattern) for pattern in allowed)]
