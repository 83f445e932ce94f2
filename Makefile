# The commands of Claimdeck.  `make site` needs Python 3.11 or newer and nothing else.

PYTHON = python3
ARGS   =
VENV   = .venv
BIN    = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP    = $(BIN)/python -m pip --disable-pip-version-check --quiet

# A stamp says that what its requirements file names is installed; while it is newer, pip is not asked.
SITE_STAMP = $(VENV)/.installed-site
DEV_STAMP  = $(VENV)/.installed-dev

.DEFAULT_GOAL := site
.PHONY: site test check soak fuzz audit bench serve docs pins fonts icons format clean help

site: $(SITE_STAMP)             ## build the site into dist/ (the default)
	$(BIN)/python build.py build $(ARGS)

test: $(DEV_STAMP)              ## run all tests, those in a real browser included
	@$(BIN)/python .ci/find_browser.py || test -z "$$CI"
	$(BIN)/python -m pytest $(ARGS)

fuzz: $(DEV_STAMP)              ## the tests that make up their input, fifty times as long as `make test` does
	$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/test_fuzz.py tests/test_documents.py tests/test_plain.py $(ARGS)

check: $(DEV_STAMP)             ## what every commit must pass: format, lint, types, then the tests
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(MAKE) test

soak: $(DEV_STAMP)              ## kill a hundred builds, and fail each of their file operations; takes a quarter of an hour
	KILLS=100 EVERY=1 $(BIN)/python -m pytest -n0 -s tests/test_kills.py tests/test_failing_disk.py $(ARGS)

audit: $(DEV_STAMP)             ## the Nu HTML checker over the whole site, and Lighthouse; needs Java and Node
	$(BIN)/python .ci/audit.py $(ARGS)

bench: $(DEV_STAMP)             ## how fast builds are, beside Hugo and the goals (docs/performance.md)
	$(BIN)/python -m tests.benchmarks $(ARGS)

serve: $(SITE_STAMP)            ## preview the site; every edit shows at once
	$(BIN)/python build.py serve $(ARGS)

docs: $(DEV_STAMP)              ## write the pages of docs/ that repeat what the code knows
	PYTHONPATH=. $(BIN)/python .ci/write_docs.py

pins:                           ## write beside each pinned version the hashes of its packages
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python .ci/pin_hashes.py

fonts: $(DEV_STAMP)             ## cut the fonts anew from the full ones
	$(BIN)/python .ci/cut_fonts.py $(ARGS)

icons: $(DEV_STAMP)            ## draw the icons of phones anew from static/favicon.svg
	$(BIN)/python .ci/draw_icons.py

format: $(DEV_STAMP)            ## format the Python files and mend what the linter can mend
	$(BIN)/python -m ruff check --fix-only .
	$(BIN)/python -m ruff format .

clean:                          ## remove what can be made again, all but .venv
	rm -rf dist dist.next .cache __pycache__ .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find claimdeck tests .ci -name __pycache__ -prune -exec rm -rf {} +

help:                           ## list these commands
	@sed -n 's/^\([a-z][a-z]*\):[^#]*## /\1	/p' Makefile | expand -t 10
	@echo
	@echo 'PYTHON=python3.12 picks the Python that makes .venv; ARGS="…" is passed on to build.py, pytest, audit.py or the bench.'

$(SITE_STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt $(SITE_STAMP)
	$(PIP) install -r requirements-dev.txt
	@touch $@
