"""Speed and memory of the analysis, beside sumy for summaries and scikit-learn for stories: `python benchmarks/analyse.py`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import resource
import time
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported: all figures are those of one core
START = time.perf_counter(), time.process_time()

from bot.analyse import Analyst  # noqa: E402 - the import is part of what is measured
from bot.analyse.speech import people  # noqa: E402 - as above
from bot.analyse.summaries import summary  # noqa: E402 - as above
from bot.model import Article, Cluster, Reading  # noqa: E402

if TYPE_CHECKING:
    from bot.analyse.training.data import Labelled

OTHER = "Мэр открыл парк у реки. Деревья посадили школьники и ветераны, погода стояла ясная. В городе строят ещё две набережные, работы идут по плану. "


def timed(work: Callable[[], object], least: float = 1.0) -> float:
    """Runs a second."""
    runs, start = 0, time.process_time()
    while time.process_time() - start < least:
        work()
        runs += 1
    return runs / (time.process_time() - start)


def main() -> None:
    """Prints one line a figure; seconds are those of the processor, so that other work on the machine counts little."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    analyst = Analyst()
    people.recogniser()
    analyst.read(
        Article(id="0", url="", source_id="", outlet="", title="Роскомнадзор заблокировал Viber", text="Роскомнадзор заблокировал Viber.")
    )
    wall, spent = time.perf_counter() - START[0], time.process_time() - START[1]
    print(f"start: {spent:.2f} s of the processor, {wall:.2f} s by the clock (asked: under 3)")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (asked: under 500)")
    from bot.analyse.training.data import read  # scikit-learn comes with it, which only training needs

    articles = read("articles")
    relevant = [item for item in articles if item.relevant]
    parks = [Article(id=str(n), url="", source_id="", outlet="", title=f"В городе открыли парк № {n}", text=OTHER * 4) for n in range(50)]
    print(f"irrelevant articles a second: {timed(lambda: [analyst.read(park) for park in parks]) * 50:.0f} (asked: 1000)")
    start = time.process_time()
    readings = [analyst.read(item.article) for item in relevant]
    length = sum(len(item.article.text) for item in relevant) / len(relevant)
    print(
        f"relevant articles a second: {len(relevant) / (time.process_time() - start):.0f} (asked: 40), each read once, {length:.0f} characters"
    )
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (asked: under 500)")
    summaries(relevant, readings)
    clustering(analyst, relevant, readings)
    archive(analyst, [reading for reading in readings if reading.relevant])
    print(f"memory at the end, peers loaded: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def summaries(relevant: list[Labelled], readings: list[Reading]) -> None:
    """ROUGE-1, -2, -L and seconds an article, ours by six folds over stories, the peers with one sentence each."""
    import razdel
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    from bot.analyse.training.data import folds
    from bot.analyse.training.summaries import fit_summaries, worth

    class Tokens:
        """sumy asks NLTK for a downloaded model; razdel cuts Russian as well."""

        def to_sentences(self, text: str) -> tuple[str, ...]:
            return tuple(part.text for part in razdel.sentenize(text))

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(part.text for part in razdel.tokenize(text) if part.text[0].isalnum())

    def show(name: str, said: list[str], seconds: float) -> None:
        scores = [worth(text, item.row["summary"]) for text, item in zip(said, relevant, strict=True)]
        means = " / ".join(f"{sum(column) / len(column):.3f}" for column in zip(*scores, strict=True))
        print(f"summary, {name}: ROUGE-1/-2/-L {means}, {seconds / len(relevant) * 1000:.1f} ms an article")

    show("the first sentence", [next(iter(Tokens().to_sentences(item.row["text"]))) for item in relevant], 0.0)
    told: dict[str, str] = {}
    spent = 0.0
    paired = list(zip(relevant, readings, strict=True))
    facts = {item.id: reading.facts for item, reading in paired}
    for train, held in folds(relevant, 6):
        kept = {item.id for item in train}
        models = fit_summaries([pair for pair in paired if pair[0].id in kept])
        for item in held:
            start = time.process_time()
            told[item.id] = summary.summarise(item.view, summary.best_sentences(item.view), facts[item.id], models)[0]
            spent += time.process_time() - start
    show("ours, by models that did not see the story", [told[item.id] for item in relevant], spent)
    for name, summariser in (("LexRank", LexRankSummarizer(Stemmer("russian"))), ("TextRank", TextRankSummarizer(Stemmer("russian")))):
        start = time.process_time()
        said = [
            " ".join(str(s) for s in summariser(PlaintextParser.from_string(item.row["text"], Tokens()).document, 1)) for item in relevant
        ]
        show(f"sumy's {name}", said, time.process_time() - start)


def clustering(analyst: Analyst, relevant: list[Labelled], readings: list[Reading]) -> None:
    """Seconds for all articles, beside average linkage over TF-IDF."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    start = time.perf_counter()
    analyst.cluster(readings)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    matrix = TfidfVectorizer().fit_transform(" ".join(reading.terms) for reading in readings if reading.terms).toarray()
    AgglomerativeClustering(n_clusters=None, distance_threshold=0.8, metric="cosine", linkage="average").fit(matrix)
    print(f"stories of {len(relevant)} articles: ours {ours:.2f} s, TF-IDF with average linkage {time.perf_counter() - start:.2f} s")


def archive(analyst: Analyst, readings: list[Reading]) -> None:
    """Microseconds to place an article among archives of growing size, candidates taken by key as the store does (the newest 50)."""
    chance = random.Random(7)
    now = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    told = {reading.article_id: analyst.tell([reading], id=reading.article_id, thread=reading.article_id, now=now) for reading in readings}
    for size in (1_000, 10_000, 100_000):
        filed: dict[str, list[Cluster]] = {}
        for number in range(size):
            reading = readings[number % len(readings)]
            moved = dataclasses.replace(reading, published=now - dt.timedelta(days=number * 3650 / size))
            cluster = Cluster(story=told[reading.article_id], readings=(moved,))
            for key in keyed(moved):
                filed.setdefault(key, []).append(cluster)
        spent = []
        for reading in chance.sample(readings, 40):
            arrived = dataclasses.replace(reading, published=now)
            start = time.perf_counter()
            near = {id(cluster): cluster for key in keyed(arrived) for cluster in filed.get(key, [])[:50]}
            analyst.place(arrived, list(near.values())[:50])
            spent.append(time.perf_counter() - start)
        print(f"placing an article among {size}: {sorted(spent)[len(spent) // 2] * 1e6:.0f} µs")


def keyed(reading: Reading) -> tuple[str, ...]:
    """The keys a store files a reading under."""
    from bot.analyse.stories.placing import keys

    return keys(reading)


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        main()
