"""The rules of the house: who may import whom, where the SDKs stand, how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for top in ("bot", "handlers") for path in (ROOT / top).rglob("*.py"))

# Rooms from the top of the house to its ground; a room may import its own level's rooms named beside it and all below.
LEVELS: list[set[str]] = [
    {"bot.cli", "bot.__main__", "bot.commands"},
    {"bot.app", "bot.parts", "bot.ready", "bot.playground", "bot.doctor"},
    {"bot.web", "handlers.telegram", "handlers.vk"},
    {"handlers.dialogue"},
    {"bot.newsroom", "bot.deliver"},
    {"bot.platforms", "bot.collect", "bot.store", "bot.llm"},
    {"bot.digest"},
    {"bot.analyse"},
    {"bot.locales"},
    {"bot.settings", "bot.logs"},
    {"bot.clock", "bot.errors", "bot.model"},
]
GROUND = {"bot.model", "bot.errors", "bot.clock"}
HOME_OF: dict[str, tuple[str, ...]] = {
    "aiogram": ("bot/platforms/telegram.py", "handlers/telegram.py", "handlers/telegram/"),
    "vk_api": ("bot/platforms/vk.py", "handlers/vk.py", "handlers/vk/"),
    "redis": ("bot/store/",),
    "os.environ": ("bot/settings.py",),
}
PURE = ("bot/analyse/", "bot/digest/")
IMPURE = {"redis", "aiohttp", "aiogram", "vk_api", "requests", "socket", "urllib.request", "asyncio"}
LONGEST = 400


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def level(module: str) -> int | None:
    """Which floor a module stands on; the longest name that fits decides."""
    best: tuple[int, int] | None = None
    for number, rooms in enumerate(LEVELS):
        for room in rooms:
            if (module == room or module.startswith(room + ".")) and (best is None or len(room) > best[1]):
                best = (number, len(room))
    return best[0] if best else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downward(path: Path) -> None:
    """A room imports only rooms below it, or its own."""
    own = level(name(path))
    if own is None:
        assert name(path) in {"bot", "handlers"}, f"{path} stands in no room"
        return
    for module in imports(path):
        other = level(module)
        assert other is None or other >= own, f"{name(path)} imports {module}, which stands above it"


@pytest.mark.parametrize(("package", "homes"), HOME_OF.items(), ids=HOME_OF)
def test_each_sdk_has_one_home(package: str, homes: tuple[str, ...]) -> None:
    """An SDK is imported only where it is translated into our own words."""
    for path in FILES:
        relative = str(path.relative_to(ROOT))
        if not relative.startswith(homes):
            assert not [m for m in imports(path) if m == package or m.startswith(package + ".")], f"{relative} imports {package}"


@pytest.mark.parametrize("path", [p for p in FILES if str(p.relative_to(ROOT)).startswith(PURE)], ids=lambda p: str(p.relative_to(ROOT)))
def test_analysis_and_digest_are_pure(path: Path) -> None:
    """No network, no store, no SDK and no coroutine in analyse and digest."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)]
    assert not [m for m in imports(path) if m.split(".")[0] in IMPURE or m in IMPURE]


def test_the_ground_stands_on_the_standard_library() -> None:
    """model, errors and clock import nothing but the standard library and each other."""
    import sys

    for path in FILES:
        if name(path) in GROUND:
            outside = {m.split(".")[0] for m in imports(path)} - set(sys.stdlib_module_names)
            assert outside <= {"bot"}, f"{name(path)} imports {outside}"


def test_only_settings_reads_the_environment() -> None:
    """os.environ and os.getenv stand in settings alone."""
    for path in FILES:
        if name(path) != "bot.settings":
            text = path.read_text(encoding="utf-8")
            assert "os.environ[" not in text, path
            assert "os.environ.get" not in text, path
            assert "os.getenv" not in text, path


def test_tasks_belong_to_a_group() -> None:
    """No task is started outside a supervised group."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"create_task", "ensure_future"}:
                owner = ast.unparse(node.value)
                assert owner not in {"asyncio", "loop"}, f"{path}:{node.lineno} {owner}.{node.attr}"


def test_files_stay_short() -> None:
    """Past 400 lines there is a second idea in a file."""
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST}
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    """Every module with code has a docstring that begins with its responsibility."""
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body:
            assert ast.get_docstring(tree), f"{path} has no docstring"
