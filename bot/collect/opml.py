"""Sources as OPML and as TOML, in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import timedelta
from xml.etree import ElementTree as ET  # builds only; foreign XML is read by our own parser

from bot.collect.sources import SourceSpec, format_duration, read_table
from bot.collect.text.encoding import decode
from bot.collect.text.tree import parse_xml
from bot.errors import BadInput, ConfigurationError

_KINDS = frozenset({"rss", "page", "telegram", "sitemap"})
_TRANSLIT = dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdezijklmnoprstufhye", strict=True)) | {
    "ё": "e",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ю": "yu",
    "я": "ya",
}


def to_opml(sources: Iterable[SourceSpec], title: str = "Вестник") -> str:
    """An OPML 2.0 document; what OPML has no word for stands in attributes of our own."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for spec in sources:
        outline = ET.SubElement(body, "outline", type="rss", text=spec.name, title=spec.name, xmlUrl=spec.url, language=spec.language)
        extra = {
            "id": spec.id,
            "kind": spec.kind,
            "interval": format_duration(spec.interval),
            "selector": spec.selector,
            "reason": spec.reason,
        }
        for name, value in (extra | {"official": "true" if spec.official else "", "enabled": "" if spec.enabled else "false"}).items():
            if value:
                outline.set(name, value)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def from_opml(data: bytes, taken: Iterable[str] = ()) -> tuple[tuple[SourceSpec, ...], tuple[str, ...]]:
    """The sources of an OPML file and a line for each entry that cannot be one. Raises BadInput if it is no OPML."""
    root = parse_xml(decode(data)[0])
    if root is None or root.tag != "opml":
        raise BadInput("the file is no OPML")
    ids, found, refused = set(taken), [], []
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if not url:
            continue
        name = (outline.get("title") or outline.get("text") or url).strip()[:200]
        kind = outline.get("kind", "rss") if outline.get("kind") in _KINDS else "telegram" if "//t.me/s/" in url else "rss"
        entry: dict[str, object] = {"id": free_id(outline.get("id") or name, ids), "name": name, "url": url, "kind": kind, "checked": False}
        entry |= {key: value for key in ("interval", "selector", "reason") if (value := outline.get(key))}
        language = (outline.get("language") or "").lower()[:2]
        entry |= {"language": language} if re.fullmatch("[a-z]{2}", language) else {}
        entry |= {"official": outline.get("official") == "true", "enabled": outline.get("enabled") != "false"}
        try:
            spec = read_table({"source": [entry]}, "OPML")[0]
        except ConfigurationError as error:
            refused.append(f"{name}: {error}")
            continue
        ids.add(spec.id)
        found.append(spec)
    return tuple(found), tuple(refused)


def free_id(name: str, taken: Iterable[str]) -> str:
    """An id made of a name that none of the taken ones equals."""
    latin = "".join(_TRANSLIT.get(char, char) for char in name.lower())
    base = re.sub(r"[^a-z0-9_.]+", "-", latin).strip("-._")[:50] or "source"
    taken = set(taken)
    return next(candidate for number in range(1, len(taken) + 2) if (candidate := base if number == 1 else f"{base}-{number}") not in taken)


def to_toml(sources: Sequence[SourceSpec]) -> str:
    """A sources TOML that `load_sources` reads back."""
    defaults = SourceSpec(id="", name="", url="")
    parts = []
    for spec in sources:
        lines = ["[[source]]"]
        for field in fields(SourceSpec):
            value = getattr(spec, field.name)
            if field.name in {"id", "name", "url", "kind"} or value != getattr(defaults, field.name):
                shown = json.dumps(format_duration(value) if isinstance(value, timedelta) else value, ensure_ascii=False)
                lines.append(f"{field.name} = {shown}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
