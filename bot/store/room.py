"""How much memory a container allows, which the server's own figures do not know: they tell of the whole machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOT: Final = Path("/sys/fs/cgroup")
_OF: Final = Path("/proc/self/cgroup")
_ENDLESS: Final = 2**62
"""Version 1 says "no limit" by the largest number of whole pages."""


@dataclass(frozen=True, slots=True)
class Room:
    """The control group that leaves a process the least memory, in bytes."""

    limit: int
    used: int
    """By all processes of the group, without what the kernel can take back."""


def room(root: Path = _ROOT, of: Path = _OF) -> Room | None:
    """The group with the least limit of those that this process is in; None without a limit, or where none can be read.

    Files as the kernel's Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst name them.
    """
    found = [Room(limit, _used(group)) for group in _groups(root, of) if (limit := _limit(group))]
    return min(found, key=lambda one: one.limit, default=None)


def _groups(root: Path, of: Path) -> Iterator[Path]:
    """The folders of this process's group and of those above it. A container may see its own as the root, whatever its path says."""
    try:
        lines = of.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers or "memory" in controllers.split(","):
            base = root / "memory" if controllers else root
            group = base / path.lstrip("/")
            yield from (one for one in (group, *group.parents) if one == base or base in one.parents)


def _limit(group: Path) -> int:
    for name in ("memory.max", "memory.limit_in_bytes"):
        text = _text(group / name).strip()
        if text.isdigit() and int(text) < _ENDLESS:
            return int(text)
    return 0


def _used(group: Path) -> int:
    kept = dict(line.split(" ", 1) for line in _text(group / "memory.stat").splitlines() if " " in line)
    return int(kept.get("anon") or kept.get("total_rss") or 0)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return ""
