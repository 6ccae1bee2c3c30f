# make demo: read the example articles.  make test: all checks.  Both set everything up by themselves, in $(VENV).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test soak fast lint types docs screenshots bench clean

demo: $(VENV)/.installed
	$(BIN)/beritaie extract examples --output build/records.jsonl
	$(BIN)/beritaie show examples/studi-komparasi.txt
	$(BIN)/beritaie show examples/studi-komparasi.txt --html build/studi-komparasi.html
	@echo "The records of all examples are in build/records.jsonl, the page is build/studi-komparasi.html"

test: $(VENV)/.installed-dev lint types docs
	$(BIN)/python -m pytest
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m pytest -q --nbmake notebooks

soak: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m soak

fast: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "not slow and not soak"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/beritaie data check

types: $(VENV)/.installed-dev
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

screenshots: $(VENV)/.installed-dev
	$(BIN)/python docs/screenshots.py

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "beritaie needs Python 3.11 or newer; say which with make PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	mkdir -p build
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable '.[dev,stanza,spark]'
	touch $@

clean:
	rm -rf build .mypy_cache .pytest_cache .ruff_cache
