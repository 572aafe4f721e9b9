"""The Prefect flows: thin, each calls one desk function a task. Importing this sets Prefect's settings first."""

import os

from noticedesk.settings import from_environment

DEFAULTS = {
    # Prefect's database is disposable; it lies beside the claims, and nothing of a claim is in it.
    "PREFECT_HOME": str(from_environment().home.absolute() / "prefect"),
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # The first start on a fresh home migrates Prefect's database, which takes longer than its default of 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # Events are for several servers at once; one run on one machine has nobody to tell.
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}
"""What Prefect is told unless the environment says otherwise."""

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
