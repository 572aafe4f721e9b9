"""Serves the API: one desk, opened once, answered by uvicorn."""

import uvicorn

from noticedesk.api.app import create_app
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.terms import Terms

_PATIENCE = 20


def serve(desk: Desk, terms: Terms, host: str, port: int) -> None:
    """Serves until it is told to stop; requests that run then are finished, within 20 seconds."""
    config = uvicorn.Config(
        create_app(desk, terms),
        host=host,
        port=port,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=_PATIENCE,
        log_level=desk.settings.log_level.lower(),
        access_log=False,
    )
    uvicorn.Server(config).run()
