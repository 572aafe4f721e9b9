"""Prefect's own harness, for the tests of the flows alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A Prefect server for the session, and the home of the desk whose flows it runs."""
    import os

    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    os.environ |= {"NOTICEDESK_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    import flows  # noqa: F401  (sets Prefect's settings before Prefect is imported)

    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield home
    os.environ.clear()
    os.environ |= before
