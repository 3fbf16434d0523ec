"""What the news says of messenger regulation: relevance, facts, stories, summaries; pure and synchronous."""

from bot.analyse.analyst import Analyst
from bot.analyse.stories.placing import Placement

__all__ = ["Analyst", "Placement"]
