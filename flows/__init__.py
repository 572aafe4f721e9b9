"""The Prefect flows: thin, each calls one desk function a task. Importing this sets Prefect's settings first."""

import os

from flows import lifeline
from noticedesk.desk import logs
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
    # Its history is for looking at, not a record: runs are kept a week, events two days.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "604800",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "PT48H",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    # What we do not use only fights the runs for the one lock of Prefect's SQLite: late marks, automations, work pools.
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
}
"""What Prefect is told unless the environment says otherwise."""

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)

lifeline.follow()
logs.set_up(from_environment())
