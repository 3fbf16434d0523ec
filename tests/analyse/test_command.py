"""`vestnik analyse`: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bot.commands.analyse import analyse

LINE = {
    "id": 7,
    "title": "Роскомнадзор заблокировал Viber",
    "text": "Роскомнадзор заблокировал мессенджер Viber. Пользователи жалуются.",
    "published": "2024-12-13",
    "surplus": 1,
}


PARTS = [
    "Роскомнадзор заблокировал мессенджер Viber в России, сообщили в пресс-службе ведомства в пятницу утром, 13 декабря.",
    "Причиной названо нарушение требований российского законодательства к организаторам распространения информации, которое должно не допускать терроризма.",
    "За последние два года сервис несколько раз штрафовали за отказ удалять запрещённые материалы, однако компания эти деньги так и не заплатила.",
    "Пользователи из разных регионов рассказывают, что сообщения не доходят с ночи, а звонки обрываются; приложение открывается лишь у немногих.",
]


def run(*lines: object) -> tuple[int, list[dict[str, object]]]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    result = CliRunner().invoke(analyse, ["-"], input=given.encode())
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()] if result.exit_code == 0 else []


def test_each_line_is_answered_in_order() -> None:
    """A bad line gets an error and the rest go on; ids come back as they were."""
    status, rows = run(LINE, "{no json", {"id": "x", "title": "Парк открыли", "text": "Мэр открыл парк."}, {"id": 9})
    assert status == 0
    assert [row["id"] for row in rows] == [7, None, "x", 9]
    assert [row.get("error", "") != "" for row in rows] == [False, True, False, True]
    assert rows[0]["relevant"] is True
    assert rows[0]["story"]
    assert rows[2]["story"] is None
    assert set(rows[0]) >= {"id", "relevant", "relevance", "reasons", "story", "summary", "facts", "evidence"}
    assert all(isinstance(reason, str) for reason in rows[0]["reasons"])  # type: ignore[attr-defined]  # a list by the interface


def test_html_stands_for_text() -> None:
    """A page is read as the collector reads it."""
    page = "<html><body><nav>Меню</nav><article><h1>Роскомнадзор заблокировал Viber</h1>" + "".join(f"<p>{part}</p>" for part in PARTS)
    status, rows = run({"id": 1, "title": "Роскомнадзор заблокировал Viber", "html": page + "</article></body></html>"})
    assert status == 0
    assert rows[0]["relevant"] is True


def test_nothing_readable_is_bad_input() -> None:
    """If no line could be read the command fails."""
    assert run("nonsense")[0] != 0
    assert run("")[0] != 0


def test_half_a_character_stops_nobody() -> None:
    """JSON can name half of a surrogate pair, UTF-8 cannot: the line is answered, its evidence is as it came, and the rest go on."""
    text = "Роскомнадзор \ud83d заблокировал WhatsApp. Пользователи жалуются."
    status, rows = run(json.dumps({"id": 1, "title": "", "text": text}), LINE)
    assert status == 0
    assert [row["id"] for row in rows] == [1, 7]
    cited = [item["sentence"] for item in rows[0]["evidence"]]  # type: ignore[attr-defined]  # JSON
    assert any("\ud83d" in sentence for sentence in cited)
    assert all(sentence in text for sentence in cited)


def test_what_json_does_not_know_is_a_bad_line() -> None:
    """NaN would make of the answer something that no other program can read."""
    _, rows = run('{"id": NaN, "text": "Мэр открыл парк."}', LINE)
    assert [("error" in row, row["id"]) for row in rows] == [(True, None), (False, 7)]


@pytest.mark.parametrize(
    "filler",
    ["Роскомнадзор блокирует WhatsApp и ", "а", "1", ", ", "<a ", "«(", "\u00a0", "Суд оштрафовал WhatsApp на 3 млн рублей. "],
    ids=["no full stop", "one word", "one number", "commas", "tags", "brackets", "spaces", "sentences"],
)
def test_a_megabyte_costs_no_more_than_its_beginning(filler: str) -> None:
    """Whatever a text is full of: it is answered, the summary is short, the evidence stands in the text."""
    text = "Роскомнадзор оштрафовал WhatsApp на 3 млн рублей " + filler * (1_000_000 // len(filler))
    status, rows = run({"id": 1, "title": "Роскомнадзор оштрафовал WhatsApp", "text": text}, {"id": 2, "title": text, "text": LINE["text"]})
    assert status == 0
    for row, given in zip(rows, (text, f"{LINE['text']}\n{text}"), strict=True):
        assert row["relevant"] is True
        assert len(str(row["summary"])) <= 300
        assert all(item["sentence"] in given or item["sentence"] in "Роскомнадзор оштрафовал WhatsApp" for item in row["evidence"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", "  ", "\t", "\n"])
def test_evidence_stands_in_the_line_as_it_was_given(space: str) -> None:
    """Spaces of every kind in title and text stay in the sentences that are cited; the summary has plain ones."""
    line = {
        "id": 1,
        "title": "Суд оштрафовал WhatsApp на 3 млн рублей".replace(" ", space),
        "text": "Суд в Москве назначил WhatsApp штраф: сервис не удалил запрещённое.".replace(" ", space),
    }
    status, rows = run(line)
    assert (status, rows[0]["relevant"]) == (0, True)
    cited = [item["sentence"] for item in rows[0]["evidence"]]  # type: ignore[attr-defined]  # JSON
    assert any(sentence in line["title"] for sentence in cited)  # type: ignore[operator]
    assert all(sentence in line["title"] or sentence in line["text"] for sentence in cited)  # type: ignore[operator]
    assert " ".join(str(rows[0]["summary"]).split()) == rows[0]["summary"]
    assert "WhatsApp" in rows[0]["facts"]["messengers"]  # type: ignore[index]


def test_days_as_feeds_give_them_and_what_is_no_day() -> None:
    """RFC 2822 counts as well; what is no date is said on stderr, and the article is read without one."""
    text = "Роскомнадзор заблокировал мессенджер Viber. Доступ закрыт с 13 декабря."
    given = [
        LINE | {"id": "feed", "text": text, "published": "Fri, 13 Dec 2024 09:00:00 +0300"},
        LINE | {"id": "odd", "text": text, "published": "позавчера"},
    ]
    result = CliRunner().invoke(analyse, ["-"], input="\n".join(json.dumps(line, ensure_ascii=False) for line in given).encode())
    assert result.exit_code == 0
    assert result.stderr == "odd: published 'позавчера' is no date, taken as unknown\n"
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["facts"]["effective_date"] == "2024-12-13"
