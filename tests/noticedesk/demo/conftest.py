from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from noticedesk.demo.complaint import Complaint
from noticedesk.demo.complaints import complaints
from noticedesk.demo.marketplace import Marketplace
from noticedesk.demo.products import Products, products

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def drawn() -> Products:
    """The drawn products, made once for all tests of the demo."""
    return products()


@pytest.fixture(scope="session")
def market(drawn: Products) -> Iterator[Marketplace]:
    """A running marketplace, for tests that only look."""
    with Marketplace(drawn) as running:
        yield running


@pytest.fixture(scope="session")
def sent(market: Marketplace) -> dict[str, Complaint]:
    """Every complaint by its id."""
    return {complaint.id: complaint for complaint in complaints(market, NOW)}
