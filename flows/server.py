"""`python -m flows.server DESCRIPTOR`: Prefect's server on a listening socket that it is handed."""

import socket
import sys
from collections.abc import MutableMapping

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database.orm_models import FlowRun
from prefect.settings import get_current_settings


def main(descriptor: int) -> None:
    """Serves until it is told to stop; its lifeline ends it when whoever started it is gone."""
    _let_the_scheduler_insert()
    level = get_current_settings().server.logging_level.lower()
    config = uvicorn.Config(create_app(final=True), log_level=level, access_log=False)
    with socket.socket(fileno=descriptor) as listening:
        uvicorn.Server(config).run(sockets=[listening])


def _let_the_scheduler_insert() -> None:
    """Makes Prefect 3.8's scheduler work on SQLAlchemy 2.1, as it does on 2.0.

    It hands the state of a run along with the run's columns and saves it afterwards; 2.0 passed over what is no column,
    2.1 refuses a hybrid that does not say what to do with it. No scheduled run would ever be made.
    """
    vars(FlowRun)["state"].bulk_dml_setter = _pass_over


def _pass_over(_: type, __: MutableMapping[str, object], ___: object) -> None:
    """Does nothing, as SQLAlchemy 2.0 did."""


if __name__ == "__main__":
    main(int(sys.argv[1]))
