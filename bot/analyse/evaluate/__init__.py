"""How well the news are read: the figures by cross-validation over stories, their intervals, and the worst cases."""

from bot.analyse.evaluate.report import report

__all__ = ["report"]
