"""What one address is: cleaned for opening, reduced for comparing."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from yarl import URL

from bot.errors import BadInput

_TRACKING: Final = re.compile(
    r"""^(
        utm_.*|utm|mtm_.*|pk_.*|piwik_.*|at_(campaign|medium|custom\d*)|stm_.*|hsa_.*|_hsenc|_hsmi|mc_[ce]id|
        fbclid|gclid|gclsrc|dclid|wbraid|gbraid|yclid|ysclid|ymclid|_openstat|openstat|msclkid|twclid|ttclid|igshid|igsh|li_fat_id|rb_clickid|
        from|ref|ref_src|referer|referrer|source|src|cmpid|campaign|ns_campaign|ns_mchannel|ns_source|ns_linkname|
        rss|from_rss|tg_?rhash|frommail|social|share|shared|spm|vk_ref|erid|roistat.*|calltouch.*|_ga|_gl|yptr|nw|lr|
        amp|outputtype|force_?mobile|is_?mobile|mobile|is_ajax|print|_
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Parameters that say where a reader came from or how the page is dressed, never which page it is."""

_TWIN_HOSTS: Final = re.compile(r"^(amp|m|mobile|pda|wap|touch)\.(?=[^.]+\.)")
_AMP_PATH: Final = re.compile(r"(^/amp(?=/))|(/amp/?$)|(\.amp(?=(\.html?)?$))|(?<=/)amp-(?=[^/]+$)", re.IGNORECASE)
_AMP_CACHE: Final = re.compile(r"^[a-z0-9-]+\.cdn\.ampproject\.org$")


def canonical(url: str) -> str:
    """The address without tracking and fragment, of the plain page and not of its AMP or mobile twin. Raises BadInput.

    The result can still be opened; the scheme and a `www.` stay as they were.
    """
    try:
        parsed = _out_of_amp_cache(URL(url.strip()))
        host = (parsed.raw_host or "").rstrip(".").lower()
        if parsed.scheme not in {"http", "https"} or not host:
            raise ValueError(url)
        query = [(name, value) for name, value in parsed.query.items() if not _is_tracking(name, value)]
        path = _AMP_PATH.sub("", parsed.path) or "/"
        port = parsed.explicit_port if not parsed.is_default_port() else None
        built = URL.build(scheme=parsed.scheme, host=_TWIN_HOSTS.sub("", host), port=port, path=path)
        return str(built.with_query(query) if query else built)
    except (ValueError, UnicodeError, TypeError):
        raise BadInput(f"{url[:200]!r} is no web address") from None


def identity(url: str) -> str:
    """What two addresses of one page have in common: no scheme, no `www.`, no closing slash, parameters in order."""
    parsed = URL(canonical(url))
    host = (parsed.raw_host or "").removeprefix("www.")
    port = f":{parsed.explicit_port}" if parsed.explicit_port and not parsed.is_default_port() else ""
    path = re.sub(r"/(index\.(html?|php))?$", "", re.sub(r"/{2,}", "/", parsed.raw_path))
    query = "&".join(f"{name}={value}" for name, value in sorted(parsed.query.items()))
    return f"{host}{port}{path}" + (f"?{query}" if query else "")


def article_id(url: str) -> str:
    """The id of the article at this address; the same for all twins of the address."""
    return hashlib.sha256(identity(url).encode()).hexdigest()[:20]


def _is_tracking(name: str, value: str) -> bool:
    # `source=123` may well be a page's number: the doubtful names count as tracking only when they carry a word.
    doubtful = name.lower() in {"from", "ref", "source", "src", "nw", "lr", "social", "share", "print", "mobile"}
    return bool(_TRACKING.match(name)) and not (doubtful and value.isdigit() and len(value) > 1)


def _out_of_amp_cache(url: URL) -> URL:
    """`https://x-ru.cdn.ampproject.org/c/s/x.ru/a` is `https://x.ru/a`; so is Google's `/amp/s/` viewer."""
    host = (url.raw_host or "").lower()
    if _AMP_CACHE.match(host):
        rest = re.sub(r"^/[a-z]/(s/)?", "", url.path)
    elif host.removeprefix("www.").startswith("google.") and url.path.startswith("/amp/"):
        rest = re.sub(r"^/amp/(s/)?", "", url.path)
    else:
        return url
    return URL(f"https://{rest}").with_query(url.query)
