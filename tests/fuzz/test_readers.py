"""Every reader on damaged input, in the sandbox: it ends in time, within its memory, and tells a person."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from noticedesk import intake
from noticedesk.sandbox import Sandbox
from tests.fuzz import attempt
from tests.fuzz.attacks import ATTACKS
from tests.fuzz.mutate import SAMPLES, mutants

SECONDS, MEGABYTES = 5.0, 512
"""What reading may take. Time is the processor's: other work on the machine does not count."""

PATIENCE = 60.0
EXAMPLES = 5_000 if os.environ.get("NOTICEDESK_SOAK") else 150
FUZZ = settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1, seconds=PATIENCE, megabytes=MEGABYTES, tasks=2000) as sandbox:
        yield sandbox


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_good_sample_is_read(name: str) -> None:
    outcome = attempt.as_it_arrives(SAMPLES[name], name)
    assert outcome.documents >= 1
    assert outcome.problem == "" or name == "empty.pdf"


@FUZZ
@given(mutant=mutants())
def test_what_is_damaged_becomes_a_document_all_the_same(sandbox: Sandbox, mutant: tuple[bytes, str]) -> None:
    note(f"{mutant[1] or 'no name'}: {mutant[0].hex()}")
    outcome = sandbox.call(attempt.as_it_arrives, *mutant)
    assert outcome.seconds < SECONDS
    # The auction tells of an error that no reader foresaw.
    assert "failed (" not in outcome.problem, outcome.problem


@FUZZ
@given(mutant=mutants(), reader=st.sampled_from([reader.NAME for reader in intake.READERS]))
def test_a_reader_given_anything_reads_it_or_says_why_not(
    sandbox: Sandbox, mutant: tuple[bytes, str], reader: str
) -> None:
    note(f"{mutant[1] or 'no name'}: {mutant[0].hex()}")
    assert sandbox.call(attempt.by, reader, *mutant).seconds < SECONDS


@pytest.mark.soak
def test_the_large_run_is_large() -> None:
    assert EXAMPLES >= 5_000


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_costs_little_and_is_told(sandbox: Sandbox, attack: str) -> None:
    raw, name, said = ATTACKS[attack]()
    outcome = sandbox.call(attempt.as_it_arrives, raw, name)
    assert outcome.seconds < SECONDS
    assert said in outcome.problem
