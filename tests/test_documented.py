"""What the documents name exists, and what can be set or called is described."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SETTINGS = {name.upper() for name in Settings.model_fields}
_ROW = re.compile(r"^\| ((?:`[A-Z0-9_]+`(?:, )?)+) \|", re.MULTILINE)


def rows(readme: str) -> set[str]:
    """The settings of the README's table."""
    return {name for row in _ROW.findall(readme) for name in re.findall(r"[A-Z0-9_]+", row)}


def commands() -> set[str]:
    """The commands that the program has."""
    return set(cli.list_commands(click.Context(cli)))


def test_the_table_of_settings_is_the_settings() -> None:
    """No setting is missing from the README's table, and none in it has gone."""
    assert rows((ROOT / "README.md").read_text(encoding="utf-8")) == SETTINGS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_setting_and_command_named_exists(document: Path) -> None:
    """A name that the program does not know would be ignored or refused."""
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"\bVESTNIK_([A-Z0-9_]*[A-Z0-9])\b", text))
    assert named <= SETTINGS, named - SETTINGS
    called = {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"(?:^|\| |&& )(?:\S+/)?vestnik ([a-z]+)", code)}
    assert called <= commands(), called - commands()


def test_every_command_is_described() -> None:
    """The README's list has each command once."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in commands():
        assert re.search(rf"`(?:vestnik )?{command}\b", readme), command


ALERTS = ("admin-slot-missed", "admin-queue-aged", "admin-sources-dark", "admin-store-full", "admin-source-silent", "admin-source-back")
ALERTS += ("admin-edition-refused", "admin-broke", "feedback-line")


@pytest.mark.parametrize("alert", ALERTS)
def test_the_handbook_says_what_to_do_about_every_alert(alert: str) -> None:
    """A row that begins with the alert's own first words."""
    said = re.search(rf"^{alert} = (.+)", (ROOT / "bot/locales/ru.ftl").read_text(encoding="utf-8"), re.MULTILINE)
    assert said is not None
    begins = " ".join(re.split(r"[{:(]", said[1])[0].split()[:3])
    assert f"| «{begins}" in (ROOT / "docs/operations.md").read_text(encoding="utf-8")
