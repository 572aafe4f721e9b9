"""`python -m flows.server DESCRIPTOR`: Prefect's server on a listening socket that it is handed."""

import socket
import sys

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings


def main(descriptor: int) -> None:
    """Serves until it is told to stop; its lifeline ends it when whoever started it is gone."""
    level = get_current_settings().server.logging_level.lower()
    config = uvicorn.Config(create_app(final=True), log_level=level, access_log=False)
    with socket.socket(fileno=descriptor) as listening:
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]))
