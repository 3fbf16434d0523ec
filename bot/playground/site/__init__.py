"""The sample edition: a small site of news outlets that the demonstration and the tests read over HTTP."""

from bot.playground.site.edition import EDITION_DAY, Edition, Outlet, Page, Revision
from bot.playground.site.server import SampleSite

__all__ = ["EDITION_DAY", "Edition", "Outlet", "Page", "Revision", "SampleSite"]
