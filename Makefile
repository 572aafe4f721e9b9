# Two commands do everything on a bare machine: make demo, make test. The first call of any makes .venv from the lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up

.PHONY: help setup demo test screenshots soak fuzz lint types check bench bench-images bench-text bench-queue bench-console lock clean

help: ## What each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "noticedesk needs Python 3.11 or newer; try: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

setup: $(STAMP) ## Make the environment from the lock

demo: $(STAMP) ## Run the main job on a small marketplace with known truth
	$(BIN)/noticedesk demo

# files in the order of their names: by the number of their tests the few long ones would come last, one worker idle beside them
test: $(STAMP) ## Run the tests
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "not soak"

screenshots: $(STAMP) ## Draw the main pages of the console into docs/screenshots (needs Chromium)
	$(BIN)/python -W ignore -m tests.browser.screenshots docs/screenshots

soak: $(STAMP) ## Run the tests with large counts
	NOTICEDESK_SOAK=1 $(BIN)/pytest -n auto -m soak

fuzz: $(STAMP) ## Fuzz the readers by coverage for SECONDS (60), where Atheris can be had
	$(BIN)/uv pip install --quiet --python $(BIN)/python "atheris>=3.0"
	$(BIN)/python -m tests.fuzz.guided -max_total_time=$(or $(SECONDS),60)

lint: $(STAMP) ## Look at form: ruff, yamllint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict config templates tests

types: $(STAMP) ## Check types: mypy --strict
	$(BIN)/mypy

check: lint types test ## Everything that must pass before a commit

bench: $(STAMP) ## Measure what Prefect costs over a plain loop, with 10,000 claims (a quarter of an hour)
	$(BIN)/python -m benchmarks.flow

bench-images: $(STAMP) ## Measure the image matcher side by side with plain hashes
	$(BIN)/python -m benchmarks.images

bench-text: $(STAMP) ## Measure 5,000 marks in 1,000,000 titles on one core
	$(BIN)/python -m benchmarks.text

bench-queue: $(STAMP) ## Measure the review queue with 1,000,000 claims on SQLite and PostgreSQL
	$(BIN)/python -m benchmarks.queue

bench-console: $(STAMP) ## Measure in a real browser how long a reviewer waits from the key that decides to the next case
	$(BIN)/python -m benchmarks.console

bench-year: $(STAMP) ## Play 5,000 claims through a simulated year and count the clocks met and missed
	$(BIN)/python -m benchmarks.year

lock: $(STAMP) ## Resolve the one lock anew, for every supported Python
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-header --no-annotate pyproject.toml -o requirements.lock

clean: ## Remove what make made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis
