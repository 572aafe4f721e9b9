"""Metrics in the text of Prometheus: queue lengths and ages, clocks, the outbox, failures, sources. Ids only."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from noticedesk import store
from noticedesk.store.gauges import Gauges, gauges

Read = Callable[[], AbstractContextManager[tuple[Gauges, datetime]]]

FAMILIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("lengths", "noticedesk_queue_length", "How many there are, by queue and state.", ("queue", "state")),
    ("oldest", "noticedesk_queue_age_seconds", "How long ago the oldest came in, by open state.", ("queue", "state")),
    ("stuck", "noticedesk_queue_stuck", "What failed too often and is tried no more.", ("queue",)),
    ("clocks", "noticedesk_clocks", "Running clocks by how near they are, and missed ones.", ("kind", "status")),
    ("outbox", "noticedesk_outbox", "Effects that are not had yet; dead ones wait for a person.", ("kind", "state")),
    ("outbox_oldest", "noticedesk_outbox_age_seconds", "How long the oldest has been due.", ("kind", "state")),
    ("last_read", "noticedesk_source_read_age_seconds", "How long ago a source was read whole.", ("source",)),
    (
        "last_delivery",
        "noticedesk_source_delivery_age_seconds",
        "How long ago a source last brought a document.",
        ("source",),
    ),
    ("failing", "noticedesk_source_failing", "1 where the last reading of a source failed.", ("source",)),
)
"""Each metric: where its values stand in Gauges, its name, its help, its labels. Instants are told as ages."""


class _Desk(Collector):
    """Reads the database anew each time it is asked."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._read() as (found, now):
            for field, name, words, labels in FAMILIES:
                family = GaugeMetricFamily(name, words, labels=labels)
                values: Mapping[tuple[str, ...], int | datetime] = getattr(found, field)
                for given, value in sorted(values.items()):
                    family.add_metric(given, _number(value, now))
                yield family


def text(db: store.Database, known: tuple[str, ...], now: Callable[[], datetime]) -> str:
    """The metrics of now, as Prometheus reads them."""
    return generate_latest(_registry(db, known, now)).decode()


@contextmanager
def served(db: store.Database, known: tuple[str, ...], now: Callable[[], datetime], port: int) -> Iterator[int]:
    """Serves the metrics on loopback for the length of the block; the port, which is any free one if given as 0."""
    server, thread = start_http_server(port, "127.0.0.1", _registry(db, known, now))
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _registry(db: store.Database, known: tuple[str, ...], now: Callable[[], datetime]) -> CollectorRegistry:
    @contextmanager
    def read() -> Iterator[tuple[Gauges, datetime]]:
        with db.read() as look:
            instant = now()
            yield gauges(look, instant, known), instant

    # Registering asks for the metrics once, which is not needed to describe them.
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Desk(read))
    return registry


def _number(value: int | datetime, now: datetime) -> float:
    return max(0.0, (now - value).total_seconds()) if isinstance(value, datetime) else float(value)
