"""The flows: thin, each a batch in one run with one artifact, and the claims database does not need them."""

import ast
import asyncio
import gc
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from noticedesk import settings, store
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.store import records
from tests.kill.sink import mail_server
from tests.noticedesk.desk.factory import Mail

# Prefect leaves the sockets of its ephemeral server to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

FLOWS = Path(__file__).parent.parent.parent / "flows"


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.py")), ids=lambda path: path.stem)
def test_a_flow_file_is_under_forty_lines(path: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.AsyncFunctionDef)]
    assert all((node.end_lineno or 0) - node.lineno < 40 for node in functions)
    assert len(path.read_text().splitlines()) < 100


@pytest.fixture
def inbox(prefect: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An inbox with one notice that lacks everything, and a desk that watches it."""
    config, inbox = prefect / "config", prefect / "inbox"
    shutil.copytree(settings.data_folder("config"), config, dirs_exist_ok=True)
    inbox.mkdir(exist_ok=True)
    sources = [{"id": "inbox", "kind": "folder", "path": str(inbox), "service": "example"}]
    (config / "sources.yaml").write_text(yaml.safe_dump(sources))
    (inbox / "a.eml").write_bytes(Mail(urls=("https://marketplace.example/item/1",)).raw())
    monkeypatch.setenv("NOTICEDESK_CONFIG", str(config))
    with closing(store.open(settings.from_environment().database_url)) as db:
        store.migrate(db)
    with mail_server() as (_, url):
        monkeypatch.setenv("NOTICEDESK_SMTP", url)
        yield inbox
    gc.collect()  # so that what Prefect left open is told here, and not in somebody else's test


def test_each_flow_leaves_one_artifact_with_its_counts(inbox: Path) -> None:
    from prefect.client.orchestration import get_client

    from flows.catalogue import FLOWS as catalogue

    async def run() -> list[str]:
        for name in catalogue:
            await catalogue[name]()
        async with get_client() as client:
            return [artifact.key or "" for artifact in await client.read_artifacts()]

    keys = asyncio.run(run())
    assert sorted(keys) == sorted(catalogue)
    with closing(store.open(settings.from_environment().database_url)) as db, db.read() as look:
        (claim,) = records.find(look, Claim)
    assert claim.state in (ClaimState.ACCEPTED, ClaimState.NEEDS_CURE)


def test_an_unknown_flow_is_refused_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    from flows.__main__ import main

    assert main(["ingset"]) == 2
    assert "did you mean ingest?" in capsys.readouterr().err


def test_the_catalogue_has_exactly_the_flows_that_can_be_scheduled() -> None:
    from flows.catalogue import FLOWS as catalogue
    from noticedesk.desk.schedules import FLOWS as known

    assert tuple(catalogue) == known


def test_two_copies_of_one_flow_do_not_run_at_once(inbox: Path) -> None:
    from flows.catalogue import FLOWS as catalogue
    from flows.turn import turn

    with turn("process") as mine:
        assert mine
        assert asyncio.run(_run(catalogue["process"])).taken == 0


async def _run(flow: Callable[[], Awaitable[Tally]]) -> Tally:
    return await flow()
