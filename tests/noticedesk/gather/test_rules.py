import pytest

from noticedesk.http import PAGES
from noticedesk.settings import SettingError
from tests.noticedesk.gather.factory import rules, service


def test_the_shipped_rules_exempt_nobody_and_obey_third_parties() -> None:
    policy = rules().manners.admit(PAGES, [service("shop", "shop.example", "127.0.0.1:8099")])
    assert (policy.exempt, policy.robots, policy.own) == (frozenset(), True, ("shop.example", "127.0.0.1"))
    assert (policy.media_types, policy.body) == (PAGES.media_types, PAGES.body)


def test_an_exempt_origin_is_taken_exactly() -> None:
    manners = {"interval": 1, "own_interval": 0, "robots": False}
    exempt = [{"scheme": "http", "host": "LOCALHOST", "port": 8099}]
    policy = rules(manners=manners | {"exempt": exempt}).manners.admit(PAGES, [])
    assert policy.exempt == {("http", "localhost", 8099)}
    assert (policy.interval, policy.own_interval, policy.robots) == (1.0, 0.0, False)


def test_an_exempt_origin_without_a_port_stops_the_start() -> None:
    manners = {"interval": 1, "own_interval": 0, "robots": True, "exempt": [{"scheme": "http", "host": "localhost"}]}
    with pytest.raises(SettingError, match="port"):
        rules(manners=manners)
