"""What the tests of the page share."""

from dataclasses import dataclass

from bot.playground.demo import Demo

PATIENCE = 15_000
"""Milliseconds."""


@dataclass(frozen=True)
class Stage:
    """The running demonstration."""

    demo: Demo
