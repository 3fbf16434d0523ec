# ruff: noqa: T201  # a program run by hand
"""A fuzz target: broken feeds, pages, encodings, addresses and files; run by hand.

Usage: python -m tests.collect.fuzz [--count 100000] [--seed 1]

Seeds are feeds and pages of our own making; each input is one of them, cut, repeated, shuffled or sprinkled with bytes; one in fifty may be large. Only our own
errors may come out, none may take over two seconds, and memory may not pass 300 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter

from multidict import CIMultiDict, CIMultiDictProxy

from bot.collect import Page, SourceSpec, article_from_html, read_file, read_text
from bot.collect.guard import parse_url
from bot.collect.kinds import parse
from bot.collect.opml import from_opml
from bot.errors import BotError
from tests.collect import pages, test_kinds, test_text

PIECES = [b"<", b">", b"&", b"&#x110000;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", "Ж".encode("cp1251"), "Я".encode(), b"<item>", b"</item>", b"<p>", b"<table><tr><td>", b"<script>", b'"', b"'", b"<!DOCTYPE x [", b"%PDF-", b"{", b"[", b"<div style='display:none'>"]  # fmt: skip
HEADERS = ["", "text/html; charset=windows-1251", "text/xml; charset=utf-8", "application/json", "x/y; charset=utf-7"]


def seeds(chance: random.Random) -> list[bytes]:
    """What the inputs are made of."""
    made = [text.encode() for text in [*test_kinds.QUIRKS.values(), *test_text.NO_ARTICLES.values()]]
    made += [
        template(sample).encode(chance.choice(["utf-8", "cp1251"]), "replace")
        for sample in pages.samples(test_text.ARTICLES, 2)
        for template in pages.TEMPLATES
    ]
    return [seed for seed in made if seed]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to six changes."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.randint(0, 400))
        match chance.randrange(6):
            case 0:
                data = data[:at] + chance.choice(PIECES) + data[at:]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:at] + data[at:to] * chance.choice([2, 3, 50]) + data[to:]
            case 3:
                data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at:]
            case 4:
                data = data[:at]
            case _:
                data = data[:at] + chance.choice(PIECES) * chance.choice([1, 20, 500]) + data[at:]
    return data[: 200_000 if chance.random() < 0.02 else 20_000]


def one(data: bytes, chance: random.Random) -> str:
    """Gives an input to one of the readers; says which."""
    kind = chance.choice(["rss", "rss", "page", "telegram", "sitemap", "html", "html", "text", "file", "opml", "url"])
    headers = CIMultiDictProxy(CIMultiDict({"Content-Type": chance.choice(HEADERS)}))
    match kind:
        case "html":
            article_from_html(data, "https://example.org/a", content_type=headers["Content-Type"])
        case "text":
            read_text(data.decode("utf-8", "replace"))
        case "file":
            read_file("file", data)
        case "opml":
            from_opml(data)
        case "url":
            parse_url(data[:200].decode("latin-1"))
        case _:
            page = Page(url="https://example.org/feed", status=200, headers=headers, body=data)
            parse(page, SourceSpec(id="one", name="One", url="https://example.org/feed", kind=kind, selector="a"))
    return kind


def main() -> int:
    """Runs the target; exit 1 if an input broke the promise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    corpus, outcomes, slowest, bad = seeds(chance), Counter[str](), 0.0, 0
    began = time.monotonic()
    for number in range(options.count):
        data = mutate(chance.choice(corpus), chance)
        start = time.process_time()  # other programs on the machine are not its fault
        try:
            outcomes[one(data, chance)] += 1
        except BotError as error:
            outcomes[type(error).__name__] += 1
        except Exception as error:  # what the fuzzer is for
            bad += 1
            print(f"input {number}: {type(error).__name__}: {error}", file=sys.stderr)
        taken = time.process_time() - start
        if taken > 2.0:
            bad += 1
            print(f"input {number}: {taken:.1f} s", file=sys.stderr)
        slowest = max(slowest, taken)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{options.count} inputs in {time.monotonic() - began:.0f} s, {bad} bad, slowest {slowest:.2f} s, {memory:.0f} MB at most; {dict(outcomes)}"
    )
    return 1 if bad or memory > 300 else 0


if __name__ == "__main__":
    sys.exit(main())
