"""`noticedesk serve`: every flow by its schedule, with a Prefect server of our own where none is configured."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from flows import lifeline, loopback
from flows.afresh import clean
from noticedesk import settings, store
from noticedesk.desk import metrics
from noticedesk.desk.desk import open_desk
from noticedesk.desk.schedules import plan
from noticedesk.settings import SettingError


def serve() -> int:
    """Runs the flows until it is told to stop; exit code 0, or 1 while another serves the same home."""
    chosen = settings.from_environment()
    home = chosen.home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHONSAFEPATH"] = "1"
    with ExitStack() as open_:
        open_.enter_context(_alone(home))
        # The whole desk is opened once, so that a fault in any of its files stops the start.
        with open_desk(chosen) as desk:
            planned, known = plan(chosen.config, desk.sources), tuple(source.id for source in desk.sources)
        if chosen.metrics_port:
            db = open_.enter_context(closing(store.open(chosen.database_url)))
            open_.enter_context(metrics.served(db, known, lambda: datetime.now(UTC), chosen.metrics_port))
        open_.enter_context(lifeline.held(home))
        open_.enter_context(lifeline.aside(home / "runs"))
        if "PREFECT_API_URL" not in os.environ:
            print("starting Prefect's server; the first time that takes half a minute", flush=True)
            clean(Path(os.environ["PREFECT_HOME"]) / "prefect.db")
            open_.enter_context(loopback.server(chosen.prefect_port))
        # Imported late: Prefect reads the address of its server when it is imported.
        from flows.runner import run

        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(run(planned))
        print("stopped; whatever was under way is taken up again at the next start", flush=True)
    return 0


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Holds the home for this process; raises SettingError while another serve holds it."""
    with (home / "serve.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise SettingError(f"{home} is served already, by process {file.read().strip() or 'unknown'}") from None
        file.truncate(0)
        print(os.getpid(), file=file, flush=True)
        for left in home.glob("serve-*.lifeline"):
            left.unlink()
        yield


if __name__ == "__main__":
    sys.exit(serve())
