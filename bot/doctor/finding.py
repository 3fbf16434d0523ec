"""What one check shows."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Status(enum.StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and will not always."""
    FAILED = "failed"
    """It does not work."""
    SKIPPED = "skipped"
    """It is not set up, and need not be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check showed, in one line, and what to do about it."""

    check: str
    status: Status
    says: str
    todo: str = ""


def fine(check: str, says: str) -> Finding:
    """Nothing to do."""
    return Finding(check, Status.OK, says)


def doubt(check: str, says: str, todo: str) -> Finding:
    """It works, and will not always."""
    return Finding(check, Status.WARNING, says, todo)


def wrong(check: str, says: str, todo: str) -> Finding:
    """It does not work."""
    return Finding(check, Status.FAILED, says, todo)
