"""A test bed for the text of pages: sixty-odd layouts of the Russian web, written from scratch, around texts that are known word for word."""

from .engines import ENGINES
from .material import Item, items
from .odd import ODD
from .press import PRESS

LAYOUTS = (*PRESS, *ENGINES, *ODD)

__all__ = ["LAYOUTS", "Item", "items"]
