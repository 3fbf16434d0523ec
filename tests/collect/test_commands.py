"""`vestnik sources`, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import run


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sources file of the operator's own, with a comment in it."""
    path = tmp_path / "my.toml"
    path.write_text('# mine\n[[source]]\nid = "one"\nname = "Первый"\nurl = "https://example.org/rss"\n\n# last\n', "utf-8")
    monkeypatch.setenv("VESTNIK_SOURCES", str(path))
    return path


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """What `sources list --json` says, by id."""
    capsys.readouterr()
    assert run(["sources", "list", "--json"]) == 0
    return {entry["id"]: entry for entry in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_source_is_added_paused_and_resumed_and_comments_stay(own: Path, capsys) -> None:
    """The file stays one that people can read."""
    assert run(["sources", "add", "https://example.org/two.xml", "--name", "Второй", "--official"]) == 0
    assert run(["sources", "pause", "one", "--reason", 'say "no"']) == 0
    found = listed(capsys)
    assert (found["one"]["enabled"], found["one"]["reason"]) == (False, 'say "no"')
    assert found["vtoroj"]["official"] is True
    assert run(["sources", "resume", "one"]) == 0
    assert listed(capsys)["one"]["enabled"] is True
    assert "# mine" in own.read_text("utf-8")


def test_opml_is_imported_once(own: Path, tmp_path: Path, capsys) -> None:
    """The second time everything is known."""
    opml = tmp_path / "a.opml"
    opml.write_text(
        '<opml version="1.0"><body><outline text="Папка"><outline text="Третий" xmlUrl="https://example.org/3"/>'
        '<outline text="Плохой" xmlUrl="http://10.0.0.1/"/></outline></body></opml>',
        "utf-8",
    )
    assert run(["sources", "import", str(opml)]) == 0
    assert "1 added, 0 known already, 1 left out" in capsys.readouterr().out
    assert run(["sources", "import", str(opml)]) == 0
    assert "0 added, 1 known already" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["pause", "nobody"], ["try", "nobody"], ["check", "nobody"], ["add", "ftp://x", "--name", "X"]])
def test_a_wrong_name_or_address_is_one_line_and_exit_2(own: Path, capsys, arguments: list[str]) -> None:
    """On stderr."""
    assert run(["sources", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_packaged_list_is_not_edited(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do instead."""
    monkeypatch.delenv("VESTNIK_SOURCES", raising=False)
    assert run(["sources", "pause", "tass"]) == 2
    assert "VESTNIK_SOURCES" in capsys.readouterr().err
