"""A mail server for the tests of mailboxes; without one they are skipped, loudly, and fail in CI."""

from collections.abc import Iterator

import pytest

from tests.noticedesk.intake.channels import dovecot


@pytest.fixture(scope="session")
def imap() -> Iterator[dovecot.Dovecot]:
    dovecot.required()
    with dovecot.running() as server:
        yield server
