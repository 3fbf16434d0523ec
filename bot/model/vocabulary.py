"""The closed lists of words: measures, stages, statuses, groups, stances."""

from __future__ import annotations

import enum
from typing import Final


class Measure(enum.StrEnum):
    """What is being done to a messenger or to its users."""

    BAN = "ban"
    RESTRICTION = "restriction"
    BLOCKING = "blocking"
    SLOWDOWN = "slowdown"
    FINE = "fine"
    OBLIGATION = "obligation"
    REGISTRATION = "registration"
    DATA_STORAGE = "data-storage"
    IDENTIFICATION = "identification"
    NATIONAL_MESSENGER = "national-messenger"
    COURT_RULING = "court-ruling"
    EASING = "easing"
    STATEMENT = "statement"
    OTHER = "other"


class Stage(enum.StrEnum):
    """How far a measure has come: the rungs of the ladder, then the two that stand beside it."""

    PLANNED = "planned"
    PASSING = "passing"
    ADOPTED = "adopted"
    ACTIVE = "active"
    STATEMENT = "statement"
    CANCELLED = "cancelled"


LADDER: Final = (Stage.PLANNED, Stage.PASSING, Stage.ADOPTED, Stage.ACTIVE)


class Status(enum.StrEnum):
    """The exact state within a stage."""

    PROPOSED = "proposed"
    DRAFT = "draft"
    BILL_INTRODUCED = "bill-introduced"
    ADOPTED_READING = "adopted-reading"
    ADOPTED = "adopted"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    ENFORCED = "enforced"
    RULING = "ruling"
    STATEMENT = "statement"
    CANCELLED = "cancelled"

    @property
    def stage(self) -> Stage:
        """The stage that this status belongs to."""
        return _STAGE_OF[self]


_STAGE_OF: Final = {
    Status.PROPOSED: Stage.PLANNED,
    Status.DRAFT: Stage.PLANNED,
    Status.BILL_INTRODUCED: Stage.PLANNED,
    Status.ADOPTED_READING: Stage.PASSING,
    Status.ADOPTED: Stage.ADOPTED,
    Status.SIGNED: Stage.ADOPTED,
    Status.IN_FORCE: Stage.ACTIVE,
    Status.ENFORCED: Stage.ACTIVE,
    Status.RULING: Stage.ACTIVE,
    Status.STATEMENT: Stage.STATEMENT,
    Status.CANCELLED: Stage.CANCELLED,
}


class Group(enum.StrEnum):
    """Who can be touched by a measure; the values of `audiences` in facts and of a subscriber's profile."""

    COMMERCE = "commerce"
    BANKS = "banks"
    TELECOM = "telecom"
    STATE = "state"
    MEDIA = "media"
    ADVERTISING = "advertising"
    EDUCATION = "education"
    HOUSING = "housing"
    MILITARY = "military"
    PLATFORMS = "platforms"
    DEVICES = "devices"
    BUSINESS = "business"
    USERS = "users"


class Stance(enum.StrEnum):
    """On which side of a measure someone speaks."""

    FOR = "for"
    AGAINST = "against"
    EXPLAINS = "explains"
