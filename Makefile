# Every target does all the set-up itself; nothing is done twice (see .ci/setup).
.PHONY: run test soak fuzz check bench snapshot doctor setup clean
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.stamp

run: setup  ## set up, then open the window (without a display: draw it into snapshots/)
	@$(PYTHON) -m explorer --or-snapshot snapshots

test: setup  ## set up, then run the tests, on all cores
	$(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

soak: setup  ## random programs, broken calls, users and sentences: SOAK_STEPS=1000000 steps, SOAK_REPAIRS=20 calls of each entry, SOAK_USERS=40 with SOAK_ACTIONS=5000 each, SOAK_SENTENCES=3 rounds of the catalogue
	SOAK_STEPS=$(or $(SOAK_STEPS),1000000) $(PYTHON) -m pytest tests/workspace/test_stateful.py $(ARGS)
	SOAK_REPAIRS=$(or $(SOAK_REPAIRS),20) $(PYTHON) -m pytest tests/session/test_repairs.py $(ARGS)
	SOAK_USERS=$(or $(SOAK_USERS),40) SOAK_ACTIONS=$(or $(SOAK_ACTIONS),5000) $(PYTHON) -m tests.window.random_user
	SOAK_SENTENCES=$(or $(SOAK_SENTENCES),3) $(PYTHON) -m pytest -n auto tests/animation/test_true_sentences.py tests/animation/test_true_cells.py $(ARGS)

fuzz: setup  ## random operands for every operation, and the properties of texts with many examples: SOAK_CASES=1000000
	SOAK_CASES=$(or $(SOAK_CASES),1000000) $(PYTHON) -m pytest tests/ops/test_odd_values.py tests/ops/test_no_cells.py $(ARGS)
	HYPOTHESIS_PROFILE=deep $(PYTHON) -m pytest tests/workspace/test_reading.py tests/animation/test_every_operation.py $(ARGS)

check: setup  ## style, types and layers
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

bench: setup  ## measure; writes build/bench.json
	$(PYTHON) -m tests.benchmarks

snapshot: setup  ## pictures of the window in snapshots/
	@$(PYTHON) -m explorer snapshot snapshots

doctor: setup  ## versions, Qt platform, missing libraries, fonts, devices
	@$(PYTHON) -m explorer doctor

setup: $(STAMP) $(VENV)/.system

$(STAMP): pyproject.toml constraints.txt
	@.ci/setup

# Made only when nothing is missing, so that what is missing is said each time.
$(VENV)/.system: .ci/system-libraries | $(STAMP)
	@.ci/system-libraries && touch $@ || true

clean:  ## remove what was built (not .venv)
	rm -rf build dist snapshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/'
