"""A process that answers people has what their first question needs, and garbage collection does not stop it."""

from __future__ import annotations

import json
import subprocess
import sys

ASK = """
import asyncio, gc, json, sys
from bot.ready import make_ready
before = len(gc.get_objects())
asyncio.run(make_ready())
loaded = set(sys.modules)
from bot.store.forms import dictionary_forms
list(dictionary_forms("штрафами мессенджеров"))
left, later = len(gc.get_objects()), sorted(set(sys.modules) - loaded)
print(json.dumps({"before": before, "frozen": gc.get_freeze_count(), "left": left, "threshold": gc.get_threshold(), "later": later}))
"""


def test_what_lives_from_the_start_is_not_looked_through_again() -> None:
    """Nearly everything is set aside, the dictionaries too, and a search loads nothing more."""
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, timeout=60, check=True)
    found = json.loads(done.stdout)
    assert found["frozen"] > found["before"]
    assert found["left"] < found["frozen"] / 10
    assert found["threshold"][2] > 10
    assert found["later"] == []


def test_roles_without_a_dialogue_do_not_load_its_sdk() -> None:
    """The process itself, its parts and a sender of mailings come without the SDK, which takes as much memory as all of them."""
    script = "import sys, bot.app, bot.parts, bot.platforms.telegram_mail; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0
