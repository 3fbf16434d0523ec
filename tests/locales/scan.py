"""Reads the locale files and finds which messages the code and the templates ask for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.locales.words import source

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
ASKING = {"say", "has", "button", "reply"}
"""What is called with a key first: of the words themselves, and of an exchange that makes a button or a reply of them."""


class Found(Visitor):  # type: ignore[misc]
    """The parameters of a message and the variants of its choices."""

    def __init__(self) -> None:
        super().__init__()
        self.params: set[str] = set()
        self.choices: list[tuple[str, set[str]]] = []

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.params.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        names = {v.key.name if isinstance(v.key, ftl.Identifier) else str(v.key.value) for v in node.variants}
        name = node.selector.id.name if isinstance(node.selector, ftl.VariableReference) else ""
        self.choices.append((name, names))
        self.generic_visit(node)


def walk(node: ftl.BaseNode) -> Iterator[ftl.BaseNode]:
    """A node and everything in it."""
    yield node
    for value in vars(node).values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ftl.BaseNode):
                yield from walk(one)


def flat(pattern: ftl.Pattern) -> str:
    """A pattern on one level: its text with `{name}` for parameters; choices inside are left out."""
    parts = []
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            parts.append(element.value)
        elif isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.VariableReference):
            parts.append(f"{{{element.expression.id.name}}}")
    return "".join(parts)


def entries(language: str) -> list[ftl.EntryType]:
    return list(FluentParser().parse(source(language)).body)


def messages(language: str) -> dict[str, Found]:
    """Every message of a language with what it needs."""
    found: dict[str, Found] = {}
    for entry in entries(language):
        if isinstance(entry, ftl.Message):
            found[entry.id.name] = Found()
            found[entry.id.name].visit(entry)
    return found


def python() -> Iterator[ast.Module]:
    for top in ("bot", "handlers"):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def templates() -> Iterator[str]:
    for path in sorted((ROOT / "bot").glob("**/templates/**/*")):
        if path.is_file():
            yield path.read_text(encoding="utf-8")


def asked() -> set[str]:
    """Keys that the code asks for by name: the first argument of `say`, `button` and `reply`, and the key of every error."""
    keys: set[str] = set()
    for node in (node for tree in python() for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            if name in ASKING and node.args:
                keys |= set(_choices(node.args[0]))
            keys |= {key for word in node.keywords if word.arg == "key" for key in _choices(word.value)}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value and any(isinstance(target, ast.Name) and target.id == "key" for target in targets):
                keys |= {key for key in _choices(node.value) if key.startswith("error-")}
    for text in templates():
        keys |= set(re.findall(r"\bsay\(\s*['\"]([a-z0-9_-]+)['\"]\s*[,)]", text))
    return keys


def built() -> set[str]:
    """The keys that the code puts together when it asks, as `search-any-{}`."""
    found: set[str] = set()
    for node in (node for tree in python() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            found |= {shape for shape in _shapes(node.args[0]) if name in ASKING}
    for text in templates():
        for prefix, end in re.findall(r"\bsay\(\s*['\"]([a-z0-9_-]+-)['\"]\s*~\s*[a-z_.]+(?:\s*~\s*['\"]([a-z-]+)['\"])?", text):
            found.add(f"{prefix}{{}}{end}")
    return found


def _shapes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _shapes(node.body)
        yield from _shapes(node.orelse)


def likely(families: set[str]) -> set[str]:
    """Every text in the code that looks like a message of one of these families, as tables of keys hold them."""
    texts, _ = mentioned()
    return {text for text in texts if "-" in text and text.partition("-")[0] in families}


def mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text in the code that may be a key, and the patterns of those that are put together."""
    texts: set[str] = set()
    patterns: set[str] = set()
    for node in (node for tree in python() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
            patterns.add("".join(parts))
    for text in templates():
        texts |= set(re.findall(r"['\"]([a-z0-9_]+(?:-[a-z0-9_]+)*)['\"]", text))
        patterns |= {re.escape(prefix) + ".+" for prefix in re.findall(r"['\"]([a-z]+(?:-[a-z0-9_]+)*-)['\"]\s*~", text)}
    return texts, [re.compile(pattern) for pattern in patterns if re.match(r"[a-z]{3}", pattern) or re.search(r"\\-[a-z]{3,}$", pattern)]


def _choices(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may be, where that can be read off."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
