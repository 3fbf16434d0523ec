# Every target works on a bare machine with Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: setup dev run demo test check format evaluate train bench lock clean
.DEFAULT_GOAL := setup

# A virtual environment from the standard library, or from virtualenv where a distribution has cut venv out of Python.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(PYTHON) -m pip install --quiet --user virtualenv && $(PYTHON) -m virtualenv --quiet $(VENV); }

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing the development tools…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.run  ## the virtual environment with the locked install

dev: $(VENV)/.dev  ## the same with the tools for tests and checks

run: setup  ## the bot; with no tokens set, the demonstration
	@exec $(BIN)/vestnik run --or-demo

demo: setup  ## the demonstration: no token, no network
	@exec $(BIN)/vestnik demo

test: dev  ## all tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: dev  ## linters and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict bot handlers

format: dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

evaluate: dev  ## how well the news are read, on the labelled articles
	@$(BIN)/vestnik evaluate

train: dev  ## rebuilds the shipped models from the data in the repository
	@$(BIN)/python -m bot.analyse.training

bench: dev  ## speed and memory against named peers; writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks

lock:  ## pins the ranges of pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra dev --extra bench -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
