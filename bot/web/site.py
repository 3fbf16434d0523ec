"""What every handler has at hand: the library, the templates, the settings; and how a page is answered."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2
from aiohttp import web
from markupsafe import Markup, escape
from prometheus_client import CollectorRegistry

from bot.clock import Clock
from bot.digest.marks import notes
from bot.digest.render.document import Kind, block
from bot.digest.render.safe import clean
from bot.locales import LANGUAGES
from bot.settings import Settings
from bot.web.health import Readiness, SourceLister
from bot.web.library import Library
from bot.web.voice import Voice, query_of, voice

_HOST: Final = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
_TAGS: Final = re.compile(r"<[^>]*>")
_PARTS: Final = 100
_TURN: Final = 0.001
"""Seconds that a long page is written before others have their turn."""
_IDLE: Final = 0.0002
"""Seconds: a turn of the loop that took longer was somebody else's."""
_PATIENCE: Final = 10
"""Turns in a row that others may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The parts of the public site."""

    library: Library
    settings: Settings
    clock: Clock
    templates: jinja2.Environment
    style: str
    """The style sheet's path, with its content's hash."""
    readiness: Readiness
    sources: SourceLister | None = None
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    desk: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One long page is written at a time: two would take turns before anybody else had theirs."""
    parts: dict[tuple[str, str, str, dt.date], Markup] = field(default_factory=dict)
    """What many pages have in common, as it was written."""

    def voice(self, language: str) -> Voice:
        """The voice of a language in the operator's timezone."""
        return voice(language, self.settings.timezone)

    def base(self, request: web.Request) -> str:
        """The site's address without a slash at its end: the one that is set, else the one that was asked. Raises HTTPBadRequest."""
        if self.settings.public_url:
            return self.settings.public_url.rstrip("/")
        if not _HOST.fullmatch(request.host):
            raise web.HTTPBadRequest(text="the Host header is no host\n")
        return f"{request.scheme}://{request.host}"

    async def long_page(self, request: web.Request, template: str, **values: object) -> web.Response:
        """A page of many stories: written bit by bit, so that those who write to the bot meanwhile do not wait."""
        frame = self._frame(request, values)
        made = self.templates.get_template(template)
        context, bits = made.new_context(frame), []
        async with self.desk:
            pause = time.perf_counter() + _TURN
            for bit in made.root_render_func(context):
                bits.append(bit)
                if time.perf_counter() > pause:
                    pause = await _others_first() + _TURN
        return self._bound(request, frame, "".join(bits), context.get_exported(), 200)

    def page(self, request: web.Request, template: str, *, status: int = 200, **values: object) -> web.Response:
        """A page of the site in the language of its address."""
        frame = self._frame(request, values)
        made = self.templates.get_template(template)
        context = made.new_context(frame)
        return self._bound(request, frame, "".join(made.root_render_func(context)), context.get_exported(), status)

    def _frame(self, request: web.Request, values: Mapping[str, object]) -> dict[str, object]:
        """What every template may use. Raises HTTPBadRequest."""
        speak = self.voice(_spoken(request))
        shared: dict[str, object] = {
            "v": speak,
            "say": speak.say,
            "base": self.base(request),
            "path": request.path,
            "today": self.library.today,
            "now": self.library.now,
            "query_of": query_of,
        }
        return {**shared, **values}

    def _bound(self, request: web.Request, frame: Mapping[str, Any], text: str, said: Mapping[str, Any], status: int) -> web.Response:
        """The content between head and foot; `said` is what its template sets for them."""
        speak: Voice = frame["v"]
        rest = request.path.removeprefix(f"/{speak.language}")
        here = said.get("here", "")
        body = self.templates.get_template("base.html").render(
            **{name: frame[name] for name in ("v", "say", "base", "path", "today")},
            content=Markup(text),  # noqa: S704 - rendered with autoescape
            nav=self._part("nav.html", speak, here),
            colophon=self._part("colophon.html", speak),
            title=said.get("title", ""),
            description=said.get("description", ""),
            feed=said.get("feed", ""),
            image=said.get("image", "") or speak.path("card.png"),
            query=said.get("query", ""),
            kind=said.get("kind", "website"),
            noindex=status != 200 or said.get("noindex", False),
            marks=[note.text for note in notes([block(Kind.TEXT, _TAGS.sub(" ", text))], speak.language)],
            style=self.style,
            alternates=[(language, f"/{language}{rest}" if rest != request.path else f"/{language}/") for language in LANGUAGES],
        )
        return web.Response(text=body, status=status, content_type="text/html", headers={"Content-Language": speak.language})

    def _part(self, template: str, speak: Voice, here: str = "") -> Markup:
        """A part that many pages have in common, written once a day."""
        key = (template, speak.language, here, self.library.today)
        if key not in self.parts:
            if len(self.parts) > _PARTS:
                self.parts.clear()
            text = self.templates.get_template(template).render(v=speak, say=speak.say, here=here, today=self.library.today)
            self.parts[key] = Markup(text)  # noqa: S704 - rendered with autoescape a line above
        return self.parts[key]


async def _others_first() -> float:
    """Lets everybody have their turn who is ready for it, again and again as long as somebody is; the time when it is ours again."""
    now = time.perf_counter()
    for _ in range(_PATIENCE):
        before = now
        await asyncio.sleep(0)
        now = time.perf_counter()
        if now - before < _IDLE:
            break
    return now


def _spoken(request: web.Request) -> str:
    """The language that an address begins with, known or not; else the one that the browser likes best."""
    first = request.path.split("/", 2)[1]
    return first if first in LANGUAGES else preferred(request)


def preferred(request: web.Request) -> str:
    """The language of ours that the browser likes best; Russian if it likes none of them."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "").split(",")[:10]:
        name, _, rest = part.strip().partition(";")
        short = name.lower().partition("-")[0]
        quality = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", rest)
        if short in LANGUAGES:
            wanted.append((float(quality[1]) if quality else 1.0, short))
    return max(wanted, key=lambda item: item[0])[1] if wanted else LANGUAGES[0]


def etag(body: bytes) -> str:
    """A strong validator of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def matches(request: web.Request, tag: str) -> bool:
    """Whether the client already has what carries this tag."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in given.split(","))


def _harmless(value: object) -> object:
    """What strangers wrote without what cannot be seen: it could turn the reading direction of a page, or break an XML file."""
    return clean(value, lines=True) if isinstance(value, str) and _UNSEEN.search(value) else value


def make_templates() -> jinja2.Environment:
    """The templates: escaped everywhere, a missing name is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_harmless,
    )
    environment.filters["day_of"] = lambda date: dt.date.fromisoformat(date[:7] + "-01")
    environment.filters["html"] = lambda text: str(escape(text))  # as HTML, to be escaped once more: RSS carries HTML within XML
    environment.filters["iso"] = lambda moment: moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return environment
