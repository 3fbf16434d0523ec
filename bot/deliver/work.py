"""A batch in a worker's hands: which calls it needs next, and what an answer means for it; pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.errors import DeliveryError, OutcomeUnknown, RecipientGone, RecipientMoved, Rejected, RetryLater
from bot.model import Outcome, Part, Recipient
from bot.platforms.errors import reason
from bot.store.editions import Answer, Batch, Edition
from bot.store.outbox import Job

LONGEST_WAIT: Final = 60.0
"""Seconds between two tries, at most."""


_PATIENCE: Final = 2
"""How often a picture is tried again."""


def is_picture(part: Part) -> bool:
    """Whether the part is nothing but a picture: the text that follows does not wait for it long."""
    return "picture" in part.payload and not part.payload.keys() & {"text", "message"}


@dataclass(slots=True)
class Shared:
    """An edition as all its batches in one process see it."""

    edition: Edition
    parts: tuple[Part, ...]
    """What is sent, in order, with sealed buttons."""
    refused: set[int] = field(default_factory=set)
    """Parts that the platform refuses for everybody."""

    @property
    def first(self) -> int:
        """The first part that must arrive: a picture before the text may be left out."""
        return int(is_picture(self.parts[0])) if self.parts else 0


@dataclass(slots=True)
class Work:
    """One claimed batch. `left` are the recipients without an outcome, by index."""

    job: Job
    shared: Shared
    recipients: list[Recipient]
    left: set[int]
    flaws: dict[int, Outcome] = field(default_factory=dict)
    """What went wrong with an earlier part of a recipient: the outcome that will stand at the end."""
    moved: dict[int, Recipient] = field(default_factory=dict)
    """Who recipients with a new chat id were before, until that is recorded."""
    dropped: bool = False
    """Another worker has it, or it was given up: nothing more is sent."""


@dataclass(slots=True)
class Call:
    """One call to make: a part for some recipients of a batch."""

    work: Work
    part: int
    indexes: tuple[int, ...]
    tries: int = 0
    unsure: bool = False
    """It may have been accepted before."""
    since: dt.datetime | None = None
    """When it failed first, if it does nothing but fail."""

    @property
    def random_id(self) -> int:
        """The same for every try of this part of this batch, a positive int32."""
        job = self.work.job
        name = f"{job.edition}/{self.part}/{job.batch}".encode()
        return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest(), "big") % 0x7FFFFFFE + 1


@dataclass(slots=True)
class Verdict:
    """What to record for one recipient of a call, and what follows once it is recorded."""

    call: Call
    answer: Answer
    outcome: Outcome | None = None
    """The recipient is done with."""
    next: Call | None = None
    wait: float = 0.0
    """Seconds before `next`."""
    message: int = 0
    """The platform's number of what was delivered."""


def take_up(job: Job, shared: Shared, batch: Batch, size: int) -> tuple[Work, list[Call]]:
    """The batch and the first calls it needs, at most `size` recipients each."""
    left = {index for index, state in enumerate(batch.states) if not state.final}
    flaws = {index: Outcome.UNKNOWN for index in left if batch.states[index].phase & 32}
    flaws |= {index: Outcome.REJECTED for index in left if batch.states[index].phase & 128}
    work = Work(job, shared, list(batch.recipients), left, flaws)
    groups: dict[tuple[int, bool], list[int]] = {}
    for index in sorted(left):
        state = batch.states[index]
        groups.setdefault((state.done, state.unsure), []).append(index)
    calls = []
    for (part, unsure), indexes in groups.items():
        calls += [Call(work, part, tuple(indexes[at : at + size]), unsure=unsure) for at in range(0, len(indexes), size)]
    return work, calls


def backoff(tries: int) -> float:
    """Seconds before the next try: 1, 2, 4 … at most a minute."""
    return float(min(LONGEST_WAIT, 2.0 ** min(tries, 6)))


def judge(call: Call, index: int, said: int | DeliveryError, *, repeatable: bool, overdue: bool, gap: float) -> Verdict:
    """What one recipient's answer means. `gap` is the least number of seconds between two messages to one chat."""
    work, part = call.work, call.part
    again = Call(work, part, (index,), call.tries + 1, call.unsure)
    if part < work.shared.first and _gives_up(call, said, overdue=overdue):
        return _advance(call, index, Answer(index, part, "d"), gap)
    match said:
        case int():
            verdict = _advance(call, index, Answer(index, part, "d"), gap)
            verdict.message = said
            return verdict
        case RecipientMoved():
            return Verdict(call, Answer(index, part, "r"), next=Call(work, part, (index,), call.tries + 1, call.unsure))
        case RecipientGone():
            return Verdict(call, Answer(index, part, "g", reason(said)), Outcome.GONE)
        case Rejected():
            work.flaws[index] = Outcome.REJECTED
            return _advance(call, index, Answer(index, part, "j", reason(said)), gap)
        case OutcomeUnknown() if not repeatable:
            if call.unsure:
                work.flaws.setdefault(index, Outcome.UNKNOWN)
                return _advance(call, index, Answer(index, part, "u", reason(said)), gap)
            again.unsure = True
            return Verdict(call, Answer(index, part, "u", reason(said)), next=again, wait=max(gap, 1.0))
        case _ if overdue:
            return Verdict(call, Answer(index, part, "f", reason(said)), Outcome.FAILED)
        case RetryLater(after=dt.timedelta() as after):
            return Verdict(call, Answer(index, part, "r"), next=again, wait=after.total_seconds())
        case _:
            return Verdict(call, Answer(index, part, "r"), next=again, wait=backoff(call.tries))


def _gives_up(call: Call, said: int | DeliveryError, *, overdue: bool) -> bool:
    """Whether a picture is left out: refused, perhaps sent, or tried often enough. Nobody gets it twice, and the text follows."""
    match said:
        case int() | RecipientMoved():
            return False
        case RecipientGone():
            return reason(said) == "no-rights"  # to send pictures; text may be allowed
        case RetryLater():
            return overdue or call.tries >= _PATIENCE
        case _:
            return True


def leave_out(call: Call) -> Iterator[Verdict]:
    """The verdicts of a picture that may have been sent by a process that died: it is not sent again."""
    for index in call.indexes:
        yield _advance(call, index, Answer(index, call.part, "d"), 0.0)


def skip(call: Call) -> Iterator[Verdict]:
    """The verdicts of a call that is not made, because the platform refuses its part for everybody."""
    for index in call.indexes:
        call.work.flaws[index] = Outcome.REJECTED
        yield _advance(call, index, Answer(index, call.part, "j", "refused-for-all"), 0.0)


def _advance(call: Call, index: int, answer: Answer, gap: float) -> Verdict:
    """The part is over for this recipient: the next one follows, or the outcome is known."""
    if call.part + 1 < len(call.work.shared.parts):
        return Verdict(call, answer, next=Call(call.work, call.part + 1, (index,)), wait=gap)
    return Verdict(call, answer, call.work.flaws.get(index, Outcome.DELIVERED))


def merge(verdicts: Iterable[Verdict], size: int) -> list[tuple[float, Call]]:
    """What follows, with recipients of the same next call in one call again, at most `size` each: (seconds to wait, call)."""
    if size == 1:
        return [(item.wait, item.next) for item in verdicts if item.next is not None]
    groups: dict[tuple[int, int, int, bool, dt.datetime | None, float], list[int]] = {}
    found: list[tuple[float, Call]] = []
    works: dict[int, Work] = {}
    for item in verdicts:
        if item.next is not None:
            call = item.next
            works[id(call.work)] = call.work
            groups.setdefault((id(call.work), call.part, call.tries, call.unsure, call.since, item.wait), []).extend(call.indexes)
    for (work, part, tries, unsure, since, wait), indexes in groups.items():
        starts = range(0, len(indexes), size)
        found += [(wait, Call(works[work], part, tuple(indexes[at : at + size]), tries, unsure, since)) for at in starts]
    return found
