# Two commands are all there is to know: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
# `make demo PORT=5001` is CATALOG_PORT=5001 for the command; without it the setting that is in force stays.
SERVE = $(if $(PORT),CATALOG_PORT=$(PORT) )$(BIN)/catalog serve

.PHONY: help setup demo serve test check bench bench-reliability sbom lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 26

setup: .venv/.ready  ## make .venv with the `catalog` command

.venv/.ready: requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: requirements-dev.txt .venv/.ready
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@sh tools/install-browser.sh
	@touch $@

.venv/bin/python:
	@PYTHON="$(PYTHON)" sh tools/make-venv.sh

demo: setup  ## import the samples and serve the gallery at http://127.0.0.1:5000 (PORT=N for another port)
	$(BIN)/catalog import samples --manifest samples/manifest.csv
	$(SERVE)

serve: setup  ## serve the gallery (PORT=N for another port)
	$(SERVE)

check: .venv/.ready-dev  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check  ## every check and every test
	$(BIN)/pytest -n 2 --dist loadgroup

bench: .venv/.ready-dev  ## speed and quality, as ratios against a floor
	$(BIN)/python -m bench

bench-reliability: .venv/.ready-dev  ## kills, power cuts, disk faults, hostile files: every count must be 0
	$(BIN)/python -m bench --suite reliability --jobs 2

sbom: .venv/.ready  ## print the bill of materials of what runs (CycloneDX)
	@$(BIN)/python tools/sbom.py

lock: .venv/.ready-dev  ## refresh the locked requirements
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-strip-extras --upgrade --python-version 3.11 --generate-hashes --no-header -o requirements.txt requirements.in
	$(BIN)/uv pip compile --quiet --no-strip-extras --upgrade --python-version 3.11 --generate-hashes --no-header -o requirements-dev.txt requirements-dev.in

clean:  ## remove what setup and tests made (never the instance)
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache
