import pytest

from noticedesk.demo.products import Products, products


@pytest.fixture(scope="session")
def drawn() -> Products:
    """The drawn products, made once for all tests of the demo."""
    return products()
