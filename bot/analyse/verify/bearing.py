"""To which deed of a clause a number or a date belongs, and whether the sources tell it of the same deed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analyse.facts.dates import Date
from bot.analyse.verify.claims import Clause
from bot.analyse.verify.deeds import DONE, MAY, Deed, like
from bot.analyse.verify.figures import Figure

_RULES = frozenset({"oblige", "ban", "allow", "restrict", "order", "store", "hand"})
"""What begins when a rule takes effect."""
_TO_DO = re.compile(r"\s*[^\W\d]+ (?:to|на) ")
_COUNTED = re.compile(
    r"\s*(?:руб\w*\.?|₽|долл\w*|евро|rubles?|roubles?|dollars?|euros?)?(?: of)?\s*(?!(?:за|на|в|от|for|on|over|in)\s)(?:[^\W\d]+ )?"
)
"""Between a number and the deed that it is given for: «60 дней на», "30 days to"; between a number and what it counts."""


def owners(one: Figure | Date, clause: Clause, deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds that a number or a date of a clause belongs to, the first above all: one named right after it, the last before it that is not
    mere telling, or the first after it; with what governs that one, or what it governs."""
    firm = [deed for deed in deeds if deed.kind != "tell"] or list(deeds)
    if not firm:
        return []
    aimed = [deed for deed in deeds if deed.start >= one.stop and _TO_DO.fullmatch(clause.sentence, one.stop, deed.start)]
    if aimed:
        return aimed
    ahead = [deed for deed in firm if deed.start >= one.stop]
    before = [deed for deed in firm if deed.start <= one.start]
    counted = ahead and ahead[0].named and _COUNTED.fullmatch(clause.sentence, one.stop, ahead[0].start)
    at = firm.index(ahead[0] if ahead and (counted or not before) else before[-1])
    found = [firm[at]]
    if firm[at].level == MAY and at:
        found.append(firm[at - 1])
    if at + 1 < len(firm) and firm[at + 1].level == MAY:
        found.append(firm[at + 1])
    return found


def _tell(one: Figure | Date, clause: Clause, there: Clause, deed: Deed) -> bool:
    """True if a figure or a date in a clause of the sources is that of the deed: in its clause or sentence, or where the same is told; where nothing
    is done, in the sentence after it too."""
    found = owners(one, clause, clause.deeds)
    kinds = {owner.kind for owner in found if owner.kind != "tell"}
    if found and not kinds and any(other.kind != "tell" for other in clause.deeds):
        return deed.kind == "tell"
    alike = like(deed.kind)
    if isinstance(one, Date) and (
        deed.level != DONE or clause.number == there.number or any(other.kind in alike for other in clause.deeds)
    ):
        alike |= _begins(deed)
    if clause is there:
        loosely = _alone(one, clause) and (deed.named or any(owner.named for owner in found))
        return not kinds or loosely or bool(alike & kinds) or deed.kind == "tell" or deed.kind.startswith("=")
    if not (clause.messengers() & there.messengers() or not clause.of("m")):
        return False
    if not kinds:
        return clause.number in (there.number, there.number + 1)
    return bool(alike & kinds) or (clause.number == there.number and there.text.startswith(("котор", "which", "who")))


def _alone(one: Figure | Date, clause: Clause) -> bool:
    """True if a clause has one such number, or one date, so that it can be mistaken for no other."""
    if isinstance(one, Date):
        return len(clause.days) == 1
    return sum(other.unit == one.unit for other in clause.figures) == 1


def _begins(deed: Deed) -> frozenset[str]:
    """What else tells when a rule begins; what was done at once has a day of its own."""
    return frozenset({"force", "impose", "propose", "plan"}) if deed.kind in _RULES else frozenset()


def counted(figure: Figure, clause: Clause, there: Clause, around: Sequence[Clause], deed: Deed) -> bool:
    """True if a figure of a text is told of that deed; where the deed has one of the kind in its own clause, that is the one."""
    own = any(other.unit in (figure.unit, "") and _tell(other, there, there, deed) for other in there.figures)
    places = [there] if own else around
    return any(
        figure.told_by(other) and one.earlier <= clause.earlier and _tell(other, one, there, deed)
        for one in places
        for other in one.figures
    )


def dated(day: Date, there: Clause, around: Sequence[Clause], deed: Deed) -> bool:
    own = any(_tell(other, there, there, deed) for other in there.days)
    places = [there] if own else around
    return any(same(day, other) and _tell(other, one, there, deed) for one in places for other in one.days)


def same(day: Date, other: Date) -> bool:
    """True if two dates are one, as far as both tell the year, and neither is the end of what the other begins."""
    if {day.before, other.before} == {"from", "by"}:
        return False
    return other.value[5:].startswith(day.value[5:]) and (not (day.explicit and other.explicit) or day.value[:4] == other.value[:4])
