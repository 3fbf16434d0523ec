"""The memory that a container allows, from files as the kernel writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.room import Room, room

GIB = 2**30


def written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="ascii")
    return root


@pytest.mark.parametrize(
    ("said", "files", "found"),
    [
        pytest.param(
            "0::/\n", {"memory.max": f"{GIB}\n", "memory.stat": "anon 700\nfile 9999\n"}, Room(GIB, 700), id="a container's own root"
        ),
        pytest.param("0::/\n", {"memory.max": "max\n", "memory.stat": "anon 700\n"}, None, id="no limit"),
        pytest.param(
            "0::/system.slice/vestnik.service\n",
            {
                "system.slice/vestnik.service/memory.max": "max\n",
                "system.slice/memory.max": f"{2 * GIB}\n",
                "system.slice/memory.stat": "anon 900\n",
            },
            Room(2 * GIB, 900),
            id="a limit above the group",
        ),
        pytest.param(
            "0::/a/b\n",
            {"a/b/memory.max": str(3 * GIB), "a/b/memory.stat": "anon 5\n", "a/memory.max": str(GIB), "a/memory.stat": "anon 6\n"},
            Room(GIB, 6),
            id="the least of two",
        ),
        pytest.param(
            "5:cpu:/x\n4:memory:/docker/7\n",
            {"memory/memory.limit_in_bytes": str(GIB), "memory/memory.stat": "cache 9\nrss 3\ntotal_rss 42\n"},
            Room(GIB, 42),
            id="version 1, the path of the machine",
        ),
        pytest.param("4:memory:/\n", {"memory/memory.limit_in_bytes": "9223372036854771712\n"}, None, id="version 1 without a limit"),
        pytest.param("0::/gone\n", {}, None, id="nothing to read"),
    ],
)
def test_the_least_limit_counts(tmp_path: Path, said: str, files: dict[str, str], found: Room | None) -> None:
    """With what all processes of its group use, caches left out."""
    of = tmp_path / "of"
    of.write_text(said, encoding="ascii")
    assert room(written(tmp_path / "root", files), of) == found


def test_where_there_are_no_groups_there_is_no_limit(tmp_path: Path) -> None:
    """As on macOS."""
    assert room(tmp_path, tmp_path / "of") is None
