# make run · make test · make check · make bench (README says the same without make)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := .

run: $(VENV)/.run
	$(BIN)/streamlit run app.py

test: $(VENV)/.dev browser
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.dev browser
	$(BIN)/python -m tests.bench

screens: $(VENV)/.dev browser
	$(BIN)/python -m tests.browser.screens docs/screens

# A browser for the journeys: one on this machine, else Debian's package as root, else Playwright's own.
browser: $(VENV)/.dev
	$(BIN)/python -m tests.browser.find_browser --install

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make run PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(VENV)/.run $@

.PHONY: run test check bench screens browser
