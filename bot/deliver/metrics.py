"""What delivery counts: figures that add up to the number of recipients."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.model import Outcome, Platform


class Metrics:
    """The metrics of one process, kept in the registry that it is given.

    For each platform: claimed = delivered + gone + rejected + unknown + failed + handed back + held (recipients). What was given up was
    handed back. Over all processes: queued = the outcomes + those given up + those still queued.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        label = ("platform",)
        self._queued = Counter("vestnik_queued", "Recipients put into batches", label, registry=registry)
        self._claimed = Counter("vestnik_claimed", "Recipients taken from the queue by this process", label, registry=registry)
        self._handed_back = Counter("vestnik_handed_back", "Recipients given back unsent", label, registry=registry)
        self._settled = Counter("vestnik_settled", "Recipients by what became of them", ("platform", "outcome"), registry=registry)
        self._refused = Counter("vestnik_refused", "Refusals by reason", ("platform", "reason"), registry=registry)
        self._unsure = Counter("vestnik_unsure", "Messages whose answer was lost", label, registry=registry)
        self._retried = Counter("vestnik_retried", "Messages that are sent again, by reason", ("platform", "reason"), registry=registry)
        self._held = Gauge("vestnik_held", "Recipients of claimed batches without an outcome yet", label, registry=registry)
        self._in_flight = Gauge("vestnik_in_flight", "Calls under way", label, registry=registry)
        self._dead = Counter("vestnik_dead_batches", "Batches that were given up", label, registry=registry)
        self._lost = Counter("vestnik_dead_recipients", "Recipients without an outcome in batches given up", label, registry=registry)
        self._waited = Counter("vestnik_pacer_wait_seconds", "Waiting for the platform's limits", label, registry=registry)
        self._lag = Histogram(
            "vestnik_lag_seconds",
            "From the slot to the receipt",
            label,
            buckets=(1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600),
            registry=registry,
        )
        self._editions = Counter("vestnik_editions", "Editions made", label, registry=registry)
        self._digests = Counter("vestnik_digests", "Digests built", registry=registry)

    def queued(self, platform: Platform, recipients: int) -> None:
        self._queued.labels(platform).inc(recipients)

    def edition(self, platform: Platform) -> None:
        self._editions.labels(platform).inc()

    def digest(self) -> None:
        self._digests.inc()

    def claimed(self, platform: Platform, recipients: int) -> None:
        self._claimed.labels(platform).inc(recipients)
        self._held.labels(platform).inc(recipients)

    def handed_back(self, platform: Platform, recipients: int) -> None:
        self._handed_back.labels(platform).inc(recipients)
        self._held.labels(platform).dec(recipients)

    def settled(self, platform: Platform, outcome: Outcome, lag: float) -> None:
        self._settled.labels(platform, outcome).inc()
        self._held.labels(platform).dec()
        self._lag.labels(platform).observe(max(0.0, lag))

    def refused(self, platform: Platform, reason: str) -> None:
        self._refused.labels(platform, reason).inc()

    def unsure(self, platform: Platform) -> None:
        self._unsure.labels(platform).inc()

    def retried(self, platform: Platform, reason: str) -> None:
        self._retried.labels(platform, reason).inc()

    def in_flight(self, platform: Platform, calls: int) -> None:
        self._in_flight.labels(platform).inc(calls)

    def dead(self, platform: Platform, recipients: int) -> None:
        self._dead.labels(platform).inc()
        self._lost.labels(platform).inc(recipients)

    def waited(self, platform: Platform, seconds: float) -> None:
        self._waited.labels(platform).inc(seconds)
